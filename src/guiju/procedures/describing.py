"""Describe a case type in words: its states, who may do what, its clocks and letters, with their provisions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from guiju.procedures.model import SAME, CaseType, Chosen, Clock, Field, Requirement, Transition

_TEXT = {
    "zh": {
        "version": "第 {n} 版",
        "parties": "当事方",
        "readings": "读法",
        "form": "表单",
        "record": "记录",
        "states": "状态",
        "acts": "步骤",
        "clocks": "期限",
        "registers": "名册",
        "required": "必填",
        "if": "条件：{text}",
        "secret": "保密",
        "initial": "初始",
        "open": "进行中",
        "final": "终结",
        "deemed": "依法视为",
        "by": "由",
        "requires": "须：{text}",
        "needs": "须有：{names}",
        "letter": "文书：{name} → {to}",
        "writes": "名册：{name}",
        "yields": "事件：{name}",
        "within": "{period}内",
        "at_once": "当日",
        "at_least": "至少提前{period}",
        "from": "提前{period}起",
        "until": "至该日",
        "public": "公开",
        "internal": "不公开",
        "under": "读法 {reading}",
        "starts": "起：{names}",
        "pauses": "中止：{names}",
        "resumes": "恢复：{names}",
        "stops": "止：{names}",
        "ends": "不再适用：{names}",
        "duty": "仅在 {text} 时负有义务",
        "corrects": "更正：{names}",
        "extend": "可延长 {period}（{times} 次）：{on}",
        "lapses": "届满：{name}",
        "field": "自“{field}”",
        "of": "依 {address}",
        "inputs": "填写：{names}",
        "competent": "管辖",
        "to": "→",
        "on": "义务方：{side}",
        "applicant": "申请一方",
        "authority": "主管机关一方",
        "public_side": "公众",
    },
    "en": {
        "version": "version {n}",
        "parties": "Parties",
        "readings": "Readings",
        "form": "Form",
        "record": "Record",
        "states": "States",
        "acts": "Acts",
        "clocks": "Clocks",
        "registers": "Registers",
        "required": "required",
        "if": "required if {text}",
        "secret": "confidential",
        "initial": "initial",
        "open": "open",
        "final": "final",
        "deemed": "by force of law",
        "by": "by",
        "requires": "requires {text}",
        "needs": "needs {names}",
        "letter": "letter {name} → {to}",
        "writes": "register {name}",
        "yields": "event {name}",
        "within": "within {period}",
        "at_once": "on the day itself",
        "at_least": "at least {period} before",
        "from": "from {period} before",
        "until": "until that day",
        "public": "public",
        "internal": "not public",
        "under": "under {reading}",
        "starts": "starts: {names}",
        "pauses": "pauses: {names}",
        "resumes": "goes on: {names}",
        "stops": "stops: {names}",
        "ends": "no longer applies after: {names}",
        "duty": "somebody has to act only if {text}",
        "corrects": "date put right by: {names}",
        "extend": "may be extended by {period} ({times} time(s)): {on}",
        "lapses": "runs out into: {name}",
        "field": 'counted from "{field}"',
        "of": "by {address}",
        "inputs": "to give: {names}",
        "competent": "Competent authority",
        "to": "→",
        "on": "for {side}",
        "applicant": "the applicant's side",
        "authority": "the authority",
        "public_side": "the public",
    },
}


def describe(kind: CaseType, lang: str) -> str:
    """Write a case type as lines of text."""
    return "\n".join(_Description(kind, lang).lines())


class _Description:
    def __init__(self, kind: CaseType, lang: str) -> None:
        self.kind = kind
        self.lang = lang
        self.text = _TEXT[lang]

    def lines(self) -> Iterator[str]:
        kind, lang = self.kind, self.lang
        version = self.text["version"].format(n=kind.version)
        yield f"{kind.title.get(lang)}  {kind.key}  {version}  ({', '.join(kind.cites)})"
        if kind.gist:
            yield kind.gist.get(lang)
        for heading, rows in (
            ("readings", self.readings()), ("parties", self.parties()), ("competent", self.competent()),
            ("form", self.fields(kind.form.values())), ("record", self.fields(kind.record.values())),
            ("states", self.states()), ("acts", self.acts()), ("clocks", self.clocks()),
            ("registers", self.registers()),
        ):  # fmt: skip
            found = list(rows)
            if found:
                yield from ("", self.text[heading], *found)

    def readings(self) -> Iterator[str]:
        for question, candidates in self.kind.candidates.items():
            default, *others = candidates
            yield f"  {question}: {default}" + (f"  ({', '.join(others)})" if others else "")

    def parties(self) -> Iterator[str]:
        for party in self.kind.parties.values():
            roles = ", ".join(f"{label.get(self.lang)} ({name})" for name, label in party.roles.items())
            yield f"  {party.label.get(self.lang)}: {roles}{self._cites(party.cites)}"

    def competent(self) -> Iterator[str]:
        for rule in self.kind.rules:
            yield f"  {rule.authority}: {rule.when.text}{self._cites(rule.cites)}"

    def fields(self, fields: Iterable[Field]) -> Iterator[str]:
        for field in fields:
            notes: list[str] = [field.type]
            if field.required is True:
                notes.append(self.text["required"])
            elif field.required is not False:
                notes.append(self.text["if"].format(text=field.required.text))
            if field.confidential:
                notes.append(self.text["secret"])
            yield f"  {field.name}  {field.label.get(self.lang)}  [{', '.join(notes)}]{self._cites(field.cites)}"

    def states(self) -> Iterator[str]:
        for state in self.kind.states.values():
            notes = self.text[state.kind] + (f", {self.text['deemed']}" if state.deemed else "")
            yield f"  {state.name}  {state.label.get(self.lang)}  [{notes}]{self._cites(state.cites)}"

    def acts(self) -> Iterator[str]:
        for transition in self.kind.transitions:
            states = self.kind.states
            sources = ", ".join(states[name].label.get(self.lang) for name in transition.sources)
            target = "" if transition.to == SAME else f" → {states[transition.to].label.get(self.lang)}"
            by = ", ".join(self.kind.role_label(role).get(self.lang) for role in transition.by)
            yield f"  {transition.name}  {transition.label.get(self.lang)}  [{by}]{self._cites(transition.cites)}"
            yield f"      {sources}{target}{self._under(transition.reading)}"
            yield from (f"      {line}" for line in self._act(transition))

    def _act(self, transition: Transition) -> Iterator[str]:
        for requirement in transition.requires:
            yield self._requirement(requirement)
        given = [field.label.get(self.lang) for field in transition.inputs.values()]
        if given:
            yield self.text["inputs"].format(names=", ".join(given))
        if transition.needs:
            labels = [self.kind.fields[name].label.get(self.lang) for name in transition.needs]
            yield self.text["needs"].format(names=", ".join(labels))
        for letter in transition.letters:
            yield self.text["letter"].format(name=letter.name, to=self.kind.parties[letter.to].label.get(self.lang))
        for writing in transition.writings:
            yield self.text["writes"].format(name=self.kind.registers[writing.register].label.get(self.lang))
        for one in transition.yields:
            yield self.text["yields"].format(name=one.event)

    def _requirement(self, requirement: Requirement) -> str:
        return self.text["requires"].format(text=requirement.that.text) + self._under(requirement.reading)

    def clocks(self) -> Iterator[str]:
        for clock in self.kind.clocks:
            yield f"  {clock.name}  {clock.label.get(self.lang)}{self._cites(clock.cites)}"
            yield f"      {'  '.join(self._clock(clock))}{self._under(clock.reading)}"

    def _clock(self, clock: Clock) -> Iterator[str]:
        period = clock.period.text("zh" if self.lang == "zh" else "en") if clock.period else ""
        yield self.text[clock.form].format(period=period)
        if clock.of:
            yield self.text["of"].format(address=clock.of)
        if clock.anchor:
            yield self.text["field"].format(field=self.kind.fields[clock.anchor].label.get(self.lang))
        side = "public_side" if clock.side == "public" else clock.side
        yield self.text["on"].format(side=self.text[side])
        for key, hooks in (
            ("starts", clock.starts), ("pauses", clock.pauses), ("resumes", clock.resumes), ("stops", clock.stops),
            ("ends", clock.ends), ("corrects", clock.corrects),
        ):  # fmt: skip
            if hooks:
                names = ", ".join(self._label(hook.on) + self._under(hook.reading) for hook in hooks)
                yield self.text[key].format(names=names)
        if clock.owed_when is not None:
            yield self.text["duty"].format(text=clock.owed_when.text)
        if clock.extend is not None:
            extend = clock.extend
            longer = extend.by.text("zh" if self.lang == "zh" else "en")
            yield self.text["extend"].format(period=longer, times=extend.times, on=self._label(extend.on))
        if clock.lapses is not None:
            yield self.text["lapses"].format(name=self._label(clock.lapses))

    def _label(self, act: str) -> str:
        return next(t.label.get(self.lang) for t in self.kind.transitions if t.name == act)

    def registers(self) -> Iterator[str]:
        for register in self.kind.registers.values():
            shown = self.text["public" if register.public else "internal"]
            yield f"  {register.name}  {register.label.get(self.lang)}  [{shown}]{self._cites(register.cites)}"

    def _cites(self, cites: Iterable[str]) -> str:
        return f"  ({', '.join(cites)})"

    def _under(self, reading: Chosen) -> str:
        if not reading:
            return ""
        said = ", ".join(f"{question} = {candidate}" for question, candidate in reading)
        return f"  ({self.text['under'].format(reading=said)})"
