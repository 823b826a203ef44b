"""The timeline picture: nothing collides, nothing is out of place, what does not fit is listed."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiju.assess.assessment import assess
from guiju.assess.report.dates import When
from guiju.assess.report.lines import Line
from guiju.assess.report.timeline import NARROW, WIDE, Frame, Picture, cut, lay_out, width
from guiju.assess.report.view import view_of
from guiju.assess.report.words import same
from guiju.engine.rulebook import load_rulebooks
from guiju.profiles.profile import Profile, SystemProfile

TODAY = dt.date(2026, 11, 22)


def _any_line() -> Line:
    profile = Profile("p", "O", {}, (SystemProfile("S", {}),), ())
    view = view_of(assess(profile, load_rulebooks(), as_of=TODAY), ())
    return next(line for line in view.lines if line.part == "duties")


LINE = _any_line()


def due(day: dt.date, *, latest: dt.date | None = None, opens: dt.date | None = None) -> Line:
    when = When(day, day, latest or day, opens, latest is not None, recurs=False, explained=same("-"))
    return dataclasses.replace(LINE, state="overdue" if (latest or day) < TODAY else "due", when=when)


def labels(picture: Picture) -> list[tuple[float, float, int]]:
    """Left, right and lane of each label."""
    return [(m.x, m.x + picture.frame.label, m.lane) for m in picture.marks if m.lane is not None]


days = st.dates(dt.date(2025, 1, 1), dt.date(2031, 12, 31))


@pytest.mark.parametrize("frame", [WIDE, NARROW], ids=["wide", "narrow"])
@given(st.lists(days, max_size=40))
def test_no_label_touches_another_or_a_line_that_rises_to_one(frame: Frame, dates: Sequence[dt.date]) -> None:
    placed = labels(lay_out([due(day) for day in sorted(dates)], TODAY, frame))
    for index, (left, right, lane) in enumerate(placed):
        for other_left, _, other_lane in placed[index + 1 :]:
            assert left <= other_left
            if other_left <= right:
                assert other_lane < lane


@pytest.mark.parametrize("frame", [WIDE, NARROW], ids=["wide", "narrow"])
@given(st.lists(days, max_size=40))
def test_every_day_is_placed_or_listed_inside_the_frame(frame: Frame, dates: Sequence[dt.date]) -> None:
    picture = lay_out([due(day) for day in sorted(dates)], TODAY, frame)
    seen = {m.day for m in picture.marks} | {m.day for m in picture.later} | {line.day for line in picture.overdue}
    assert seen == set(dates)
    for mark in picture.marks:
        assert picture.left <= mark.x <= picture.right
        assert mark.x + frame.label <= frame.width or mark.lane is None
    for tick in picture.ticks:
        assert picture.left <= tick.x <= picture.right
    for bar in picture.bars:
        assert picture.left <= bar.x <= bar.x + bar.width <= picture.right + 3


def test_what_is_years_overdue_does_not_stretch_the_axis() -> None:
    picture = lay_out([due(dt.date(2023, 8, 15)), due(dt.date(2026, 12, 1))], TODAY, WIDE)
    assert picture.start > dt.date(2026, 10, 1)
    assert [line.day for line in picture.overdue] == [dt.date(2023, 8, 15)]


def test_what_lies_beyond_two_years_is_listed_as_later() -> None:
    picture = lay_out([due(dt.date(2026, 12, 1)), due(dt.date(2031, 3, 31))], TODAY, WIDE)
    assert [mark.day for mark in picture.later] == [dt.date(2031, 3, 31)]
    assert picture.end < dt.date(2027, 6, 1)


def test_one_day_has_one_mark() -> None:
    day = dt.date(2027, 1, 11)
    picture = lay_out([due(day), due(day), due(day)], TODAY, WIDE)
    assert [len(mark.lines) for mark in picture.marks] == [3]


def test_a_provisional_date_and_a_window_are_bars() -> None:
    range_ = due(dt.date(2027, 2, 15), latest=dt.date(2027, 2, 20))
    window = due(dt.date(2027, 3, 31), opens=dt.date(2026, 12, 31))
    picture = lay_out([range_, window], TODAY, WIDE)
    assert [mark.kind for mark in picture.marks] == ["provisional", "due"]
    assert [bar.line.is_window for bar in picture.bars] == [False, True]
    assert picture.bars[1].width > picture.bars[0].width


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=80), st.integers(20, 300))
def test_a_cut_text_fits(text: str, room: int) -> None:
    assert width(cut(text, room, 12), 12) <= max(room, 12)
    if width(text, 12) <= room:
        assert cut(text, room, 12) == text
