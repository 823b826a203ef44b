"""Read letters and remedies from their files; every fault is told with its line in both languages."""

from __future__ import annotations

import string
from pathlib import Path
from typing import Any, cast, get_args

from guiju.bilingual import Bilingual
from guiju.documents.document import decode, read_bytes, survey_document
from guiju.documents.marked import Map, Seq
from guiju.documents.unreadable import UnreadableError
from guiju.engine.errors import ExpressionError
from guiju.engine.expression import Node, Pool
from guiju.letters.conditions import WORDS, LetterParser
from guiju.letters.model import ACT, Content, DatesOf, Remedy, RemedyTone, ValuesOf, WrittenLetter, WrittenPart
from guiju.letters.problems import LetterReport
from guiju.procedures.conditions import UnknownWordError
from guiju.procedures.lawbook import LawBook
from guiju.procedures.model import FieldType
from guiju.procedures.parts import Part, hint_for

PLACEHOLDERS = (
    "procedure", "act", "case_number", "letter_number", "authority", "recipient", "date", "provisions", "state", "law",
    "competent",
)  # fmt: skip
"""What every text may speak of; docs/letters.md says what each stands for."""
_CONTENTS: tuple[Content, ...] = get_args(Content)
_VALUES, _DATES, _TONES = get_args(ValuesOf), get_args(DatesOf), get_args(RemedyTone)


def load_letter(path: Path, law: str, book: LawBook, *, shown: str = "") -> WrittenLetter:
    """Load one letter. Raises LetterError with every fault that was found."""
    report = LetterReport(shown or str(path))
    return parse_letter(_text(path, report), law, book, file=report.file, stem=path.stem)


def parse_letter(text: str, law: str, book: LawBook, *, file: str, stem: str = "") -> WrittenLetter:
    """Read a letter from its text; see `load_letter`."""
    report = LetterReport(file)
    raw = _document(text, report)
    if not isinstance(raw, Map):
        report.add("not_a_mapping", 1)
        report.raise_if_any()
    letter = _Written(Part(raw, report), law, book).read(stem)
    report.raise_if_any()
    return letter


def load_remedies(path: Path, book: LawBook, *, shown: str = "") -> tuple[Remedy, ...]:
    """Load the remedies of a law, of which the first that fits an act is said. Raises LetterError."""
    report = LetterReport(shown or str(path))
    return parse_remedies(_text(path, report), book, file=report.file)


def parse_remedies(text: str, book: LawBook, *, file: str) -> tuple[Remedy, ...]:
    """Read remedies from their text; see `load_remedies`."""
    report = LetterReport(file)
    raw = _document(text, report)
    if not isinstance(raw, Seq):
        report.add("not_a_list", 1)
        report.raise_if_any()
    whole = Map(1)
    whole["remedies"] = raw
    found = [_remedy(part, book) for part in Part(whole, report).parts("remedies", "remedy")]
    report.raise_if_any()
    return tuple(found)


def _text(path: Path, report: LetterReport) -> str:
    try:
        return decode(read_bytes(path), report.file)
    except UnreadableError as fault:
        report.add_unreadable(fault)
        report.raise_if_any()
        raise


def _document(text: str, report: LetterReport) -> Any:
    raw, faults = survey_document(text, report.file)
    for fault in faults:
        report.add_unreadable(fault)
    report.raise_if_any()
    return raw


def _remedy(part: Part, book: LawBook) -> Remedy:
    empty = Bilingual("", "")
    under = part.names("acts_under")
    _check_addresses(part, "acts_under", under, book)
    remedy = Remedy(
        name=part.name("remedy"),
        acts_under=under,
        decision=part.both("decision") or empty,
        notice=part.both("notice") or empty,
        cites=_cites(part, book),
        line=part.line,
    )
    for key, text in (("decision", remedy.decision), ("notice", remedy.notice)):
        _placeholders(part, key, text, PLACEHOLDERS)
    part.finish()
    return remedy


def _cites(part: Part, book: LawBook) -> tuple[str, ...]:
    """Read citations: the word `act`, or addresses."""
    if part.raw.get("cites") == ACT:
        part.get("cites")
        return (ACT,)
    found = part.cites()
    _check_addresses(part, "cites", found, book)
    return found


def _check_addresses(part: Part, key: str, addresses: tuple[str, ...], book: LawBook) -> None:
    for address in addresses:
        if not (book.knows(address) if ":" in address else False):
            part.fault("no_such_address", key, address=address)


