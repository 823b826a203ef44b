"""A case's events in the ledger: what goes in openly, what lies beside, and how it is read back.

The log, whose hashes are published, says of each event which case, which act, on which day, in which role. What was
said in it lies beside, committed to: `content`, and apart from it `private` (fields that the case type calls
confidential) and `who` (the account). So private values can be erased, and the case still stands.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from guiju.bilingual import Bilingual
from guiju.ledger.personal import Draft, Opening, verify_opening
from guiju.portal.cases.models import Case, CaseEvent
from guiju.portal.evidence.models import Beside
from guiju.portal.evidence.models import Event as LogEvent
from guiju.portal.evidence.opening import open_log_for_writing
from guiju.procedures.case import Case as ProcedureCase
from guiju.procedures.case import Event, Pin
from guiju.procedures.model import CaseType

_PARTS = ("content", "private", "who")
_VALUES = ("values", "sets")
LETTERS = "letters_sha256"


class UnreadableCaseError(ValueError):
    """What lies beside the log for a case is missing, or not what the log commits to."""

    def __init__(self, number: str, seq: int) -> None:
        self.number, self.seq = number, seq
        super().__init__(self.text("en"))

    def text(self, lang: str) -> str:
        """Say what is wrong, in `zh` or `en`."""
        return _UNREADABLE.get(lang).format(number=self.number, seq=self.seq)


_UNREADABLE = Bilingual(
    zh="案件 {number} 第 {seq} 个事件的内容缺失，或者与存证日志不符；请从备份恢复",
    en="the content of event {seq} of case {number} is missing or not what the log commits to; restore a backup",
)


def record(  # noqa: PLR0917  (what an act is made of)
    case: Case,
    kind: CaseType,
    events: Sequence[Event],
    office: str,
    who: dict[str, Any],
    published: Mapping[int, list[dict[str, Any]]],
    letters: Mapping[int, list[str]],
) -> None:
    """Append events to the ledger, in the transaction under way. Raises EventError where one is too long.

    `published`: by the number of each event, what public registers say since then (registers.writing.write_entries).
    `letters`: likewise the digests of the letters that went out with it, empty for one that is owed; they lie beside,
    with the content: who has read a letter could otherwise tell from the log whose it is.
    """
    drafts = [
        _draft(
            case, one, confidential(kind, one.act), office, who, published.get(one.seq), letters.get(one.seq, [])
        )
        for one in events
    ]  # fmt: skip
    entries = open_log_for_writing().append_many(drafts)
    CaseEvent.objects.bulk_create(
        CaseEvent(case=case, seq=event.seq, idx=entry.index) for event, entry in zip(events, entries, strict=True)
    )


@dataclass(frozen=True, slots=True)
class Recorded:
    """What the ledger holds of a case.

    By the number of each event: its index, the office after it, who did it, the digests of its letters.
    """

    procedure: ProcedureCase
    indices: dict[int, int]
    offices: dict[int, str]
    who: dict[int, dict[str, Any]]
    letters: dict[int, list[str]]


def load(case: Case) -> ProcedureCase:
    """Return a case with its events, each checked against the log. Raises UnreadableCaseError."""
    return recorded(case).procedure


def recorded(case: Case) -> Recorded:
    """Return all that is kept of a case, each part checked against the log. Raises UnreadableCaseError.

    Who did something may have been erased; then it is not there.
    """
    places = dict(CaseEvent.objects.filter(case=case).order_by("seq").values_list("seq", "idx"))
    indices = list(places.values())
    rows = LogEvent.objects.filter(idx__in=indices).values_list("idx", "data")
    logged = {idx: json.loads(bytes(data)) for idx, data in rows}
    beside: dict[int, dict[str, Any]] = {idx: {} for idx in indices}
    kept = Beside.objects.filter(idx__in=indices, name__in=_PARTS)
    for idx, name, salt, value in kept.values_list("idx", "name", "salt", "value"):
        opening = Opening(name, bytes(salt), bytes(value))
        if idx in logged and verify_opening(logged[idx], opening):
            beside[idx][name] = json.loads(opening.value)
    events = []
    for seq, idx in places.items():
        if "content" not in beside[idx]:
            raise UnreadableCaseError(case.number, seq)
        events.append(_joined(beside[idx]["content"], beside[idx].get("private") or {}))
    if len(events) != case.revision:
        raise UnreadableCaseError(case.number, len(events) + 1)
    readings = tuple((question, candidate) for question, candidate in case.readings)
    return Recorded(
        ProcedureCase(pin_of(case), readings, tuple(events)),
        places,
        {seq: logged[idx]["office"] for seq, idx in places.items()},
        {seq: beside[idx]["who"] for seq, idx in places.items() if "who" in beside[idx]},
        {seq: beside[idx]["content"].get(LETTERS, []) for seq, idx in places.items()},
    )


def pin_of(case: Case) -> Pin:
    """Return the version of the case type that a case follows."""
    law, _, name = case.kind.partition("/")
    return Pin(law, name, case.version, case.digest)


def confidential(kind: CaseType, act: str) -> set[str]:
    """Name the fields and inputs of an act that only the parties may see."""
    found = {name for name, field in kind.fields.items() if field.confidential}
    for transition in kind.transitions:
        if transition.name == act:
            found |= {name for name, field in transition.inputs.items() if field.confidential}
    return found


def _draft(  # noqa: PLR0917  (what an act is made of)
    case: Case,
    event: Event,
    private: Collection[str],
    office: str,
    who: dict[str, Any],
    published: list[dict[str, Any]] | None,
    letters: list[str],
) -> Draft:
    content, apart = _split(msgspec.to_builtins(event), private)
    content |= {LETTERS: letters} if letters else {}
    body: dict[str, object] = {
        "case": case.number,
        "kind": case.kind,
        "version": case.version,
        "digest": case.digest,
        "seq": event.seq,
        "act": event.act,
        "on": event.on.isoformat(),
        "by": event.by,
        "office": office,
        "content": content,
    }
    body |= {"entries": published} if published else {}
    body |= {"private": apart} if apart else {}
    body |= {"who": who} if who and event.by != "clock" else {}
    return Draft(body, tuple(name for name in _PARTS if name in body))


def _split(content: dict[str, Any], private: Collection[str]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Take the confidential values out of an event, also out of what it writes into registers."""
    apart: dict[str, Any] = {}
    for group in _VALUES:
        values = content.get(group, {})
        hidden = {name: value for name, value in values.items() if name in private}
        if hidden:
            apart[group] = hidden
            content[group] = {name: value for name, value in values.items() if name not in private}
    entries = content.get("entries", ())
    hidden_entries = [{n: v for n, v in one.get("fields", {}).items() if n in private} for one in entries]
    if any(hidden_entries):
        apart["entries"] = hidden_entries
        for one in entries:
            one["fields"] = {n: v for n, v in one.get("fields", {}).items() if n not in private}
    return content, apart


def _joined(content: dict[str, Any], private: dict[str, Any]) -> Event:
    for group in _VALUES:
        if group in private:
            content[group] = {**content.get(group, {}), **private[group]}
    for one, hidden in zip(content.get("entries", ()), private.get("entries", ()), strict=False):
        one["fields"] = {**one.get("fields", {}), **hidden}
    return msgspec.convert(content, Event)
