"""From a finding to the provision in both languages, and back."""

from __future__ import annotations

from typing import Any

import pytest

from guiju.assess.assessment import Assessment
from guiju.assess.report.html import render_html
from guiju.engine.questions import next_questions
from guiju.law.provisions import Article, Item, Paragraph, Text

from .profiles import Assess
from .report_pages import Element, Page, page_of, with_systems


def text_in(language: str, words: str, law: str = "mail4", version: str = "4.0") -> Text:
    """A made-up text with one article of one paragraph and an item."""
    paragraph = Paragraph(words, (Item(f"{words} (item)"),))
    return Text(law, language, version, (Article(66, None, None, None, (paragraph,)),))


ZH, EN = text_in("zh", "测试用的条文。"), text_in("en", "Words of a <test>.")


def page_with(assessment: Assessment, *texts: Text, lang: str = "en") -> Page:
    return Page(render_html(assessment, lang, next_questions(assessment.cases, assessment.norms), texts))


def quotes(page: Page, provision: str) -> list[Element]:
    return page.by_id(provision).all("blockquote")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_provision_is_quoted_in_both_languages_with_the_name_of_the_text(
    assess_profile: Assess, provider: dict[str, Any], lang: str
) -> None:
    page = page_with(assess_profile(provider), ZH, EN, lang=lang)
    found = [(q.attributes["lang"], q.text()) for q in quotes(page, "p-mail4-66-1")]
    assert found == [
        ("zh", "测试用的条文。 测试用的条文。 (item) mail4 4.0 zh"),
        ("en", "Words of a <test>. Words of a <test>. (item) mail4 4.0 en"),
    ]


def test_the_wording_is_folded_and_stands_apart_from_our_own_words(
    assess_profile: Assess, provider: dict[str, Any]
) -> None:
    page = page_with(assess_profile(provider), ZH, EN)
    fold = next(e for e in page.by_id("p-mail4-66-1").all("details"))
    assert "open" not in fold.attributes
    annex = page.section("provisions").text("en")
    assert "quoted from the texts that you imported: mail4 4.0 zh, mail4 4.0 en; all else is our own words" in annex


def test_what_a_text_does_not_have_is_said_not_left_out(assess_profile: Assess, provider: dict[str, Any]) -> None:
    page = page_with(assess_profile(provider), ZH, EN)
    assert [q.text() for q in quotes(page, "p-mail4-66-2")] == [
        "该文本没有这一规定。 mail4 4.0 zh",
        "This text has no such provision. mail4 4.0 en",
    ]


@pytest.mark.parametrize(
    ("texts", "told"),
    [
        ((), "Read the published files in with `guiju law import FILE`"),
        ((ZH,), "The English wording has not been imported: `guiju law import FILE`"),
        ((EN,), "The Chinese wording, which is authoritative, has not been imported"),
    ],
)
def test_what_is_not_imported_is_told_with_how_to_import_it(
    assess_profile: Assess, provider: dict[str, Any], texts: tuple[Text, ...], told: str
) -> None:
    page = page_with(assess_profile(provider, rulebooks=["mail4"]), *texts)
    assert told in page.section("provisions").text("en")
    assert "guiju law import" in page.section("provisions").text("zh")
    assert len(quotes(page, "p-mail4-66-1")) == len(texts)


def test_of_two_versions_the_one_of_the_rulebook_is_quoted(assess_profile: Assess, provider: dict[str, Any]) -> None:
    older = text_in("zh", "旧文本。", version="3.0")
    for texts in ((older, ZH), (ZH, older)):
        (quote,) = quotes(page_with(assess_profile(provider), *texts), "p-mail4-66-1")
        assert "测试用的条文。" in quote.text()


@pytest.mark.parametrize("count", [1, 3, 40])
def test_every_provision_leads_back_to_its_findings(
    assess_profile: Assess, provider: dict[str, Any], count: int
) -> None:
    """Also to what does not apply; one link may stand for several systems that one element tells of."""
    assessment = assess_profile(with_systems(provider, count))
    page = page_of(assessment)
    ids = set(page.ids())
    for place in {finding.norm.place for finding in assessment.findings}:
        card = page.by_id("p-" + place.replace(":", "-").replace(".", "-"))
        back = [e.attributes["href"][1:] for p in card.all("p") if "back" in p.attributes.get("class", "")
                for e in p.all("a")]  # fmt: skip
        assert back, place
        assert set(back) <= ids


def test_the_way_back_tells_how_each_system_stands(assess_profile: Assess, provider: dict[str, Any]) -> None:
    profile = with_systems(provider, 2)
    profile["systems"][0]["on_negative_list"], profile["systems"][1]["on_negative_list"] = True, False
    profile["systems"][1]["registered_users"] = 1_300_000
    card = page_of(assess_profile(profile)).by_id("p-mail4-66-1")
    back = next(p for p in card.all("p") if p.attributes.get("class") == "back")
    assert back.text("en") == "applies System 2 · does not apply System 1"
    assert back.text("zh") == "适用 System 2 · 不适用 System 1"


def test_a_common_ground_is_told_once_in_full_and_linked_to(assess_profile: Assess, provider: dict[str, Any]) -> None:
    page = page_of(assess_profile(provider))
    question = "Is the system developed, provided or used by your organisation in mainland China?"
    duties = page.section("duties")
    full = [e for e in duties.all("li") if question in e.text("en")]
    assert [e.attributes.get("id") for e in full] == ["g-1"]
    links = [e for e in duties.all("a") if e.attributes["href"] == "#g-1"]
    assert len(links) > 50
    assert {e.text() for e in links} == {"in_mainland"}
