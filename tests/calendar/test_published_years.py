"""The published years: our table against two independent packages, day by day."""

import datetime as dt

import chinese_calendar
import holidays
import pytest

from guiju.calendar.arrangement import Break, published_arrangements
from guiju.calendar.days import WorkCalendar, prc_calendar
from guiju.calendar.draft import draft_year
from guiju.calendar.errors import CalendarError
from guiju.calendar.statute import festivals_of, last_year

PUBLISHED = range(2007, 2027)


def days_of(year: int) -> list[dt.date]:
    first = dt.date(year, 1, 1)
    return [first + dt.timedelta(days=offset) for offset in range((dt.date(year + 1, 1, 1) - first).days)]


def test_the_published_years_are_2007_to_2026_without_a_gap() -> None:
    assert list(published_arrangements()) == list(PUBLISHED)


@pytest.mark.parametrize("year", PUBLISHED)
def test_every_day_agrees_with_chinesecalendar(year: int) -> None:
    ours = {day: prc_calendar().is_workday(day) for day in days_of(year)}
    theirs = {day: chinese_calendar.is_workday(day) for day in days_of(year)}
    assert ours == theirs


@pytest.mark.parametrize("year", PUBLISHED)
def test_every_day_agrees_with_holidays(year: int) -> None:
    china = holidays.country_holidays("CN", years=range(year - 1, year + 2))
    ours = {day: prc_calendar().is_workday(day) for day in days_of(year)}
    theirs = {day: china.is_working_day(day) for day in days_of(year)}
    assert ours == theirs


@pytest.mark.parametrize("year", PUBLISHED)
def test_the_draft_for_a_maintainer_gives_the_breaks_of_the_table(year: int) -> None:
    breaks = published_arrangements()[year].breaks
    drafted = draft_year(year).values()
    assert sorted(drafted) == sorted(_written(year, pause) for pause in breaks)


def test_a_year_without_an_arrangement_cannot_be_drafted() -> None:
    with pytest.raises(CalendarError, match="no arrangement for 2060"):
        draft_year(2060)


def test_where_the_two_packages_cover_a_year_together_we_publish_it() -> None:
    """The packages are renewed when a notice comes out; this test then asks for the new year's entry."""
    newest = max(published_arrangements()) + 1
    china = holidays.country_holidays("CN", years=newest)
    in_holidays = newest in china.special_public_holidays
    in_chinese_calendar = max(chinese_calendar.holidays).year >= newest
    assert not (in_holidays and in_chinese_calendar), f"publish {newest}: python -m guiju.calendar.draft {newest}"


def test_the_one_day_on_which_the_packages_differ_lies_before_our_table() -> None:
    """2005-12-31: the notice for 2006 had that Saturday worked; chinesecalendar begins its 2006 on 1 January."""
    china = holidays.country_holidays("CN", years=range(2003, 2028))
    first, last = dt.date(2004, 1, 1), dt.date(2026, 12, 31)
    days = [first + dt.timedelta(days=offset) for offset in range((last - first).days + 1)]
    differing = [day for day in days if china.is_working_day(day) != chinese_calendar.is_workday(day)]
    assert differing == [dt.date(2005, 12, 31)]


@pytest.mark.parametrize("year", range(2008, last_year() + 2))
def test_the_dates_of_the_festivals_agree_with_holidays(year: int) -> None:
    china = holidays.country_holidays("CN", years=year, language="zh_CN", observed=False)
    statutory = {day for day, name in china.items() if day.year == year and "调休" not in name and "延长" not in name}
    ours = {day for festival in festivals_of(year) for day in festival.days_off}
    assert ours == statutory - {dt.date(2015, 9, 3)}


@pytest.mark.parametrize("year", PUBLISHED)
def test_every_arrangement_names_its_notice_and_where_to_read_it(year: int) -> None:
    arrangement = published_arrangements()[year]
    assert arrangement.notice.startswith(f"国办发明电〔{year - 1}〕")
    assert arrangement.notice.endswith("号")
    assert arrangement.source.startswith("https://www.gov.cn/")
    assert str(year) in arrangement.title()


def test_later_orders_are_named_where_they_changed_a_year() -> None:
    changed = {year: known.later_orders() for year, known in published_arrangements().items() if known.later_orders()}
    assert changed == {
        2015: ["国发明电〔2015〕1号"],
        2019: ["国办发明电〔2019〕3号"],
        2020: ["国办发明电〔2020〕1号"],
    }


@pytest.mark.parametrize(
    ("day", "kind", "festivals", "order"),
    [
        ("2026-09-30", "workday", (), None),
        ("2026-10-01", "holiday", ("national_day",), "国办发明电〔2025〕7号"),
        ("2026-10-04", "holiday", ("national_day",), "国办发明电〔2025〕7号"),
        ("2026-10-10", "make_up_workday", ("national_day",), "国办发明电〔2025〕7号"),
        ("2026-10-11", "weekend", (), None),
        ("2025-10-06", "holiday", ("mid_autumn", "national_day"), "国办发明电〔2024〕12号"),
        ("2020-01-31", "holiday", ("spring_festival",), "国办发明电〔2020〕1号"),
        ("2015-09-03", "holiday", ("victory_day",), "国发明电〔2015〕1号"),
        ("2018-12-31", "holiday", ("new_year",), "国办发明电〔2018〕15号"),
        ("2018-12-29", "make_up_workday", ("new_year",), "国办发明电〔2018〕15号"),
    ],
)
def test_a_day_knows_what_it_is_and_by_which_order(
    day: str, kind: str, festivals: tuple[str, ...], order: str | None
) -> None:
    known = prc_calendar().day(dt.date.fromisoformat(day))
    assert (known.kind, known.festivals, known.order, known.published) == (kind, festivals, order, True)
    assert prc_calendar().kind(known.date) == kind


def test_days_outside_the_calendar_are_refused() -> None:
    calendar = prc_calendar()
    with pytest.raises(CalendarError) as before:
        calendar.is_workday(dt.date(2006, 12, 31))
    assert str(before.value) == (
        "2006-12-31 lies before 2007-01-01, where the table of published years begins; "
        "working days before it are not known here"
    )
    with pytest.raises(CalendarError) as beyond:
        calendar.is_workday(dt.date(2061, 1, 1))
    assert str(beyond.value) == "2061-01-01 lies beyond 2060-12-31, where this calendar ends"
    assert beyond.value.text("zh") == "2061-01-01晚于2060-12-31，本日历到该日为止"


@pytest.mark.parametrize("year", [2006, 2027])
def test_only_a_published_year_can_be_the_last_published(year: int) -> None:
    with pytest.raises(CalendarError, match=f"{year} is not a published year"):
        WorkCalendar(year)


def _written(year: int, pause: Break) -> str:
    def short(day: dt.date) -> str:
        return day.strftime("%m-%d") if day.year == year else day.isoformat()

    off = short(pause.first) if pause.first == pause.last else f"{short(pause.first)}..{short(pause.last)}"
    worked = " ".join(short(day) for day in pause.make_up)
    return f"{off}, work {worked}" if worked else off
