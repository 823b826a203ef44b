"""Tell a run of a case: as a timeline in the terminal, or as plain data for JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from guiju.calendar.count import DueDate
from guiju.procedures.case import Event
from guiju.procedures.expectations import Miss
from guiju.procedures.model import CaseType
from guiju.procedures.running import Moment, Play
from guiju.procedures.standing import ClockView

STATUS = {
    "zh": {
        "waiting": "未开始",
        "running": "计算中",
        "paused": "中止",
        "overdue": "已逾期",
        "over": "已届满",
        "in_time": "按期",
        "late": "逾期完成",
        "unsure": "是否按期待定",
        "lapsed": "届满发生后果",
        "moot": "不再适用",
    },
    "en": {
        "waiting": "not started",
        "running": "running",
        "paused": "paused",
        "overdue": "overdue",
        "over": "over",
        "in_time": "in time",
        "late": "late",
        "unsure": "not certain",
        "lapsed": "run out",
        "moot": "no longer applies",
    },
}
_TEXT = {
    "zh": {
        "by_itself": "自动",
        "refused": "不予办理",
        "letter": "文书",
        "register": "名册",
        "event": "事件",
        "clock": "期限",
        "time": "时间经过",
        "write": "登记",
        "update": "更新",
        "withdraw": "撤下",
        "by": "至{day}",
        "provisional": "暂定 {a} 至 {b}",
        "state": "状态",
        "opens": "自{day}起",
        "version": "第 {version} 版",
        "holds": "全部预期均成立",
        "fails": "{n} 项预期不成立",
    },
    "en": {
        "by_itself": "by itself",
        "refused": "refused",
        "letter": "letter",
        "register": "register",
        "event": "event",
        "clock": "clock",
        "time": "time passes",
        "write": "written",
        "update": "updated",
        "withdraw": "withdrawn",
        "by": "by {day}",
        "provisional": "provisional, {a} to {b}",
        "state": "state",
        "opens": "from {day}",
        "version": "version {version}",
        "holds": "every expectation holds",
        "fails": "{n} expectation(s) do not hold",
    },
}


def timeline(play: Play, missed: Sequence[Miss], lang: str) -> str:
    """Write a run as lines of text: acts with what followed, clocks with their last days, refusals with reasons."""
    kind, text = play.kind, _TEXT[lang]
    lines = [f"{kind.key}  {kind.title.get(lang)}  {text['version'].format(version=kind.version)}"]
    if play.script.title.get(lang):
        lines.append(play.script.title.get(lang))
    for moment in play.moments:
        lines.append("")
        lines.extend(_moment(moment, kind, lang))
    lines.append("")
    lines.extend(miss.text(lang) for miss in missed)
    lines.append(text["fails"].format(n=len(missed)) if missed else text["holds"])
    return "\n".join(lines)


def _moment(moment: Moment, kind: CaseType, lang: str) -> Iterator[str]:
    text, step = _TEXT[lang], moment.step
    for event in moment.events:
        yield from _event(event, moment, kind, lang)
    if moment.refusal is not None:
        act = next((t.label.get(lang) for t in kind.transitions if t.name == step.do), step.do)
        role = kind.role_label(step.by.role).get(lang)
        yield f"{step.on}  {role}: {act}"
        yield f"    {text['refused']} ({moment.refusal.code}): {moment.refusal.text(lang)}"
    if step.do is None and not moment.lapsed:
        yield f"{step.on}  {text['time']}"
    yield f"    {text['state']:<9} {kind.states[moment.standing.state].label.get(lang)}"
    for view in moment.clocks.values():
        if view.run is not None:
            yield f"    {text['clock']:<9} {clock_line(view, lang)}"


def _event(event: Event, moment: Moment, kind: CaseType, lang: str) -> Iterator[str]:
    text = _TEXT[lang]
    transition = moment.standing.active.transitions[event.act]
    who = text["by_itself"] if transition.automatic else kind.role_label(event.by).get(lang)
    yield f"{event.on}  {who}: {transition.label.get(lang)}  ({', '.join(transition.cites)})"
    for letter in event.letters:
        yield f"    {text['letter']:<9} {letter.name} → {kind.parties[letter.to].label.get(lang)}"
    for change in event.entries:
        register = kind.registers[change.register]
        status = register.statuses.get(change.status or "")
        said = f" ({status.get(lang)})" if status else ""
        yield f"    {text['register']:<9} {register.label.get(lang)}: {text[change.how]}{said}"
    for one in event.yields:
        yield f"    {text['event']:<9} {one.event}"


def clock_line(view: ClockView, lang: str) -> str:
    """Say a clock on one line: its name, its last day, how it stands."""
    text = _TEXT[lang]
    parts = [view.clock.label.get(lang)]
    if view.opens is not None:
        parts.append(text["opens"].format(day=_day(view.opens, lang)))
    if view.due is not None:
        parts.append(text["by"].format(day=_day(view.due, lang)))
    return f"{'  '.join(parts)}  [{STATUS[lang][view.status]}]"


def _day(day: DueDate, lang: str) -> str:
    if day.provisional:
        span = _TEXT[lang]["provisional"].format(a=day.earliest, b=day.latest)
        return f"{day.due} ({span})"
    return str(day.due)


def record(play: Play, missed: Sequence[Miss]) -> dict[str, Any]:
    """Return a run as plain data for JSON."""
    return {
        "case_type": play.kind.key,
        "version": play.kind.version,
        "digest": play.kind.digest,
        "readings": dict(play.case.readings),
        "moments": [_moment_record(moment) for moment in play.moments],
        "misses": [
            {"line": miss.line, "what": miss.what, "expected": msgspec.to_builtins(miss.expected), "found": miss.found}
            for miss in missed
        ],
    }


def _moment_record(moment: Moment) -> dict[str, Any]:
    refusal = moment.refusal
    return {
        "on": moment.step.on.isoformat(),
        "act": moment.step.do,
        "by": moment.step.by.role or None,
        "refusal": None
        if refusal is None
        else {
            "code": refusal.code,
            "reason": {"zh": refusal.reason.zh, "en": refusal.reason.en},
            "cites": list(refusal.cites),
            "missing": list(refusal.missing),
        },
        "events": msgspec.to_builtins(moment.events),
        "state": moment.standing.state,
        "fields": moment.standing.fields,
        "clocks": {name: _clock_record(view) for name, view in moment.clocks.items()},
    }


def _clock_record(view: ClockView) -> dict[str, Any]:
    day, opens = view.due, view.opens
    return {
        "status": view.status,
        "due": day.due.isoformat() if day else None,
        "earliest": day.earliest.isoformat() if day else None,
        "latest": day.latest.isoformat() if day else None,
        "provisional": bool(day and day.provisional),
        "opens": opens.due.isoformat() if opens else None,
        "cites": list(view.clock.cites),
    }
