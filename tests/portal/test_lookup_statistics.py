"""Figures for everybody: right, from few questions, and without showing any single organisation."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from guiju.portal.cases.models import QueueRow
from guiju.portal.lookup.figures import figures, told
from tests.portal.people import ZHEJIANG, actor, official
from tests.portal.registered import filed, registered, written

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture(autouse=True)
def counted_anew(db: None) -> None:  # noqa: ARG001
    cache.delete("statistics/1")


@pytest.fixture
def november(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *_: dt.date(2026, 11, 22))


def rows(name: str) -> dict[str, tuple[Any, ...]]:
    return dict(figures().all[name].rows)


def settled(count: int, kind: str, days: int, *, late: bool | None) -> None:
    """Rows of the queue as they are once the authority has done its part."""
    for _ in range(count):
        QueueRow.objects.filter(case=filed()).update(
            kind=kind, settled_on=dt.date(2026, 10, 1), settled_days=days, settled_late=late
        )


def test_the_smallest_cell_that_is_told_is_the_one_of_the_settings() -> None:
    smallest = settings.STATISTICS_SMALLEST_CELL
    assert [told(one) for one in (0, 1, smallest - 1, smallest)] == [0, None, None, smallest]


@pytest.mark.usefixtures("november")
def test_cases_are_counted_by_month_and_law_and_small_counts_are_not_told() -> None:
    for _ in range(settings.STATISTICS_SMALLEST_CELL):
        filed()
    QueueRow.objects.filter(case=filed()).update(opened_on=dt.date(2026, 11, 1))
    found = rows("filings")
    assert next(iter(found)) == "2025-12"
    assert len(found) == 12
    assert found["2026-09"] == (settings.STATISTICS_SMALLEST_CELL, 0)
    assert found["2026-11"] == (None, 0)


def test_entries_are_counted_by_area_and_how_they_stand() -> None:
    case = filed()
    written(case, "F-1", province="浙江")
    written(filed(), "F-2", province="江苏省", status="annulled")
    written(filed(), "F-3", province="江苏省", status="registered")
    assert rows("entries") == {"320000": (1, 0, 1), "330000": (1, 0, 0)}


def test_settled_cases_are_in_time_late_or_not_to_be_said() -> None:
    smallest = settings.STATISTICS_SMALLEST_CELL
    settled(smallest, "mail4/filing", 10, late=False)
    settled(smallest - 1, "mail4/filing", 50, late=True)
    settled(1, "mail4/licence", 3, late=None)
    assert rows("decisions") == {"mail4/filing": (smallest, None, 0), "mail4/licence": (0, 0, None)}
    assert rows("days") == {"mail4/filing": (10,), "mail4/licence": (None,)}


def test_whether_the_authority_was_late_follows_from_its_clocks() -> None:
    from guiju.portal.cases.acting import Done, carry_out

    for day, late in ((dt.date(2026, 10, 9), False), (dt.date(2027, 3, 1), True)):
        case = filed()
        done = carry_out(actor(official(ZHEJIANG)), case.number, "register", {}, seen=1, today=day)
        assert isinstance(done, Done), done
        assert QueueRow.objects.get(case=case).settled_late is late


def test_the_page_shows_every_figure_as_a_table_and_says_what_it_hides(
    client: Client, django_queries: Callable[[], list[str]]
) -> None:
    settled(1, "mail4/filing", 10, late=False)
    for lang, said in (
        ("zh-hans", ("少于 5", "案件太少", "不公布")),
        ("en", ("under 5", "too few cases", "is not told")),
    ):
        before = len(django_queries())
        shown = client.get("/statistics/", {"lang": lang}).content.decode()
        assert len(django_queries()) - before <= 15
        assert all(words in shown for words in said)
        assert shown.count("<caption") == 4


def test_counting_is_not_repeated_within_some_minutes(client: Client, django_queries: Callable[[], list[str]]) -> None:
    client.get("/statistics/")
    before = len(django_queries())
    client.get("/statistics/")
    assert len(django_queries()) - before <= 2
    first = figures().counted_at
    registered()
    assert figures().counted_at == first


@pytest.mark.parametrize("name", ["filings", "entries", "decisions", "days"])
def test_each_figure_is_a_file_too(client: Client, name: str) -> None:
    settled(1, "mail4/filing", 10, late=True)
    shape = client.get(f"/statistics/{name}.json")
    assert shape["Access-Control-Allow-Origin"] == "*"
    content = shape.json()
    assert [row["key"] for row in content["rows"]] == list(rows(name))
    assert content["not_told_below"] == (None if name == "entries" else settings.STATISTICS_SMALLEST_CELL)
    table = client.get(f"/statistics/{name}.csv").content.decode()
    assert table.startswith("\ufeff")
    assert len(list(csv.reader(io.StringIO(table)))) == 1 + len(content["rows"])
    assert client.get(f"/statistics/{name}.json", headers={"if-none-match": shape["ETag"]}).status_code == 304


@pytest.mark.parametrize("address", ["nothing.json", "filings.exe", f"{'x' * 5000}.csv", "filings..json"])
def test_a_figure_that_does_not_exist_is_no_page(client: Client, address: str) -> None:
    assert client.get(f"/statistics/{address}").status_code == 404
