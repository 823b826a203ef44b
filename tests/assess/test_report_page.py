"""The HTML report as a document: whole, self-contained, accessible, in two languages, safe with any name."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import Any

import pytest

from .profiles import Assess
from .report_pages import LOADING, Page, page_of, with_systems

HAN = re.compile(r"[\u4e00-\u9fff]")
SIZES = (1, 3, 40)


_PAGES: dict[int, Page] = {}
"""Pages are only read here, so that one of each size is enough."""


@pytest.fixture(params=SIZES)
def page(request: pytest.FixtureRequest, assess_profile: Assess, provider: dict[str, Any]) -> Page:
    size: int = request.param
    if size not in _PAGES:
        _PAGES[size] = page_of(assess_profile(with_systems(provider, size)))
    return _PAGES[size]


def test_every_id_is_given_once(page: Page) -> None:
    assert [name for name, times in Counter(page.ids()).items() if times > 1] == []


def test_every_inner_link_has_a_target(page: Page) -> None:
    ids = set(page.ids())
    links = [e.attributes["href"] for e in page.elements if "href" in e.attributes]
    assert links
    assert [link for link in links if not link.startswith("#") or link[1:] not in ids] == []


def test_every_label_and_description_points_to_something(page: Page) -> None:
    ids = set(page.ids())
    for element in page.elements:
        for name in ("for", "aria-labelledby", "aria-describedby"):
            assert element.attributes.get(name, "top") in ids


def test_nothing_is_loaded_from_anywhere(page: Page) -> None:
    assert [e.tag for e in page.elements if LOADING & set(e.attributes)] == []
    assert [e.tag for e in page.elements if e.tag in ("link", "iframe", "img", "object", "embed", "base")] == []
    assert re.search(r"@import|url\(|https?:|//[a-z]+\.", page.source) is None


def test_it_works_without_scripts(page: Page) -> None:
    assert [e.attributes for e in page.elements if e.tag == "script"] == [{}]
    assert [e for e in page.elements if any(name.startswith("on") for name in e.attributes)] == []
    switches = [e.attributes for e in page.elements if e.tag == "input"]
    assert [s["type"] for s in switches] == ["radio", "radio"]
    assert len({s["name"] for s in switches}) == 1


def test_headings_go_down_one_level_at_a_time(page: Page) -> None:
    levels = [int(e.tag[1]) for e in page.elements if re.fullmatch(r"h[1-6]", e.tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_there_are_landmarks_and_a_way_past_the_head(page: Page) -> None:
    tags = [e.tag for e in page.elements]
    assert all(tags.count(tag) == 1 for tag in ("header", "nav", "main", "footer"))
    first_link = next(e for e in page.elements if e.tag == "a")
    assert first_link.attributes["href"] == "#main"
    assert page.by_id("main").tag == "main"


def test_table_heads_say_what_they_head(page: Page) -> None:
    heads = [e for e in page.elements if e.tag == "th"]
    assert heads
    assert {e.attributes.get("scope") for e in heads} == {"col", "row"}


def test_pictures_have_names_and_titles(page: Page) -> None:
    for picture in (e for e in page.elements if e.tag == "svg"):
        assert picture.attributes.get("aria-hidden") == "true" or picture.attributes["aria-label"]


def test_a_state_is_never_told_by_colour_alone(page: Page) -> None:
    for element in page.elements:
        if element.tag == "span" and element.attributes.get("class") == "state":
            assert element.text("en")
            assert element.text("zh")


def test_each_language_is_complete(page: Page) -> None:
    """No part marked Chinese falls back to English, and none marked English to Chinese."""
    parts = {"zh": [], "en": []}  # type: dict[str, list[str]]
    for element in page.elements:
        lang = element.attributes.get("lang")
        if lang and element.tag == "i":
            parts[lang].append(element.text())
    assert len(parts["zh"]) == len(parts["en"]) > 100
    assert [text for text in parts["zh"] if not HAN.search(text)] == []
    assert [text for text in parts["en"] if HAN.search(text)] == []


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_it_opens_in_the_language_asked_for(assess_profile: Assess, provider: dict[str, Any], lang: str) -> None:
    page = page_of(assess_profile(provider), lang)
    checked = [e.attributes["id"] for e in page.elements if "checked" in e.attributes]
    assert checked == [f"lang-{lang}"]
    assert next(e for e in page.elements if e.tag == "html").attributes["lang"] == lang


EVIL = "</style></title><script>alert(1)</script>\"'\\&amp;{{ 7*7 }}"


def test_names_are_text_whatever_they_contain(assess_profile: Assess, provider: dict[str, Any]) -> None:
    provider["organisation"]["name"] = f"Org {EVIL}"
    provider["systems"][0]["name"] = f"System {EVIL}"
    page = page_of(assess_profile(with_systems(provider, 1) | {"systems": provider["systems"], "events": []}))
    scripts = [e.text() for e in page.elements if e.tag == "script"]
    assert len(scripts) == 1
    assert "alert" not in scripts[0]
    assert page.root.all("h1")[0].text() == f"Org {EVIL}"
    assert EVIL in page.section("duties").text()
    assert "49" not in page.root.all("h1")[0].text()
    style = page.root.all("style")[0].text()
    assert "alert" in style
    assert "<" not in style.split("@top-left { content:")[-1]


def test_it_prints_on_a4_under_the_name_and_the_day(assess_profile: Assess, provider: dict[str, Any]) -> None:
    style = page_of(assess_profile(provider)).root.all("style")[0].text()
    assert "size: A4" in style
    assert '@top-left { content: "Example · 2026-11-22"; }' in style
