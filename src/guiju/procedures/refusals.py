"""Refusals: an act that does not happen, with a stable code, the reason in both languages, and the provision."""

from __future__ import annotations

from dataclasses import dataclass

from guiju.bilingual import Bilingual
from guiju.documents.messages import Detail, fill, shown
from guiju.procedures.model import Cites


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an act does not happen. `missing` names the fields, inputs or clocks that would have to be known."""

    code: str
    reason: Bilingual
    cites: Cites
    missing: tuple[str, ...] = ()

    def text(self, lang: str) -> str:
        """Say the reason with its provisions."""
        cites = ", ".join(self.cites)
        return f"{self.reason.get(lang)}（{cites}）" if lang == "zh" else f"{self.reason.get(lang)} ({cites})"


REASONS: dict[str, Bilingual] = {
    "unknown_transition": Bilingual(zh="本程序没有“{act}”这一步骤。", en="This procedure has no act `{act}`."),
    "not_under_this_reading": Bilingual(
        zh="按本案所采的读法，没有“{label}”这一步骤。", en='Under the reading of this case there is no act "{label}".'
    ),
    "not_by_people": Bilingual(
        zh="“{label}”在期限届满时自动发生，不由人办理。",
        en='"{label}" happens by itself when its clock runs out; nobody carries it out.',
    ),
    "case_closed": Bilingual(
        zh="案件已经终结（{state}），不能再办理。", en="The case is closed ({state}); nothing more can be done in it."
    ),
    "wrong_state": Bilingual(
        zh="案件处于“{state}”时不能“{label}”；须处于：{sources}。",
        en='"{label}" is not possible while the case stands at "{state}", only at: {sources}.',
    ),
    "wrong_role": Bilingual(
        zh="“{role}”无权“{label}”；可由以下角色办理：{by}。", en='"{role}" may not do "{label}"; it is for: {by}.'
    ),
    "wrong_authority": Bilingual(
        zh="本案属于{competent}，{authority}不能办理。",
        en="The case belongs to {competent}; {authority} cannot act in it.",
    ),
    "unexpected_value": Bilingual(
        zh="“{label}”不接受“{name}”这一项。", en='"{label}" does not take a value called `{name}`.'
    ),
    "wrong_value": Bilingual(zh="“{name}”应为{expected}。", en="`{name}` should be {expected}."),
    "missing": Bilingual(
        zh="缺少：{names}。未知不等于“否”，须先写明。", en="missing: {names}. Unknown is not false; give it first."
    ),
    "not_allowed": Bilingual(
        zh="“{label}”的条件不具备：{condition}。", en='The condition for "{label}" is not met: {condition}.'
    ),
    "extended_already": Bilingual(
        zh="“{clock}”已延长 {times} 次，不能再延长。",
        en='"{clock}" has been extended {times} time(s) and no more is allowed.',
    ),
    "not_running": Bilingual(
        zh="“{clock}”没有在计算，不能延长。", en='"{clock}" is not running and cannot be extended.'
    ),
    "run_out": Bilingual(
        zh="“{clock}”已经届满，不能再延长。", en='"{clock}" has run out and can no longer be extended.'
    ),
    "before_last_event": Bilingual(
        zh="{on} 早于本案最近的事件（{last}）。", en="{on} lies before the latest event of the case ({last})."
    ),
}


def refuse(code: str, cites: Cites, missing: tuple[str, ...] = (), **details: Detail) -> Refusal:
    """Make a refusal of a kind."""
    quoted = {name: shown(value) if isinstance(value, str) else value for name, value in details.items()}
    reason = Bilingual(*(fill(REASONS[code], quoted, lang) for lang in ("zh", "en")))
    return Refusal(code, reason, cites, missing)
