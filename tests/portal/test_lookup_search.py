"""The registers: whoever looks finds what is public, quickly, and can take it away; nobody finds anything else."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from guiju.portal.lookup.downloads import defused
from guiju.portal.lookup.finding import day_of, read_search
from guiju.portal.registers.books import books
from guiju.portal.registers.models import Entry
from guiju.procedures.catalogue import built_in_types
from tests.portal.registered import FILINGS, LICENCES, MONDAY, filed, registered, written

pytestmark = pytest.mark.usefixtures("db")
PAGE = "/registers/"


def text(response: Any) -> str:
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return str(content.decode())


def found(client: Client, **asked: str) -> list[str]:
    """The numbers that a search finds, in order."""
    content = json.loads(text(client.get(reverse("registers_data", kwargs={"form": "json"}), asked)))
    return [entry["number"] for entry in content["entries"]]


@pytest.fixture
def several(db: None) -> None:  # noqa: ARG001
    case, other = filed(), filed()
    written(case, "F-1", service_name="星河问答", provider_name="星河智能", province="浙江省")
    written(
        filed(), "F-2", service_name="Aurora Chat", provider_name="Aurora Ltd", province="江苏", on=dt.date(2026, 10, 8)
    )
    written(filed(), "F-3", how="write", service_name="江南听写", provider_name="江南语音", status="deregistered")
    written(other, "L-1", register=LICENCES, kind="mail4/licence", status="in_force", product_name="星河诊断")


def test_every_register_that_is_public_is_shown_with_what_it_is_and_what_demands_it(client: Client) -> None:
    for lang in ("zh-hans", "en"):
        page = text(client.get(PAGE, {"lang": lang}))
        for book in books().values():
            said = (book.label, book.meaning.gist, book.meaning.means)
            assert all(one.get(lang[:2]) in page for one in said)
            assert all(f"<code>{cite}</code>" in page for cite in book.cites)
    shown = {
        f"{law}/{name}"
        for kind in map(built_in_types().get, built_in_types().keys())
        for law, name, one in ((kind.law, name, one) for name, one in kind.registers.items())
        if one.public
    }
    assert set(books()) == shown


def test_every_status_that_an_act_can_give_is_explained() -> None:
    for key, book in books().items():
        assert set(book.meaning.statuses) == set(book.statuses), key
        named = (book.meaning.holder, book.meaning.thing, book.meaning.area, book.meaning.expires)
        assert all(name in book.fields for name in named if name), key


@pytest.mark.usefixtures("several")
@pytest.mark.parametrize(
    ("asked", "numbers"),
    [
        ({}, {"F-1", "F-2", "F-3", "L-1"}),
        ({"q": "星河"}, {"F-1", "L-1"}),
        ({"q": "aurora  LTD"}, {"F-2"}),
        ({"q": "ａｕｒｏｒａ"}, {"F-2"}),
        ({"q": "f 1"}, {"F-1"}),
        ({"q": "f1"}, {"F-1"}),
        ({"q": "F—1"}, {"F-1"}),
        ({"q": "星河 江南"}, set()),
        ({"register": LICENCES}, {"L-1"}),
        ({"status": "deregistered"}, {"F-3"}),
        ({"area": "320000"}, {"F-2"}),
        ({"area": "330000"}, {"F-1", "F-3", "L-1"}),
        ({"from": "2026-09-29"}, {"F-2"}),
        ({"to": "2026-09-28"}, {"F-1", "F-3", "L-1"}),
        ({"from": "2026-10", "to": "2026"}, {"F-2"}),
        ({"register": "genai/algorithm_filings"}, set()),
        ({"status": "no_such_status"}, set()),
    ],
)
def test_entries_are_found_by_number_name_register_status_area_and_day(
    client: Client, asked: dict[str, str], numbers: set[str]
) -> None:
    assert set(found(client, **asked)) == numbers


@pytest.mark.usefixtures("several")
def test_lists_are_sorted_as_asked_up_and_down(client: Client) -> None:
    assert found(client, sort="number") == ["F-1", "F-2", "F-3", "L-1"]
    assert found(client, sort="-number") == ["L-1", "F-3", "F-2", "F-1"]
    assert found(client)[0] == found(client, sort="-registered")[0] == "F-2"
    assert found(client, sort="; DROP TABLE") == found(client)


HOSTILE = [
    "%",
    "_",
    "\\",
    "'",
    '"',
    "\0",
    "x" * 10_000,
    "%' OR 1=1 --",
    "\ud800",
    "𠮷",
    "{}",
    "<script>alert(1)</script>",
]


@pytest.mark.usefixtures("several")
@pytest.mark.parametrize("asked", HOSTILE)
def test_a_hostile_search_finds_what_is_written_so_and_breaks_nothing(client: Client, asked: str) -> None:
    for name in ("q", "register", "status", "area", "from", "to", "sort", "page", "version", "number"):
        for address in (PAGE, "/registers/entries.csv", "/number/", "/number.json"):
            response = client.get(address, {name: asked.encode("utf-8", "replace").decode()})
            assert response.status_code in (200, 400)
            assert "<script>alert" not in text(response)
    assert found(client, q="%") == found(client, q="_") == found(client, q="\\") == []


@pytest.mark.usefixtures("several")
@pytest.mark.parametrize("page", ["-1", "0", "999999999999999999999999", "9" * 5000, "x", "1.5", "２", ""])
def test_any_page_that_is_asked_for_is_the_nearest_there_is(client: Client, page: str) -> None:
    assert text(client.get(PAGE, {"page": page})).count("F-1<") == 1


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("2026-02-09", (2026, 2, 9), (2026, 2, 9)),
        ("2026", (2026, 1, 1), (2026, 12, 31)),
        ("2028-02", (2028, 2, 1), (2028, 2, 29)),
        ("2026年10月1日", (2026, 10, 1), (2026, 10, 1)),
        ("2026/1/2", (2026, 1, 2), (2026, 1, 2)),
    ],
)
def test_days_are_read_whole_or_as_a_month_or_a_year(typed: str, first: Any, last: Any) -> None:
    assert day_of(typed, last=False) == dt.date(*first)
    assert day_of(typed, last=True) == dt.date(*last)


@pytest.mark.parametrize("typed", ["2026-13", "2026-02-30", "0000", "26", "yesterday", "2026-1-1-1", "２０２６x"])
def test_what_is_no_day_is_said_at_its_field_in_both_languages(client: Client, typed: str) -> None:
    assert day_of(typed, last=False) is None
    for lang, said in (("zh-hans", "请按 2026-10-01 填写日期"), ("en", "Write the day as 2026-10-01")):
        page = text(client.get(PAGE, {"from": typed, "lang": lang}))
        assert page.count(said) == 2
        assert 'href="#s-from"' in page


def test_a_last_day_before_the_first_is_a_mistake(client: Client) -> None:
    assert set(read_search({"from": "2026-10", "to": "2026-09"}).wrong) == {"to"}
    assert client.get("/registers/entries.json", {"from": "2026-10", "to": "2026-09"}).status_code == 400


def test_the_page_asks_as_few_questions_of_many_entries_as_of_few(
    client: Client, django_queries: Callable[[], list[str]]
) -> None:
    asked, case = [], filed()
    for start, stop in ((0, 1), (1, 60)):
        for number in range(start, stop):
            # Each of a case of its own: a second number of one case supersedes the first.
            case.pk, case.number = None, f"C-{number}"
            case.save()
            written(case, f"F-{number}x")
        before = len(django_queries())
        assert client.get(PAGE, {"q": "f", "area": "330000", "page": "2"}).status_code == 200
        asked.append(len(django_queries()) - before)
    assert asked[0] == asked[1] <= 15


def test_what_is_not_public_changes_nothing_that_anybody_can_see(client: Client) -> None:
    one, other = registered(), filed()
    addresses = [
        PAGE, f"{PAGE}?q=secret", f"{PAGE}?q=f", "/registers/entries.json", "/registers/entries.csv",
        f"/registers/{FILINGS}/F-9/", f"/registers/{FILINGS}/F-9.json", "/number/?number=F-9",
        "/number.json?number=F-9", "/statistics/entries.json", f"/registers/{FILINGS}/{one.number}.json",
    ]  # fmt: skip

    def seen() -> list[tuple[int, str]]:
        from django.core.cache import cache

        cache.delete("statistics/1")
        answers = [client.get(address) for address in addresses]
        return [(answer.status_code, _timeless(text(answer))) for answer in answers]

    before = seen()
    hidden = written(other, "F-9", service_name="secret service")
    Entry.objects.filter(pk=hidden.pk).update(public=False)
    elsewhere = written(
        other, "A-9", register="genai/algorithm_filings", kind="genai/filing", status="filed", service_name="secret"
    )
    assert not elsewhere.public
    assert seen() == before
    tag = client.get("/registers/entries.json")["ETag"]
    written(other, "A-9", how="update", register="genai/algorithm_filings", kind="genai/filing", status="cancelled")
    assert client.get("/registers/entries.json")["ETag"] == tag


def _timeless(body: str) -> str:
    return "\n".join(line for line in body.splitlines() if "counted_at" not in line)


@pytest.mark.parametrize("name", built_in_types().keys())
def test_what_a_case_type_calls_confidential_is_in_no_public_entry(client: Client, name: str) -> None:
    kind = built_in_types().get(name)
    case = filed()
    for register in (one for one in kind.registers.values() if one.public):
        fields: dict[str, Any] = {
            one.name: f"geheim {one.name}" if one.confidential else f"offen {one.name}"
            for one in kind.fields.values()
            if one.confidential or one.type == "text"
        }
        key = f"{kind.law}/{register.name}"
        status = next(iter(register.statuses))
        written(
            case,
            "X-1",
            how="write",
            register=key,
            kind=name,
            status=status,
            **{**fields, register.key: "X-1"},
        )
        address = f"/registers/{key}/X-1"
        for place in (f"{address}/", f"{address}.json", "/registers/entries.csv", "/registers/entries.json", "/n/X-1"):
            response = client.get(place, {"register": key} if "entries" in place else {})
            assert response.status_code == 200
            assert "geheim" not in text(response), (name, place)


def rows(client: Client, **asked: str) -> list[list[str]]:
    body = text(client.get("/registers/entries.csv", asked))
    assert body.startswith("\ufeff")
    return list(csv.reader(io.StringIO(body.removeprefix("\ufeff"))))


@pytest.mark.usefixtures("several")
def test_a_register_is_taken_away_whole_with_a_column_for_each_field(client: Client) -> None:
    head, *body = rows(client, register=FILINGS)
    assert len(body) == 3
    assert all(len(row) == len(head) for row in body)
    assert {f"{one.label.zh} | {one.label.en}" for one in books()[FILINGS].fields.values()} <= set(head)
    assert len(rows(client, q="星河")) == 3


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=30))
def test_no_cell_is_a_formula(cell: str) -> None:
    written_cell = defused(cell)
    assert not written_cell.lstrip(" \u00a0\u3000").startswith(
        ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
    )
    assert written_cell.removeprefix("'") in (cell, cell.removeprefix("'"))


def test_a_name_that_is_a_formula_is_no_formula_in_the_file(client: Client) -> None:
    written(filed(), "F-1", service_name="=HYPERLINK(1)", provider_name="＠SUM(1)")
    assert rows(client)[1][3:5] == ["'=HYPERLINK(1)", "'＠SUM(1)"]


def test_what_has_not_changed_is_not_sent_again(client: Client) -> None:
    one = registered()
    for address in (
        PAGE,
        "/registers/entries.json",
        "/registers/entries.csv?q=f",
        f"/registers/{FILINGS}/{one.number}.json",
    ):
        first = client.get(address)
        assert first["Cache-Control"] == "public, max-age=60"
        again = client.get(address, headers={"if-none-match": first["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        head = client.head(address)
        assert (head.status_code, head["ETag"], text(head)) == (200, first["ETag"], "")
    tag = client.get("/registers/entries.json")["ETag"]
    written(one.case, one.number, how="update", service_name="另名")
    assert client.get("/registers/entries.json", headers={"if-none-match": tag}).status_code == 200


def test_the_day_of_the_last_change_goes_with_a_file_once_its_second_is_over(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    from guiju.portal.lookup import downloads

    written(filed(), "F-1")
    assert "Last-Modified" not in client.get("/registers/entries.json")
    monkeypatch.setattr(downloads, "_UNSETTLED", dt.timedelta(0))
    changed = client.get("/registers/entries.json")["Last-Modified"]
    assert client.get("/registers/entries.json", headers={"if-modified-since": changed}).status_code == 304


def test_whoever_is_logged_in_sees_the_same_and_no_cache_keeps_it(client: Client) -> None:
    from tests.portal.people import official

    hidden = written(filed(), "F-1")
    Entry.objects.filter(pk=hidden.pk).update(public=False)
    client.force_login(official())
    page = client.get(PAGE)
    assert "F-1<" not in text(page)
    assert page["Cache-Control"] == "private, no-store"
    assert client.get(f"/registers/{FILINGS}/F-1/").status_code == 404


def test_the_first_day_of_an_entry_stays_while_it_changes() -> None:
    case = filed()
    written(case, "F-1", on=MONDAY)
    one = written(case, "F-1", how="update", on=dt.date(2026, 10, 1))
    assert (one.first_on, one.status_on, one.changed_on) == (MONDAY, MONDAY, dt.date(2026, 10, 1))
    ended = written(case, "F-1", how="update", status="deregistered", on=dt.date(2026, 10, 9))
    assert (ended.first_on, ended.status_on) == (MONDAY, dt.date(2026, 10, 9))
