"""The letters that a scripted run sends: composed, set, and written down."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from guiju.bilingual import Bilingual
from guiju.files import write_whole
from guiju.letters.composing import compose
from guiju.letters.glyphs import refuse_missing_glyphs
from guiju.letters.model import Letter
from guiju.letters.page import pdf
from guiju.letters.plain import text
from guiju.letters.problems import one_problem
from guiju.letters.shelf import Shelf
from guiju.procedures.case import Event
from guiju.procedures.running import Moment, Play

_REFUSED = Bilingual(zh="：该行为被拒绝（{code}）", en=": the act was refused ({code})")


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A letter that a run sends, and the event that sends it."""

    letter: Letter
    event: Event
    to: str

    @property
    def stem(self) -> str:
        """The name of its files, without language and ending: `03-supplement_request-filer`."""
        return f"{self.event.seq:02}-{self.letter.name}-{self.to}"


def outgoing(played: Play, shelf: Shelf, act: int | None = None) -> list[Outgoing]:
    """Compose the letters of a run: those of its nth act, with what lapsed just before it, or all.

    Raises LetterError where there is no such act, where nothing is sent, or where a letter cannot be composed.
    """
    moments = _moments(played, act)
    found = [
        Outgoing(
            compose(
                played.case, played.kind, event, sent,
                shelf=shelf, calendar=played.calendar, number=case_number(played),
            ),
            event,
            sent.to,
        )
        for moment in moments
        for event in moment.events
        for sent in event.letters
    ]  # fmt: skip
    if not found:
        raise one_problem("nothing_sent", played.script.file, why=_why(moments))
    return found


def case_number(played: Play) -> str:
    """Number the case of a run after its procedure and its first day; a portal gives real numbers."""
    opened = played.case.history()[0].on if played.case.events else played.script.steps[0].on
    return f"{played.kind.law}-{played.kind.name}-{opened:%Y%m%d}".replace("_", "-")


def write_letters(letters: Sequence[Outgoing], langs: Iterable[str], folder: Path) -> list[Path]:
    """Write each letter as PDF and as plain text, in each language; nothing is written unless all can be set.

    Raises LetterError where the font lacks a character, the typesetter is missing, or the folder cannot be written.
    """
    languages = tuple(langs)
    for one in letters:
        refuse_missing_glyphs(one.letter, languages)
    files = {
        f"{one.stem}.{lang}.{ending}": made
        for one in letters
        for lang in languages
        for ending, made in (("pdf", pdf(one.letter, lang)), ("txt", text(one.letter, lang).encode()))
    }
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, made in files.items():
            write_whole(folder / name, made)
    except OSError as error:
        raise one_problem("not_written", str(folder), detail=error.strerror or str(error)) from None
    return [folder / name for name in files]


def _moments(played: Play, act: int | None) -> Sequence[Moment]:
    if act is None:
        return played.moments
    if not 1 <= act <= len(played.moments):
        raise one_problem("no_such_act", played.script.file, number=act, last=len(played.moments))
    return played.moments[act - 1 : act]


def _why(moments: Sequence[Moment]) -> Bilingual:
    refused = [moment.refusal for moment in moments if moment.refusal is not None]
    if len(moments) != 1 or not refused:
        return Bilingual("", "")
    return Bilingual(zh=_REFUSED.zh.format(code=refused[0].code), en=_REFUSED.en.format(code=refused[0].code))