def _placeholders(part: Part, key: str, text: Bilingual, known: tuple[str, ...]) -> set[str]:
    """Return the names that a text speaks of; report what stands for nothing, or in one language only."""
    found = {}
    for lang in ("zh", "en"):
        names = _names_in(text.get(lang))
        if names is None:
            part.fault("bad_braces", key, text=text.get(lang))
            return set()
        found[lang] = names
        for name in sorted(names - set(known)):
            part.fault("unknown_placeholder", key, name=name, hint=hint_for(name, known), known=", ".join(known))
    for name in sorted(found["zh"] ^ found["en"]):
        if name in known:
            part.fault("one_sided_placeholder", key, name=name)
    return found["zh"] | found["en"]


def _names_in(text: str) -> set[str] | None:
    try:
        pieces = list(string.Formatter().parse(text))
    except ValueError:
        return None
    if any(name is not None and (not name.isidentifier() or spec or turn) for _, name, spec, turn in pieces):
        return None
    return {name for _, name, _, _ in pieces if name}


class _Written:
    """One letter while it is being read."""

    def __init__(self, whole: Part, law: str, book: LawBook) -> None:
        self.whole = whole
        self.law = law
        self.book = book
        self.pool = Pool()
        self.mentions = self._mentions()
        self.used: set[str] = set()

    def read(self, stem: str) -> WrittenLetter:
        whole = self.whole
        name = whole.name("letter")
        if stem and name and name != stem:
            whole.fault("wrong_file_name", "letter", name=name)
        empty = Bilingual("", "")
        title, mark = whole.both("title") or empty, whole.both("mark") or empty
        cites = _cites(whole, self.book)
        self._speaks(whole, "title", title)
        whole.get("body", needed=True)
        body = tuple(self._part(part) for part in whole.parts("body"))
        remedies = [part for part in body if part.content == "remedy"]
        if len(remedies) != 1:
            whole.fault("not_one_remedy", "body", count=len(remedies))
        whole.finish()
        for mention in self.mentions:
            # Where something else is wrong, the name may only seem unused.
            if mention not in self.used and not whole.report.problems:
                whole.fault("unused_mention", "mentions", name=mention)
        return WrittenLetter(
            name, self.law, title, mark, cites, self.mentions, body, whole.report.file, len(self.pool.nodes)
        )

    def _mentions(self) -> dict[str, str]:
        part = self.whole.part("mentions")
        types = get_args(FieldType)
        return {name: part.one_of(name, types) for name in part.raw} if part else {}

    def _speaks(self, part: Part, key: str, text: Bilingual) -> None:
        self.used |= _placeholders(part, key, text, (*PLACEHOLDERS, *self.mentions))

    def _part(self, part: Part) -> WrittenPart:
        given = [content for content in _CONTENTS if content in part.raw]
        if len(given) != 1:
            part.fault("not_one_content", count=len(given), known=", ".join(_CONTENTS))
        content: Content = given[0] if given else "paragraph"
        heading, text = part.both("heading", needed=False), None
        names: tuple[str, ...] = ()
        of = ""
        match content:
            case "paragraph":
                text = part.both("paragraph", needed=bool(given))
            case "prose":
                names = self._known(part, content)
            case "values":
                if part.raw.get(content) in _VALUES:
                    of = part.one_of(content, _VALUES)
                else:
                    names = self._known(part, content)
            case "missing_items":
                part.get(content)
            case "dates":
                of = part.one_of(content, _DATES)
            case "remedy":
                of = part.one_of(content, _TONES)
        for key, said in (("heading", heading), ("paragraph", text)):
            if said is not None:
                self._speaks(part, key, said)
        written = WrittenPart(
            content=content, cites=_cites(part, self.book), line=part.line, heading=heading, text=text,
            names=names, of=of, when=self._condition(part), needed=part.flag("needed"),
        )  # fmt: skip
        for other in given:
            part.get(other)
        part.finish()
        return written

    def _known(self, part: Part, key: str) -> tuple[str, ...]:
        names = part.names(key)
        for name in names:
            if name not in self.mentions:
                known = tuple(self.mentions)
                part.fault(
                    "unknown_placeholder", key, name=name, hint=hint_for(name, known), known=", ".join(known) or "-"
                )
        self.used |= set(names)
        return names

    def _condition(self, part: Part) -> Node | None:
        written = part.text("when")
        if not written:
            return None
        parser = LetterParser(self.pool, cast("dict[str, FieldType]", self.mentions))
        try:
            node = parser.read(written).node
        except UnknownWordError as error:
            part.fault(
                "unknown_in_expression", "when", text=written, name=error.name,
                hint=hint_for(error.name, error.known), known=", ".join((*self.mentions, *WORDS)),
            )  # fmt: skip
            return None
        except ExpressionError as error:
            part.fault("bad_expression", "when", text=written, detail=error.detail)
            return None
        self.used |= parser.asked | {fact for fact in node.facts if fact in self.mentions}
        return node
