"""The assessment as JSON: the names of the vocabulary, kept to the letter."""

from __future__ import annotations

from typing import Any

import msgspec

from guiju.assess.assessment import Assessment
from guiju.engine.deadlines import Deadline
from guiju.engine.findings import Finding
from guiju.engine.norms import Clock, Rulebook
from guiju.engine.proof import plain


def to_json(assessment: Assessment) -> str:
    """Print an assessment as JSON (UTF-8 text, two spaces)."""
    return msgspec.json.format(msgspec.json.encode(to_data(assessment)), indent=2).decode()


def to_data(assessment: Assessment) -> dict[str, Any]:
    """Turn an assessment into plain data: `as_of`, `rulebooks`, `findings`, `questions`."""
    from guiju.engine.questions import next_questions

    questions = next_questions(assessment.cases, assessment.norms)
    return {
        "as_of": assessment.as_of.isoformat(),
        "rulebooks": [_rulebook(book) for book in assessment.rulebooks],
        "findings": [finding_data(finding) for finding in assessment.findings],
        "questions": [question.data() for question in questions],
    }


def finding_data(finding: Finding) -> dict[str, Any]:
    """Turn one finding into plain data."""
    norm = finding.norm
    because = dict(finding.because)
    if finding.readings:
        because["readings"] = finding.readings
    if finding.fines:
        because["fines"] = [{"on": f.on, "least": plain(f.least), "most": plain(f.most)} for f in finding.fines]
    if finding.sums:
        because["amounts"] = [
            {"what": {"zh": s.what.zh, "en": s.what.en}, "least": plain(s.least), "most": plain(s.most)}
            for s in finding.sums
        ]
    if finding.dates_by_reading:
        because["dates_by_reading"] = finding.dates_by_reading
    return {
        "address": str(norm.address),
        "rulebook": norm.rulebook,
        "subject": {"kind": finding.subject.kind, "name": finding.subject.name},
        "norm": norm.kind,
        "bearer": norm.bearer,
        "status": finding.status,
        "gist": {"zh": norm.gist.zh, "en": norm.gist.en},
        "deadline": _deadline(finding.deadline),
        "retention": _retention(finding.retention),
        "fulfilment": finding.fulfilment,
        "breach": [str(address) for address in norm.breach],
        "exempted_by": str(finding.exempted_by) if finding.exempted_by else None,
        "missing": finding.missing,
        "because": because,
    }


def _rulebook(book: Rulebook) -> dict[str, Any]:
    return {
        "key": book.key,
        "title": {"zh": book.title.zh, "en": book.title.en},
        "version": book.version,
        "status": book.status,
        "in_force_from": str(book.in_force_from) if book.in_force_from else None,
    }


def _deadline(deadline: Deadline | None) -> dict[str, Any] | None:
    if deadline is None:
        return None
    data = {**_clock(deadline, "due"), "overdue": deadline.overdue}
    if deadline.clock.form == "from":
        data["opens"] = _day(deadline.opens)
    return data


def _retention(retention: Deadline | None) -> dict[str, Any] | None:
    return None if retention is None else _clock(retention, "until")


def _clock(deadline: Deadline, name: str) -> dict[str, Any]:
    day = deadline.day
    clock = deadline.clock
    end = None if day is None else day.latest if name == "until" else day.due
    return {
        name: _day(end),
        "earliest": _day(day.earliest if day else None),
        "latest": _day(day.latest if day else None),
        "period": _period(clock),
        "counted_from": {"event": str(clock.anchor), "date": _day(deadline.anchor_date)},
        "provisional": deadline.provisional,
    }


def _period(clock: Clock) -> str:
    if clock.day is not None:
        return "each year by {:02d}-{:02d}".format(*clock.day)
    return clock.period.text("en") if clock.period else "at once"


def _day(day: object) -> str | None:
    return None if day is None else str(day)
