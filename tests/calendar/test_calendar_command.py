"""`guiju calendar`: results first, pictures that need no colour, errors that say how to go on."""

import argparse
import json
from collections.abc import Callable

import pytest

from guiju.calendar.days import WorkCalendar
from guiju.calendar.errors import CalendarError
from guiju.calendar.picture import year_picture
from guiju.cli import calendar as command

Run = Callable[..., str]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    parser = argparse.ArgumentParser(prog="guiju")
    command.register(parser.add_subparsers())

    def run_line(*words: str) -> str:
        args = parser.parse_args(["calendar", *words])
        assert args.run(args) == 0
        return capsys.readouterr().out

    return run_line


def test_the_result_stands_in_the_first_line(run: Run) -> None:
    out = run("due", "2026-09-28", "10 working days")
    assert out.splitlines()[0] == "10 working days after 2026-09-28: due 2026-10-16 (Friday)"


def test_a_period_needs_no_quotes(run: Run) -> None:
    assert run("due", "2026-09-28", "10", "working", "days") == run("due", "2026-09-28", "十个工作日")


def test_backwards_in_chinese(run: Run) -> None:
    out = run("due", "2026-10-16", "10 working days", "--before", "--lang", "zh")
    assert out.splitlines()[0] == "2026-10-16之前10个工作日：最迟2026-09-28（周一）"


def test_json_has_the_dates(run: Run) -> None:
    answer = json.loads(run("due", "2026-12-30", "3 working days", "--format", "json"))
    assert answer["due"] == answer["earliest"] == "2027-01-05"
    assert answer["provisional"] == (answer["earliest"] < answer["latest"])


def test_the_years_name_their_notices(run: Run) -> None:
    lines = run("years").splitlines()
    assert lines[0].startswith(
        "2007  国办发明电〔2006〕49号  国务院办公厅关于2007年部分节假日安排的通知  https://www.gov.cn/"
    )
    assert "      changed by 国办发明电〔2020〕1号" in lines
    assert lines[-1].endswith("not published: dates are provisional")


@pytest.mark.parametrize("written", ["2026-13-01", "2026-02-29", "tomorrow", "28.9.2026", ""])
def test_an_impossible_date_is_refused(run: Run, written: str) -> None:
    with pytest.raises(CalendarError) as caught:
        run("due", written, "1 day")
    assert str(caught.value) == f"{written!r} is not a date: write an existing day as 2026-09-28"


def test_a_picture_of_october_2026() -> None:
    picture = year_picture(2026, WorkCalendar(2026), "en")
    lines = picture.splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith("October"))
    october = [line[:27] for line in lines[start : start + 7]]
    assert october == [
        "October                    ",
        "Mo  Tu  We  Th  Fr  Sa  Su ",
        "             1*  2*  3*  4*",
        " 5*  6*  7*  8   9  10+ 11.",
        "12  13  14  15  16  17. 18.",
        "19  20  21  22  23  24. 25.",
        "26  27  28  29  30  31.    ",
    ]
    assert lines[0] == ("2026  248 working days  国办发明电〔2025〕7号 国务院办公厅关于2026年部分节假日安排的通知")
    assert "* 2026-10-01..2026-10-07  + 2026-09-20 2026-10-10  National Day" in lines


def test_a_picture_of_an_unpublished_year_says_so() -> None:
    picture = year_picture(2027, WorkCalendar(2026), "zh")
    assert picture.splitlines()[0] == "2027年　暂定：放假安排尚未公布　按法定节假日计算工作日247-248天"
    assert "? 待定" in picture
    assert " 4?  5*  6*  7*" in picture


def test_colour_changes_nothing_but_colour() -> None:
    calendar = WorkCalendar(2026)
    coloured = year_picture(2026, calendar, "en", colour=True)
    for code in ("\033[0m", "\033[2m", "\033[31m", "\033[1;34m", "\033[33m"):
        coloured = coloured.replace(code, "")
    assert coloured == year_picture(2026, calendar, "en")


@pytest.mark.parametrize("year", [2006, 2061])
def test_a_year_outside_the_calendar_is_refused(run: Run, year: int) -> None:
    with pytest.raises(CalendarError) as caught:
        run("year", str(year))
    assert str(caught.value) == f"the year {year} is outside this calendar, which runs from 2007 to 2060"
