"""`guiju calendar`: last days of legal periods, explained; years as pictures; published years."""

from __future__ import annotations

import argparse
import os
import sys
from typing import TYPE_CHECKING

from guiju.cli.arguments import add_language

if TYPE_CHECKING:
    import datetime as dt


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `guiju calendar due|year|years`."""
    parser = subparsers.add_parser("calendar", help="working days and legal periods")
    verbs = parser.add_subparsers(title="verbs", metavar="<verb>", required=True)

    due = verbs.add_parser("due", help="the last day of a period, explained day by day")
    due.add_argument("date", metavar="DATE", help="the day of the event, as 2026-09-28")
    due.add_argument("period", metavar="PERIOD", nargs="+", help="10 working days, 3 months, 十个工作日 …")
    due.add_argument("--before", action="store_true", help="count back from DATE instead")
    due.add_argument("--format", choices=("text", "json"), default="text")
    add_language(due)
    due.set_defaults(run=run_due)

    year = verbs.add_parser("year", help="a picture of a year: rest days, holidays, make-up workdays")
    year.add_argument("year", metavar="YEAR", type=int)
    add_language(year)
    year.set_defaults(run=run_year)

    years = verbs.add_parser("years", help="which years are published, and by which notice")
    years.set_defaults(run=run_years)


def run_due(args: argparse.Namespace) -> int:
    """Print the last day of a period and how it came about."""
    from guiju.calendar.explain import explain, record
    from guiju.calendar.period import Period

    period = Period.parse(" ".join(args.period))
    explanation = explain(_date(args.date), period, "before" if args.before else "after")
    if args.format == "json":
        import json

        print(json.dumps(record(explanation), ensure_ascii=False, indent=2))
    else:
        print(explanation.text(args.lang))
    return 0


def run_year(args: argparse.Namespace) -> int:
    """Print a year as twelve months, in colour on a terminal that wants it."""
    from guiju.calendar.days import prc_calendar
    from guiju.calendar.picture import year_picture

    colour = sys.stdout.isatty() and "NO_COLOR" not in os.environ
    print(year_picture(args.year, prc_calendar(), args.lang, colour=colour))
    return 0


def run_years(_: argparse.Namespace) -> int:
    """Print the published years, each with its notice, and what holds for the others."""
    from guiju.calendar.days import prc_calendar

    calendar = prc_calendar()
    for arrangement in calendar.arrangements():
        print(f"{arrangement.year}  {arrangement.notice}  {arrangement.title()}  {arrangement.source}")
        for order in arrangement.later_orders():
            print(f"      changed by {order}")
    print(f"{calendar.published_through + 1} to {calendar.last_day.year}  not published: dates are provisional")
    return 0


def _date(written: str) -> dt.date:
    import datetime as dt

    from guiju.calendar.errors import CalendarError

    try:
        return dt.date.fromisoformat(written)
    except ValueError:
        raise CalendarError(
            f"{written!r} is not a date: write an existing day as 2026-09-28",
            f"{written!r}不是日期：请写实际存在的日期，例如 2026-09-28",
        ) from None
