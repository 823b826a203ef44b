"""Due dates of many cases, derived from their events: `python -m bench.procedures`."""

from __future__ import annotations

import datetime as dt
import random
from pathlib import Path
from typing import Any

from bench.timing import Line, Section, medians, print_section
from guiju.calendar.days import prc_calendar
from guiju.engine.rulebook import load_rulebooks
from guiju.procedures.case import Actor, Case
from guiju.procedures.catalogue import Catalogue
from guiju.procedures.due_dates import due_dates_of
from guiju.procedures.interpret import act, open_case
from guiju.procedures.lawbook import LawBook, letter_names
from guiju.procedures.model import CaseType
from guiju.procedures.refusals import Refusal
from guiju.procedures.standing import replay

TYPES_FOLDER = Path(__file__).resolve().parent.parent / "tests" / "procedures" / "types"
CASES = 100_000
GOAL = "goal: 100,000 cases in 2 s"
_DISTINCT = 2_000
_ACTS = (
    ("apply", "applicant"), ("ask", "reviewer"), ("supply", "applicant"), ("extend", "head"), ("grant", "head"),
    ("report_incident", "anyone"), ("cease", "applicant"),
)  # fmt: skip


def section() -> Section:
    """Time the last days of every clock of 100,000 permits, between one and seven acts old."""
    types = Catalogue(TYPES_FOLDER, LawBook(load_rulebooks(), letter_names(TYPES_FOLDER)))
    kind, calendar = types.get("permit"), prc_calendar()
    cases = _cases(kind)
    today = dt.date(2026, 6, 1)
    for case, days in zip(cases[:_DISTINCT], due_dates_of(cases, types.pinned, calendar), strict=False):
        views = replay(case, kind).clocks(calendar, today)
        assert days == {n: v.due for n, v in views.items() if v.due and v.run and not v.run.ended}
    works = {
        "due dates": lambda: sum(len(days) for days in due_dates_of(cases, types.pinned, calendar)),
        "whole standings": lambda: sum(len(replay(case, kind).clocks(calendar, today)) for case in cases[:10_000]),
    }
    timed = medians(works, 5)
    acts = sum(len(case.events) for case in cases) / len(cases)
    return Section(
        f"Due dates of {CASES:,} cases, {acts:.1f} acts each",
        [
            Line(GOAL, 2.0),
            Line("last day of every running clock", timed["due dates"]),
            Line("10,000 cases with fields and all clocks", timed["whole standings"]),
        ],
        GOAL,
    )


def _cases(kind: CaseType) -> list[Case]:
    random.seed(5)
    distinct = [_case(kind, random.randint(1, len(_ACTS))) for _ in range(_DISTINCT)]
    return (distinct * (CASES // _DISTINCT))[:CASES]


def _case(kind: CaseType, acts: int) -> Case:
    case, today = open_case(kind), dt.date(2025, 1, 2) + dt.timedelta(days=random.randrange(400))
    given: dict[str, dict[str, Any]] = {
        "apply": {name: value for name, value in kind.example.items() if name != "name"}, "ask": {"items": ["name"]},
        "supply": {"name": "Xinghe"}, "extend": {"reasons": "complex"}, "report_incident": {"major": False},
        "grant": {"number": "P1", "expires_on": "2029-10-08"}, "cease": {"ceased_on": "2026-05-01"},
    }  # fmt: skip
    for name, role in _ACTS[:acts]:
        done = act(case, kind, name, Actor(role), given[name], today=today, calendar=prc_calendar())
        assert not isinstance(done, Refusal), done
        case = case.with_events(*done)
        today += dt.timedelta(days=random.randrange(8))
    return case


if __name__ == "__main__":
    print_section(section())
