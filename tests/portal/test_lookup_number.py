"""Checking a number: however it is typed, by people and programs, and without telling what is not public."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from guiju.portal.lookup.number_page import read_number
from guiju.portal.numbers.check_character import plain, with_check
from guiju.portal.registers.models import Entry
from tests.portal.registered import FILINGS, LICENCES, filed, registered, written

pytestmark = pytest.mark.usefixtures("db")
SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
NOT_PUBLIC = {"zh-hans": "没有这一编号的公开登记", "en": "There is no public entry with this number"}
IMPOSSIBLE = {"zh-hans": "不可能有这样的编号", "en": "This number cannot exist"}


def page(client: Client, number: str, lang: str = "zh-hans") -> str:
    response = client.get("/number/", {"number": number, "lang": lang})
    assert response.status_code == 200
    return str(response.content.decode())


def answer(client: Client, number: str) -> dict[str, Any]:
    found: dict[str, Any] = client.get("/number.json", {"number": number}).json()
    return found


def wide(text: str) -> str:
    return "".join(chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" else sign for sign in text)


def test_a_number_is_found_in_every_spelling(client: Client) -> None:
    number = registered().number
    for typed in (
        number, number.lower(), number.replace("-", ""), number.replace("-", " "), f"  {number}\n", wide(number),
        number.replace("-", "—"), number.replace("-", "\u2212"), number.replace("-", "\u2011"), "\u200b".join(number),
        f"https://ai.example.cn/n/{number}", f"http://testserver/n/{plain(number)}?lang=en",
    ):  # fmt: skip
        assert answer(client, typed)["entries"][0]["number"] == number, typed
        assert number in page(client, typed)


@given(st.text(SIGNS, min_size=2, max_size=20), st.lists(st.sampled_from("-－— ‐_ \u3000\u200b"), max_size=8))
def test_what_is_for_the_eye_only_does_not_matter(signs: str, between: list[str]) -> None:
    typed = signs[:1] + "".join(between) + signs[1:].lower()
    assert read_number(typed) == read_number(signs)


def test_what_is_found_says_what_it_is_how_it_stands_and_since_when(client: Client) -> None:
    one = registered(service_name="星河问答", provider_name="星河智能")
    for lang, said in (("zh-hans", "有此编号，现行有效"), ("en", "The number exists and is in force")):
        shown = page(client, one.number, lang)
        assert all(words in shown for words in (said, "星河问答", "星河智能", "2026-09-28", "mail4:67.1"))
    found = answer(client, one.number)
    assert (found["result"], found["entries"][0]["stands"], found["entries"][0]["since"]) == (
        "found", "in_force", "2026-09-28",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "status", "stands", "said"),
    [
        ("mail4/filing", "deregistered", "ended", "已失效"),
        ("mail4/filing", "annulled", "ended", "已失效"),
        ("mail4/licence_in_force", "suspended", "suspended", "已中止"),
        ("mail4/licence_in_force", "revoked", "ended", "已失效"),
        ("mail4/licence_in_force", "replaced", "replaced", "已由新编号取代"),
        ("mail4/licence_in_force", "no_such_status", "uncertain", "现状待确认"),
    ],
)
def test_a_number_that_is_no_longer_in_force_is_never_shown_as_if_it_were(
    client: Client, kind: str, status: str, stands: str, said: str
) -> None:
    written(filed(), "N-1", register=LICENCES if "licence" in kind else FILINGS, kind=kind, status=status)
    shown = page(client, "N-1")
    assert said in shown
    assert "gj-notice--success" not in shown
    assert answer(client, "N-1")["entries"][0]["stands"] == stands


def test_a_number_that_was_withdrawn_says_only_that(client: Client) -> None:
    case = filed()
    written(case, "F-1", service_name="星河问答")
    written(case, "F-1", how="withdraw", service_name="星河问答")
    shown = page(client, "F-1")
    assert "已从登记簿撤下" in shown
    assert "星河" not in shown
    assert set(answer(client, "F-1")["entries"][0]) == {
        "register", "register_name", "number", "status", "status_name", "stands", "since",
    }  # fmt: skip


def test_a_slip_of_the_pen_is_called_one_and_no_other_number_is_suggested(client: Client) -> None:
    number = registered().number
    wrong = number[:-3] + ("1" if number[-3] != "1" else "2") + number[-2:]
    for lang, said in IMPOSSIBLE.items():
        shown = page(client, wrong, lang)
        assert said in shown
        assert number not in shown
    assert answer(client, wrong) == {
        "format": "guiju-number-check/1", "asked": plain(wrong), "result": "impossible", "entries": [],
    }  # fmt: skip


def test_a_case_an_entry_that_is_not_public_and_nothing_at_all_are_the_same_answer(client: Client) -> None:
    case = filed()
    hidden = written(case, with_check("A-1"), register="genai/algorithm_filings", kind="genai/filing", status="filed")
    once = written(filed(), with_check("F-7"))
    Entry.objects.filter(pk=once.pk).update(public=False)
    nothing = with_check("C-2026-999999")
    for lang, said in NOT_PUBLIC.items():
        expected = page(client, nothing, lang)
        assert said in expected
        for number in (case.number, hidden.number, once.number):
            shown = page(client, number, lang)
            for there, here in ((number, nothing), (plain(number), plain(nothing))):
                shown = shown.replace(there, here)
            assert shown == expected
    for number in (case.number, hidden.number, once.number, nothing):
        assert answer(client, number)["result"] == "not_public"
        assert answer(client, number)["entries"] == []


@pytest.mark.parametrize("typed", ["", "   ", "---", "\u200b", "\0"])
def test_without_a_number_there_is_the_form_alone(client: Client, typed: str) -> None:
    shown = page(client, typed)
    assert 'name="number"' in shown
    assert not any(words in shown for words in (*NOT_PUBLIC.values(), *IMPOSSIBLE.values()))
    assert answer(client, typed)["result"] == "nothing_asked"


@pytest.mark.parametrize(
    "typed", ["编号", "K", "x" * 10_000, "%", "F-%", "' OR 1=1", "\ufdfa" * 500, "http://[n/n/", "💥"]
)
def test_what_can_be_no_number_is_answered_and_breaks_nothing(client: Client, typed: str) -> None:
    assert answer(client, typed)["result"] in ("impossible", "nothing_asked", "not_public")
    assert len(client.get("/number.json", {"number": typed}).content) < 1000
    page(client, typed)


def test_the_short_address_shows_the_same(client: Client) -> None:
    number = registered().number
    for typed in (number, plain(number), number.lower()):
        assert "有此编号，现行有效" in client.get(f"/n/{typed}").content.decode()
    assert client.get(f"/n/{'9' * 10_000}").status_code == 200


def test_two_registers_with_the_same_number_are_both_shown(client: Client) -> None:
    written(filed(), "N-1")
    written(filed(), "N-1", register=LICENCES, kind="mail4/licence", status="in_force")
    assert [one["register"] for one in answer(client, "N-1")["entries"]] == ["mail4/filings", LICENCES]


def test_it_is_cheap_bears_no_cookie_and_may_be_kept(client: Client, django_queries: Callable[[], list[str]]) -> None:
    number = registered().number
    for address in (f"/number/?number={number}", f"/n/{number}", f"/number.json?number={number}"):
        before = len(django_queries())
        response = client.get(address)
        assert len(django_queries()) - before == 1
        assert not response.cookies
        assert response["Cache-Control"] == "public, max-age=60"
        assert client.get(address, headers={"if-none-match": response["ETag"]}).status_code == 304
        head = client.head(address)
        assert (head.status_code, head.content, head["ETag"]) == (200, b"", response["ETag"])
    assert response["Access-Control-Allow-Origin"] == "*"
    assert "Cookie" not in response["Vary"]


def test_what_a_person_with_a_cookie_sees_is_not_kept_for_others(client: Client) -> None:
    client.cookies["sessionid"] = "abc"
    assert "public" not in client.get("/number/").headers.get("Cache-Control", "")
