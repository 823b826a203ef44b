"""What an act does, said before one does it: the new state, clocks with their last days, letters, registers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from guiju.bilingual import Bilingual
from guiju.calendar.count import DueDate
from guiju.calendar.days import WorkCalendar, prc_calendar
from guiju.letters.shelf import built_in_shelf
from guiju.portal.authorities.models import Office
from guiju.portal.cases.routing import competent_party, office_for
from guiju.portal.faces.provisions import provision
from guiju.portal.forms.outputs import Listing
from guiju.portal.look.components import SummaryList, SummaryRow
from guiju.portal.look.components.tables import Cell
from guiju.portal.registers.writing import given_number
from guiju.procedures.case import Actor, Event
from guiju.procedures.case import Case as ProcedureCase
from guiju.procedures.interpret import act
from guiju.procedures.model import SAME, CaseType, Clock, Transition
from guiju.procedures.refusals import Refusal
from guiju.procedures.standing import Standing, replay

TO_BE_GIVEN = "—"
"""Stands for a number that the system will give."""
_STATE = Bilingual(zh="案件状态", en="State of the case")
_CLOCKS = Bilingual(zh="期限", en="Deadlines")
_LETTERS = Bilingual(zh="发出的文书", en="Letters sent")
_REGISTERS = Bilingual(zh="名册", en="Registers")
_OFFICE = Bilingual(zh="受理机关", en="Goes to")
_FINAL = Bilingual(zh="{state}（案件终结，不能撤回）", en="{state} (the case ends; this cannot be undone)")
_STAYS = Bilingual(zh="不变：{state}", en="stays: {state}")
_FROM_TO = Bilingual(zh="{before} → {after}", en="{before} → {after}")
_MOVES = {
    "start": Bilingual(zh="开始计算", en="starts"),
    "anchor": Bilingual(zh="按新的日期计算", en="is counted from the new date"),
    "extend": Bilingual(zh="延长", en="is extended"),
    "resume": Bilingual(zh="继续计算", en="goes on"),
    "pause": Bilingual(zh="中止计算", en="stands still"),
    "stop": Bilingual(zh="完成", en="is done"),
    "lapse": Bilingual(zh="届满", en="runs out"),
}
_MOOT = Bilingual(zh="不再适用", en="no longer applies")
_BY = Bilingual(zh="，至 {day}", en=", until {day}")
_HOW = {
    "write": Bilingual(zh="登记", en="written"),
    "update": Bilingual(zh="更新", en="brought up to date"),
    "withdraw": Bilingual(zh="撤下", en="taken out"),
}
_PUBLIC = Bilingual(zh="公开", en="public")
_INTERNAL = Bilingual(zh="不公开", en="not public")
_IF = Bilingual(zh="（视情况）", en=" (as the case may be)")


@dataclass(frozen=True, slots=True)
class Effects:
    """What an act would do, tried out on the case as it stands; nothing was written."""

    kind: CaseType
    before: Standing
    after: Standing
    events: tuple[Event, ...]
    office: Office | None
    today: dt.date

    @property
    def event(self) -> Event:
        """The act itself; what fell due before it comes first in `events`."""
        return self.events[-1]

    @property
    def summary(self) -> SummaryList:
        """Say it as facts with their provisions."""
        return SummaryList(rows=tuple(self._rows()))

    def _rows(self) -> Iterable[SummaryRow]:
        transition = self.after.active.transitions[self.event.act]
        yield _row(_STATE, _state(self.kind, self.before.state, self.after.state), transition.cites)
        if self.office is not None:
            authority = self.office.authority
            yield SummaryRow(key=_OFFICE, value=Bilingual(zh=authority.zh, en=authority.en))
        if self.event.clocks:
            yield SummaryRow(key=_CLOCKS, value=_listed(self._clocks()))
        letters = [_letter(self.kind, one.name, one.to) for one in self.event.letters]
        if letters:
            yield SummaryRow(key=_LETTERS, value=_listed(letters))
        entries = [_entry(self.kind, one.register, one.how, one.status) for one in self.event.entries]
        if entries:
            yield SummaryRow(key=_REGISTERS, value=_listed(entries))

    def _clocks(self) -> Iterable[Bilingual]:
        calendar = prc_calendar()
        for move in self.event.clocks:
            view = self.after.clock(move.clock, calendar, self.today)
            due = view.due if move.how in ("start", "anchor", "extend", "resume") else None
            yield _moved(view.clock, move.how, due)


def try_out(
    procedure: ProcedureCase,
    kind: CaseType,
    transition: Transition,
    roles: Iterable[str],
    values: Mapping[str, Any],
    *,
    today: dt.date,
    seat: str | None = None,
) -> Effects | Refusal:
    """Try an act out without writing anything. With `seat` (the applicant's area) the office is found too."""
    calendar = prc_calendar()
    given = given_number(kind, transition.name)
    values = {**values, **({given[0]: TO_BE_GIVEN} if given else {})}
    named = list(roles)
    role = next((one for one in named if one in transition.by), named[0] if named else "anybody")
    done = act(procedure, kind, transition.name, Actor(role), values, today=today, calendar=calendar)
    if isinstance(done, Refusal):
        return done
    after = replay(procedure.with_events(*done), kind)
    office = None if seat is None else _office(after, today, calendar, seat)
    if isinstance(office, Refusal):
        return office
    return Effects(kind, replay(procedure.with_events(*done[:-1]), kind), after, done, office, today)


def _office(after: Standing, today: dt.date, calendar: WorkCalendar, seat: str) -> Office | Refusal:
    return office_for(competent_party(after, today, calendar), after, seat)


def planned(standing: Standing, transition: Transition) -> SummaryList:
    """Say what an act does as its case type has it, before anything was entered."""
    kind, active = standing.kind, standing.active
    to = standing.state if transition.to == SAME else transition.to
    rows = [_row(_STATE, _state(kind, standing.state, to), transition.cites)]
    moves = [
        _sometimes(_moved(clock, how, None), conditional=hook.when is not None)
        for clock in active.clocks.values()
        for how, hooks in (("start", "starts"), ("pause", "pauses"), ("resume", "resumes"), ("stop", "stops"))
        for hook in active.hooks(clock, hooks)  # type: ignore[arg-type]
        if hook.on == transition.name and (how == "start" or _runs(standing, clock))
    ]
    moves += [
        _moved(clock, "extend", None)
        for clock in active.clocks.values()
        if clock.extend is not None and clock.extend.on == transition.name
    ]
    if moves:
        rows.append(SummaryRow(key=_CLOCKS, value=_listed(moves)))
    letters = [_sometimes(_letter(kind, o.name, o.to), conditional=o.when is not None) for o in transition.letters]
    if letters:
        rows.append(SummaryRow(key=_LETTERS, value=_listed(letters)))
    entries = [
        _sometimes(_entry(kind, o.register, o.how, o.status), conditional=o.when is not None)
        for o in transition.writings
    ]
    if entries:
        rows.append(SummaryRow(key=_REGISTERS, value=_listed(entries)))
    return SummaryList(rows=tuple(rows))


def ends_the_case(kind: CaseType, transition: Transition) -> bool:
    """Tell whether nothing more can be done in the case after an act."""
    return transition.to != SAME and kind.states[transition.to].kind == "final"


def decision_due(after: Standing, today: dt.date) -> tuple[Clock, DueDate] | None:
    """Find by when the authority must decide: the last of its clocks that run."""
    views = after.clocks(prc_calendar(), today).values()
    running = [view for view in views if view.status == "running" and view.clock.side == "authority" and view.due]
    latest = max(running, key=lambda view: view.due.due, default=None)  # type: ignore[union-attr]
    return None if latest is None or latest.due is None else (latest.clock, latest.due)


def day_words(day: DueDate) -> Bilingual:
    """Say a last day; one that depends on an unpublished year is said to be provisional."""
    if not day.provisional:
        return Bilingual(zh=f"{day.due}", en=f"{day.due}")
    return Bilingual(
        zh=f"{day.earliest}（放假安排尚未公布，最迟可能为 {day.latest}）",
        en=f"{day.earliest} (or up to {day.latest}, once that year's holidays are published)",
    )


def _runs(standing: Standing, clock: Clock) -> bool:
    run = standing.runs.get(clock.name)
    return run is not None and not run.ended


def _state(kind: CaseType, before: str, after: str) -> Bilingual:
    label = kind.states[after].label
    if before == after:
        return _filled(_STAYS, state=label)
    if kind.states[after].kind == "final":
        label = _filled(_FINAL, state=label)
    return _filled(_FROM_TO, before=kind.states[before].label, after=label)


def _moved(clock: Clock, how: str, due: DueDate | None) -> Bilingual:
    said = _MOVES.get(how, _MOOT)
    until = _filled(_BY, day=day_words(due)) if due else Bilingual(zh="", en="")
    return Bilingual(zh=f"{clock.label.zh}：{said.zh}{until.zh}", en=f"{clock.label.en}: {said.en}{until.en}")


def _letter(kind: CaseType, name: str, to: str) -> Bilingual:
    title, party = built_in_shelf().get(kind.law, name).title, kind.parties[to].label
    return Bilingual(zh=f"《{title.zh}》，发给{party.zh}", en=f"{title.en}, to the {party.en}")


def _entry(kind: CaseType, name: str, how: str, status: str | None) -> Bilingual:
    register = kind.registers[name]
    shown = _PUBLIC if register.public else _INTERNAL
    status_ = register.statuses.get(status or "")
    zh = f"{register.label.zh}（{shown.zh}）：{_HOW[how].zh}" + (f"，{status_.zh}" if status_ else "")
    en = f"{register.label.en} ({shown.en}): {_HOW[how].en}" + (f", {status_.en}" if status_ else "")
    return Bilingual(zh=zh, en=en)


def _sometimes(text: Bilingual, *, conditional: bool) -> Bilingual:
    return Bilingual(zh=text.zh + _IF.zh, en=text.en + _IF.en) if conditional else text


def _listed(texts: Iterable[Bilingual]) -> Cell:
    found = tuple(dict.fromkeys(texts))
    return found[0] if len(found) == 1 else Listing(cells=found)


def _row(key: Bilingual, value: Cell, cites: Iterable[str]) -> SummaryRow:
    first = next(iter(cites), None)
    return SummaryRow(key=key, value=value, cites=provision(first) if first else None)


def _filled(text: Bilingual, **values: Any) -> Bilingual:
    return Bilingual(
        zh=text.zh.format(**{name: getattr(one, "zh", one) for name, one in values.items()}),
        en=text.en.format(**{name: getattr(one, "en", one) for name, one in values.items()}),
    )
