"""The pages about procedures: every case type in words and drawn, with a calculator that counts as the law counts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from xml.etree import ElementTree

import pytest
from django.test import Client

from guiju.calendar.count import due
from guiju.calendar.days import prc_calendar
from guiju.portal.reader.calculator import calculate, occasions
from guiju.portal.reader.procedure_words import states, usual
from guiju.procedures.catalogue import built_in_types
from guiju.procedures.checking import reachable
from guiju.procedures.model import CaseType
from tests.portal.reading import CHINESE, read

pytestmark = pytest.mark.usefixtures("tables")
TYPES: list[CaseType] = [built_in_types().get(key) for key in built_in_types().keys()]  # noqa: SIM118 - a method
KEYS = [kind.key for kind in TYPES]
FILING = built_in_types().get("mail4/filing")
LANGUAGES = (("zh-hans", "zh"), ("en", "en"))
TODAY = dt.date(2026, 9, 28)


def asked_of(day: str, event: str = "submit") -> dict[str, str]:
    year, month, on = day.split("-")
    return {"event": event, "day-year": year, "day-month": month, "day-day": on}


@pytest.mark.parametrize("kind", TYPES, ids=KEYS)
@pytest.mark.parametrize(("code", "lang"), LANGUAGES)
def test_a_page_names_every_state_act_clock_and_paper_with_its_provision(
    client: Client, kind: CaseType, code: str, lang: str
) -> None:
    page = read(client.get(f"/procedures/{kind.key}/", {"lang": code}).content)
    active = usual(kind)
    reached = reachable(active)
    labels = [state.label for state in kind.states.values() if state.name in reached]
    labels += [act.label for name in reached for act in active.exits[name]]
    labels += [clock.label for clock in active.clocks.values()]
    labels += [field.label for field in kind.form.values()]
    labels += [party.label for party in kind.parties.values()]
    for label in labels:
        assert " ".join(label.get(lang).split()) in page.text, label
    for cite in {cite for clock in active.clocks.values() for cite in clock.cites}:
        law, numbers = cite.split(":")
        assert f"/law/{law}/{numbers.split('.')[0]}/#{law}-{numbers.replace('.', '-')}" in page.links, cite
    assert [one for one, count in page.ids.items() if count > 1] == []
    if code == "en":
        assert [words for tongue, words in page.pieces if tongue == "en" and CHINESE.search(words)] == []


@pytest.mark.parametrize("lang", ["zh-hans", "en"])
def test_the_list_leads_to_every_procedure_with_the_authoritys_clocks(client: Client, lang: str) -> None:
    page = read(client.get("/procedures/", {"lang": lang}).content)
    assert {f"/procedures/{key}/" for key in KEYS} <= set(page.links)
    assert ("within 30 working days" if lang == "en" else "30个工作日内") in page.text


@pytest.mark.parametrize("kind", TYPES, ids=KEYS)
def test_a_drawing_is_a_picture_in_each_language_with_no_style_inside(client: Client, kind: CaseType) -> None:
    for lang in ("zh", "en"):
        response = client.get(f"/procedures/{kind.key}/diagram.{lang}.svg")
        assert response["Content-Type"] == "image/svg+xml; charset=utf-8"
        root = ElementTree.fromstring(response.content)
        assert kind.title.get(lang) in "".join(root.itertext())
        assert not [one for one in root.iter() if one.tag.endswith("style") or one.get("style")]


def test_the_page_shows_its_drawing_with_words_for_it(client: Client) -> None:
    html = client.get("/procedures/mail4/filing/?lang=en").content.decode()
    assert '<img src="/procedures/mail4/filing/diagram.en.svg" alt="Drawing of the states and acts of “Filing”' in html


def test_what_stands_in_the_way_of_an_act_and_which_letters_go_out_is_told() -> None:
    submitted = next(one for one in states(FILING) if one.label == FILING.states["submitted"].label)
    register = next(one for one in submitted.acts if one.label.en == "register")
    assert "The materials are incomplete." in [one.en for one in register.refused]
    assert [one.en for one in register.letters] == ["Notice of registration"]
    assert [one.en for one in register.registers] == ["register of filings"]


def test_only_what_the_applicants_side_begins_can_be_filed_from_its_page(client: Client) -> None:
    assert "/mine/file/mail4/filing/" in read(client.get("/procedures/mail4/filing/").content).links
    page = read(client.get("/procedures/mail4/filing_breach/?lang=en").content)
    assert "The authority begins this procedure." in page.text
    assert "/mine/file/mail4/filing_breach/" not in page.links


def test_a_condition_under_which_a_paper_is_needed_is_told_in_words(client: Client) -> None:
    text = read(client.get("/procedures/mail4/filing/?lang=en").content).text
    assert "more than 10,000" in text
    assert "fewer or less than 1,000,000" in text
    assert "law that asks for more given" in text


# ---- The calculator


def test_a_filing_of_a_day_is_registered_by_the_day_that_the_calendar_counts(client: Client) -> None:
    clock = usual(FILING).clocks["registering"]
    assert clock.period is not None
    expected = due(TODAY, clock.period, prc_calendar())
    page = read(client.get("/procedures/mail4/filing/", {**asked_of("2026-9-28"), "lang": "en"}).content)
    assert f"The authority acts by {expected.due.isoformat()}" in page.text
    assert "day of the event, not counted" in page.text


def test_a_day_in_a_year_without_published_holidays_is_provisional() -> None:
    done = calculate(FILING, asked_of("2033-9-20"), TODAY)
    assert done is not None
    assert done.counted
    assert all(one.provisional for one in done.counted)


@pytest.mark.parametrize("kind", TYPES, ids=KEYS)
def test_every_occasion_of_every_procedure_can_be_counted(kind: CaseType) -> None:
    for event in occasions(usual(kind)):
        done = calculate(kind, asked_of("2026-9-28", event), TODAY)
        assert done is not None
        assert done.counted, event
        assert done.event.value == event


@pytest.mark.parametrize(
    "day",
    [
        "2026-2-30",
        "2026-13-1",
        "x-1-1",
        "--",
        "0-0-0",
        "9999-12-31",
        "1900-1-1",
        "２０２６-1-1",
        "-1-1-1"[1:],
        "99999-1-1",
    ],
)
def test_a_day_that_there_is_not_or_that_the_calendar_does_not_reach_is_said_beside_the_field(
    client: Client, day: str
) -> None:
    response = client.get("/procedures/mail4/filing/", {**asked_of(day), "lang": "en"})
    assert response.status_code == 200
    page = read(response.content)
    assert "Error:" in page.text
    assert "acts by" not in page.text


def test_before_anything_is_asked_today_stands_in_the_form_and_nothing_is_counted() -> None:
    done = calculate(FILING, {}, TODAY)
    assert done is not None
    assert (done.day.year, done.day.month, done.day.day) == ("2026", "9", "28")
    assert done.counted is None


def test_an_occasion_that_there_is_not_is_taken_as_the_first(client: Client) -> None:
    answer = client.get("/procedures/mail4/filing/", asked_of("2026-9-28", "<b>explode</b>"))
    assert answer.status_code == 200
    assert b"<b>explode" not in answer.content


# ---- What there is not


@pytest.mark.parametrize("path", ["mail4/x/", "cat/filing/", "mail4/filing/diagram.fr.svg", "mail4/x/diagram.en.svg"])
def test_a_procedure_that_there_is_not_is_not_found(client: Client, path: str) -> None:
    assert client.get(f"/procedures/{path}").status_code == 404


def test_no_page_about_procedures_asks_the_database_much(
    client: Client, django_queries: Callable[[], list[str]]
) -> None:
    for path in ("/procedures/", "/procedures/mail4/licence/"):
        before = len(django_queries())
        client.get(path)
        assert len(django_queries()) - before <= 15
