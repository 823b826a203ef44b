"""Keeping letters: composed in the transaction of the act that sends them, from the very events of that act.

A letter that cannot be composed does not hold up the act, whose time may be running out: it is kept as owed, with the
reason, shown as such to both sides, logged as an error, and composed by the worker as soon as what is wrong is mended.
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from django.db import transaction

from guiju.bilingual import Bilingual
from guiju.calendar.days import WorkCalendar, prc_calendar
from guiju.letters.composing import compose
from guiju.letters.model import Letter as Composed
from guiju.letters.problems import LetterError
from guiju.letters.shelf import built_in_shelf
from guiju.portal.authorities.models import Office
from guiju.portal.authorities.seeding import LOCAL
from guiju.portal.cases.evidence import UnreadableCaseError, pin_of, recorded
from guiju.portal.cases.models import Case
from guiju.portal.correspondence.models import Letter
from guiju.procedures.case import Case as ProcedureCase
from guiju.procedures.case import Event, LetterSent
from guiju.procedures.catalogue import built_in_types
from guiju.procedures.model import CaseType
from guiju.procedures.problems import ProcedureError

_LOG = logging.getLogger("guiju.portal.letters")
_UNEXPECTED = Bilingual(
    zh="撰写时出现程序错误，运行人员已得到通知。", en="Composing it failed; the operators of the site were told."
)


def keep_letters(
    case: Case,
    kind: CaseType,
    procedure: ProcedureCase,
    events: Iterable[Event],
    *,
    offices: Iterable[Office],
    calendar: WorkCalendar,
) -> list[Letter]:
    """Compose and keep the letters of events, in the transaction under way; `procedure` has these events already.

    `offices`: the one that had the case before and the one that has it now; letters call their authorities by name.
    """
    named = names_of(offices)
    letters = []
    for event in events:
        for place, sent in enumerate(event.letters, 1):
            letter = Letter(case=case, seq=event.seq, place=place, name=sent.name, to=sent.to, on=event.on)
            if not _fill(letter, _Source(kind, procedure, event, sent, named), calendar):
                _LOG.error("a letter is owed: %s %s", kind.key, sent.name, extra={"job": "letters"})
            letters.append(letter)
    return Letter.objects.bulk_create(letters)


def digests_of(letters: Iterable[Letter]) -> dict[int, list[str]]:
    """Return the digests of letters by the number of their event, in their order, as the ledger takes them."""
    found: dict[int, list[str]] = {}
    for letter in letters:
        found.setdefault(letter.seq, []).append(letter.sha256)
    return found


def compose_owed() -> int:
    """Compose the letters that could not be composed with their act; returns how many now are. For the worker."""
    return sum(_composed(pk) for pk in list(Letter.objects.filter(sha256="").values_list("pk", flat=True)))


@transaction.atomic
def _composed(pk: int) -> bool:
    letter = Letter.objects.select_for_update().select_related("case").get(pk=pk)
    if letter.sha256:
        return False
    try:
        kind, kept = built_in_types().pinned(pin_of(letter.case)), recorded(letter.case)
    except (UnreadableCaseError, ProcedureError):
        _LOG.exception("a letter is owed by a case that cannot be read", extra={"job": "letters"})
        return False
    event = kept.procedure.history()[letter.seq - 1]
    codes = {kept.offices[seq] for seq in (letter.seq - 1, letter.seq) if seq in kept.offices}
    named = names_of(Office.objects.filter(code__in=codes).select_related("authority"))
    problem = letter.problem_en
    _fill(letter, _Source(kind, kept.procedure, event, event.letters[letter.place - 1], named), prc_calendar())
    if letter.sha256 or letter.problem_en != problem:
        letter.save()
    return bool(letter.sha256)


def names_of(offices: Iterable[Office]) -> dict[str, Bilingual]:
    """Name the authorities of offices, each by what the law calls it; a province's also serves as the local one."""
    found: dict[str, Bilingual] = {}
    for office in offices:
        name = Bilingual(zh=office.authority.zh, en=office.authority.en)
        found[office.authority.party] = name
        found.setdefault(LOCAL, name)
    return found


def composed(letter: Letter, logged: Sequence[str] = ()) -> Composed:
    """Return a kept letter as it was composed; raises TamperedLetterError where it is not what it was.

    `logged`: the digests that the ledger has of the letters of its act; what was owed then is not among them.
    """
    known = logged[letter.place - 1] if len(logged) >= letter.place else ""
    if digest(letter.content) != letter.sha256 or known not in ("", letter.sha256):
        raise TamperedLetterError(letter)
    return msgspec.convert(letter.content, Composed)


def digest(content: Any) -> str:
    """Return the digest of a letter's content: SHA-256 of its canonical JSON."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


class TamperedLetterError(ValueError):
    """A kept letter is not what its digest says: somebody changed the table past its triggers."""

    def __init__(self, letter: Letter) -> None:
        self.number = letter.number
        super().__init__(self.text("en"))

    def text(self, lang: str) -> str:
        """Say what is wrong, in `zh` or `en`."""
        if lang == "zh":
            return f"文书 {self.number} 的内容与发出时不符；请从备份恢复"
        return f"letter {self.number} is not what went out; restore it from a backup"


@dataclass(frozen=True, slots=True)
class _Source:
    """What a letter is composed from."""

    kind: CaseType
    procedure: ProcedureCase
    event: Event
    sent: LetterSent
    named: dict[str, Bilingual]


def _fill(letter: Letter, source: _Source, calendar: WorkCalendar) -> bool:
    """Compose a letter into its row, or note there what stands in the way; tells which."""
    try:
        made = compose(
            source.procedure, source.kind, source.event, source.sent,
            shelf=built_in_shelf(), calendar=calendar, number=letter.case.number, named=source.named,
        )  # fmt: skip
    except LetterError as error:
        letter.problem_zh, letter.problem_en = error.text("zh"), error.text("en")
        return False
    except Exception:
        # Whatever is wrong with a letter's text, an act that the law gives a last day must not fail for it.
        _LOG.exception("a letter could not be composed", extra={"job": "letters"})
        letter.problem_zh, letter.problem_en = _UNEXPECTED.zh, _UNEXPECTED.en
        return False
    letter.content = msgspec.to_builtins(made)
    letter.sha256 = digest(letter.content)
    letter.number, letter.title_zh, letter.title_en = made.number, made.title.zh, made.title.en
    letter.problem_zh = letter.problem_en = ""
    return True
