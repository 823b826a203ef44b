"""Hold what a script expects against what came of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from guiju.bilingual import Bilingual
from guiju.calendar.count import DueDate
from guiju.procedures.interpret import open_to
from guiju.procedures.problems import Report
from guiju.procedures.running import Moment, Play
from guiju.procedures.situation import Situation, competent, missing_items
from guiju.procedures.standing import ClockView

_WORDS = ("waiting", "running", "paused", "overdue", "over", "in_time", "late", "unsure", "lapsed", "moot")
_ABSENT = "absent"
_WRITTEN = {"write": "written", "update": "updated", "withdraw": "withdrawn"}


@dataclass(frozen=True, slots=True)
class Miss:
    """An expectation that does not hold."""

    line: int
    what: str
    expected: Any
    found: Any

    def text(self, lang: str) -> str:
        """Say what was expected and what was found."""
        template = {
            "zh": "第 {line} 行 {what}：预期 {expected}，实际 {found}",
            "en": "line {line}: {what}: expected {expected}, found {found}",
        }[lang]
        return template.format(line=self.line, what=self.what, expected=_said(self.expected), found=_said(self.found))


def misses(play: Play) -> list[Miss]:
    """List the expectations that do not hold. Raises ProcedureError for those that name nothing of the case type."""
    report = Report(play.script.file)
    found: list[Miss] = []
    for moment in play.moments:
        found.extend(_Look(play, moment, report).misses())
    report.raise_if_any()
    return found


class _Look:
    """One moment, held against its expectations."""

    def __init__(self, play: Play, moment: Moment, report: Report) -> None:
        self.play = play
        self.moment = moment
        self.report = report

    def misses(self) -> Iterator[Miss]:
        step = self.moment.step
        unexpected = self.moment.refusal
        if unexpected is not None and not any(one.what == "refused" for one in step.expect):
            yield Miss(step.line, step.do or "", Bilingual("可以办理", "done"), unexpected.code)
        for one in step.expect:
            look: Callable[[Any, int], Iterator[Miss]] = getattr(self, f"_{one.what}")
            yield from look(one.value, one.line)

    def _compare(self, line: int, what: str, expected: Any, found: Any) -> Iterator[Miss]:
        if expected != found:
            yield Miss(line, what, expected, found)

    def _state(self, value: Any, line: int) -> Iterator[Miss]:
        self._there(value, self.play.kind.states, line)
        yield from self._compare(line, "state", value, self.moment.standing.state)

    def _refused(self, value: Any, line: int) -> Iterator[Miss]:
        refusal = self.moment.refusal
        yield from self._compare(line, "refused", value, refusal.code if refusal else None)

    def _missing(self, value: Any, line: int) -> Iterator[Miss]:
        refusal = self.moment.refusal
        yield from self._compare(line, "missing", sorted(value or []), sorted(refusal.missing) if refusal else [])

    def _clocks(self, value: Any, line: int) -> Iterator[Miss]:
        for name, expected in (value or {}).items():
            if self._there(name, {clock.name for clock in self.play.kind.clocks}, line):
                view = self.moment.clocks.get(name)
                if view is None:
                    found: Any = _ABSENT
                else:
                    found = view.status if expected in (*_WORDS, _ABSENT) else _shown(view.due)
                yield from self._compare(line, f"clocks.{name}", expected, found)

    def _opens(self, value: Any, line: int) -> Iterator[Miss]:
        for name, expected in (value or {}).items():
            if self._there(name, self.moment.clocks, line):
                view: ClockView = self.moment.clocks[name]
                yield from self._compare(line, f"opens.{name}", expected, _shown(view.opens))

    def _letters(self, value: Any, line: int) -> Iterator[Miss]:
        found = [letter.name for event in self.moment.events for letter in event.letters]
        yield from self._compare(line, "letters", sorted(_several(value)), sorted(found))

    def _events(self, value: Any, line: int) -> Iterator[Miss]:
        found = [one.event for event in self.moment.events for one in event.yields]
        yield from self._compare(line, "events", sorted(_several(value)), sorted(found))

    def _lapsed(self, value: Any, line: int) -> Iterator[Miss]:
        yield from self._compare(line, "lapsed", _several(value), [event.act for event in self.moment.lapsed])

    def _register(self, value: Any, line: int) -> Iterator[Miss]:
        changes = [change for event in self.moment.events for change in event.entries]
        found = [{change.register: _WRITTEN[change.how]} for change in changes]
        wanted, details = [], []
        for one in _several(value):
            for register, how in one.items():
                inner = how if isinstance(how, dict) else {how: {}}
                for word, fields in inner.items():
                    wanted.append({register: word})
                    details.append((register, word, fields or {}))
        yield from self._compare(line, "register", wanted, found)
        if wanted == found:
            for change, (register, word, fields) in zip(changes, details, strict=True):
                entry = {**change.fields, "status": change.status}
                for name, expected in fields.items():
                    what = f"register.{register}.{word}.{name}"
                    yield from self._compare(line, what, expected, entry.get(name))

    def _fields(self, value: Any, line: int) -> Iterator[Miss]:
        for name, expected in (value or {}).items():
            if self._there(name, self.play.kind.fields, line):
                found = self.moment.standing.fields.get(name)
                yield from self._compare(line, f"fields.{name}", _plainly(expected, found), found)

    def _competent(self, value: Any, line: int) -> Iterator[Miss]:
        standing, day = self.moment.standing, self.moment.step.on
        situation = Situation(
            standing.kind, standing, standing.fields, {},
            today=day, calendar=self.play.calendar, readings=standing.active.readings,
        )  # fmt: skip
        yield from self._compare(line, "competent", value, competent(standing.kind, situation, standing))

    def _missing_items(self, value: Any, line: int) -> Iterator[Miss]:
        standing = self.moment.standing
        found = missing_items(
            standing.kind, standing.fields, standing.active.readings,
            before=standing, today=self.moment.step.on, calendar=self.play.calendar,
        )  # fmt: skip
        yield from self._compare(line, "missing_items", sorted(_several(value)), sorted(found))

    def _open_to(self, value: Any, line: int) -> Iterator[Miss]:
        for role, expected in (value or {}).items():
            found = open_to(self.moment.standing, role, self.moment.step.on, self.play.calendar)
            yield from self._compare(line, f"open_to.{role}", sorted(_several(expected)), sorted(found))

    def _there(self, name: Any, known: Any, line: int) -> bool:
        if name in known:
            return True
        listed = ", ".join(sorted(known))
        self.report.add(
            "script_value", line,
            detail_en=Bilingual("", f"there is no `{name}` in the case type; there are: {listed}"),
            detail_zh=Bilingual(f"该程序没有 `{name}`；已有：{listed}", ""),
        )  # fmt: skip
        return False


def _several(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _plainly(expected: Any, found: Any) -> Any:
    """Let a sum be expected as a number, where the case keeps it as a decimal in text."""
    return str(expected) if isinstance(found, str) and not isinstance(expected, str | None) else expected


def _shown(day: DueDate | None) -> Any:
    if day is None:
        return None
    if day.provisional:
        return {"earliest": str(day.earliest), "latest": str(day.latest)}
    return str(day.due)


def _said(value: Any) -> str:
    if isinstance(value, Bilingual):
        return value.en
    if isinstance(value, list):
        return "[" + ", ".join(map(_said, value)) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_said(one)}" for key, one in value.items()) + "}"
    return "null" if value is None else str(value)
