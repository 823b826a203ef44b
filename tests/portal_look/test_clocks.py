"""The clock badge: what it says for each status of a statutory clock, in words and not by colour alone."""

from __future__ import annotations

import datetime as dt
from typing import Any, get_args

import pytest
from django.utils import translation

from guiju.portal.look.components import ClockBadge, Tag
from guiju.portal.look.components.states import TagKind
from guiju.procedures.clocks import Status
from tests.portal_look.reading import read

DUE, LATEST = dt.date(2027, 1, 6), dt.date(2027, 1, 8)

SAID: list[tuple[dict[str, Any], str, str]] = [
    ({"status": "running", "days": 9}, "剩余 9 个工作日", "9 working days left"),
    ({"status": "running", "days": 1}, "剩余 1 个工作日", "1 working day left"),
    ({"status": "running", "days": 9, "unit": "day"}, "剩余 9 日", "9 days left"),
    ({"status": "running", "days": 0}, "今日到期", "Ends today"),
    ({"status": "running"}, "正在计算", "Running"),
    ({"status": "paused", "days": 12}, "已暂停，剩余 12 个工作日", "Paused; 12 working days remain"),
    ({"status": "paused"}, "已暂停", "Paused"),
    ({"status": "overdue", "days": 1}, "已逾期 1 个工作日", "Overdue by 1 working day"),
    ({"status": "overdue", "days": 3, "unit": "day"}, "已逾期 3 日", "Overdue by 3 days"),
    ({"status": "overdue"}, "已逾期", "Overdue"),
    ({"status": "in_time"}, "按期完成", "Done in time"),
    ({"status": "late", "days": 2}, "逾期 2 个工作日完成", "Done 2 working days late"),
    ({"status": "unsure"}, "是否逾期尚不能确定", "In time or late: not certain yet"),
    ({"status": "waiting"}, "尚未起算", "Not running yet"),
    ({"status": "over"}, "期限已届满", "The period is over"),
    ({"status": "moot"}, "不再适用", "No longer applies"),
    ({"status": "lapsed"}, "已失效", "Lapsed"),
]


@pytest.mark.parametrize(("given", "zh", "en"), SAID, ids=[en for _, _, en in SAID])
def test_it_says_how_the_clock_stands(given: dict[str, Any], zh: str, en: str) -> None:
    for code, words in (("zh-hans", zh), ("en", en)):
        with translation.override(code):
            assert read(ClockBadge(name="X", **given)).one("strong").text == words


def test_it_knows_every_status_of_the_interpreter() -> None:
    for status in get_args(Status):
        badge = ClockBadge(name="X", status=status)
        assert read(badge).one("strong").text
        assert badge.shape


def test_a_provisional_date_is_a_range_and_called_so() -> None:
    page = read(ClockBadge(name="X", status="running", due=DUE, latest=LATEST))
    assert [one.get("datetime") for one in page.all("time")] == ["2027-01-06", "2027-01-08"]
    assert "暂定" in page.text


def test_a_settled_date_is_one_day() -> None:
    page = read(ClockBadge(name="X", status="running", due=DUE, latest=DUE))
    assert [one.text for one in page.all("time")] == ["2027-01-06"]
    assert "暂定" not in page.text


def test_it_explains_its_date_on_request() -> None:
    page = read(ClockBadge(name="X", status="running", how=("first <b>", "second")))
    assert [one.text for one in page.one("details").all("li")] == ["first <b>", "second"]
    assert not read(ClockBadge(name="X", status="running")).all("details")


@pytest.mark.parametrize(
    ("days", "whole", "used"), [(45, 45, 0), (44, 45, 2), (0, 45, 100), (50, 45, 0), (None, 45, None), (5, None, None)]
)
def test_its_bar_is_the_share_that_is_gone(days: int | None, whole: int | None, used: int | None) -> None:
    assert ClockBadge(name="X", status="running", days=days, whole=whole).used == used


def test_only_a_clock_that_counts_has_a_bar() -> None:
    assert ClockBadge(name="X", status="overdue", days=5, whole=45).used is None


def test_every_kind_of_tag_has_a_shape_of_its_own() -> None:
    shapes = [Tag(text="x", kind=kind).shape for kind in get_args(TagKind)]
    assert len(set(shapes)) == len(shapes)


def test_the_picture_of_a_tag_is_not_read_out() -> None:
    page = read(Tag(text="<i>逾期</i>", kind="bad"))
    assert page.text == "<i>逾期</i>"
    assert page.one("svg").get("aria-hidden") == "true"
    assert page.one("svg").children
