"""Lead the permit of these tests from act to act."""

from __future__ import annotations

import datetime as dt
from typing import Any

from guiju.calendar.days import WorkCalendar, prc_calendar
from guiju.procedures.case import Actor, Case
from guiju.procedures.interpret import act, open_case, tick
from guiju.procedures.model import CaseType
from guiju.procedures.refusals import Refusal
from guiju.procedures.standing import ClockView, Standing, replay
from tests.procedures.at_hand import PERMIT

CALENDAR = prc_calendar()
WHO = {
    "apply": "applicant", "supply": "applicant", "renew": "applicant", "cease": "applicant", "extend": "head",
    "suspend": "head", "lift": "head", "submit": "filer", "supplement": "filer",
}  # fmt: skip
GIVEN: dict[str, dict[str, Any]] = {
    "apply": dict(PERMIT.example),
    "ask": {"items": ["proof"]},
    "extend": {"reasons": "complex"},
    "refuse": {"reasons": "unsafe"},
    "grant": {"number": "P1", "expires_on": "2027-10-08"},
    "excuse": {"excused": True},
    "report_incident": {"major": False},
}


def day(text: str) -> dt.date:
    """A day of 2026, written 03-31, or a whole date."""
    return dt.date.fromisoformat(text if len(text) > len("03-31") else f"2026-{text}")


class Leading:
    """One case under way."""

    def __init__(
        self, kind: CaseType = PERMIT, calendar: WorkCalendar = CALENDAR, readings: dict[str, str] | None = None
    ) -> None:
        self.kind = kind
        self.calendar = calendar
        self.case: Case = open_case(kind, readings)

    def tries(self, on: str, name: str, by: str | Actor | None = None, /, **values: Any) -> Any:
        """Try an act with its usual values, or others; None takes one out."""
        actor = by if isinstance(by, Actor) else Actor(by or WHO.get(name, "reviewer"))
        given = {**GIVEN.get(name, {}), **values}
        given = {key: value for key, value in given.items() if value is not None}
        return act(self.case, self.kind, name, actor, given, today=day(on), calendar=self.calendar)

    def does(self, on: str, name: str, by: str | Actor | None = None, /, **values: Any) -> Leading:
        """Carry out an act that must be possible."""
        done = self.tries(on, name, by, **values)
        assert not isinstance(done, Refusal), done
        self.case = self.case.with_events(*done)
        return self

    def refused(self, on: str, name: str, by: str | Actor | None = None, /, **values: Any) -> Refusal:
        """Try an act that must be refused."""
        done = self.tries(on, name, by, **values)
        assert isinstance(done, Refusal), done
        return done

    def waits(self, until: str) -> Leading:
        """Let time pass."""
        self.case = self.case.with_events(*tick(self.case, self.kind, self.calendar, day(until)))
        return self

    @property
    def standing(self) -> Standing:
        """How the case stands."""
        return replay(self.case, self.kind)

    def clock(self, name: str, on: str) -> ClockView:
        """How a clock stands on a day."""
        return self.standing.clock(name, self.calendar, day(on))
