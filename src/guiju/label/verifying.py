"""Verify: is there a valid label in this file? VALID, INVALID, ABSENT, or UNDECIDED, with reasons as data and prose."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from guiju.bilingual import Bilingual
from guiju.label.errors import LabelError
from guiju.label.fields import Label, Parsed
from guiju.label.findings import CODES, ERROR, Finding, finding
from guiju.label.formats import MODULES
from guiju.label.found import Seal
from guiju.label.places import is_guide_place
from guiju.label.reading import Occurrence, Reading, is_wrapped, read_source
from guiju.label.rules import findings_on
from guiju.label.source import DEFAULT_LIMITS, Limits, Source

VALID, INVALID, ABSENT, UNDECIDED = "VALID", "INVALID", "ABSENT", "UNDECIDED"
_WITHOUT_PLACE = {"text"}
_SEALS = {
    "c2pa": Bilingual(zh="C2PA 内容凭证", en="a C2PA manifest"),
    "signature": Bilingual(zh="数字签名", en="a digital signature"),
}


@dataclass(frozen=True)
class Verification:
    """The answer for one file; `label` is there only when it is VALID, `reading` unless the file could not be read."""

    status: str
    kind: str
    findings: tuple[Finding, ...] = ()
    label: Label | None = None
    reading: Reading | None = None

    @property
    def places(self) -> tuple[str, ...]:
        """Return where labels were found."""
        return tuple(one.place for one in self.reading.occurrences) if self.reading else ()


def verify(path: str | os.PathLike[str], role: str = "", limits: Limits = DEFAULT_LIMITS) -> Verification:
    """Verify the label of a file; a damaged or hostile file is an answer (UNDECIDED), not an error.

    With `role` generator the label is held to the rules for a first write. Raises OSError if it cannot be opened.
    """
    with Source.of_path(path, limits) as source:
        return verify_source(source, Path(path).name, role)


def verify_source(source: Source, name: str = "", role: str = "") -> Verification:
    """Verify the label of an open source; see `verify`."""
    try:
        reading = read_source(source, name)
    except LabelError as error:
        code = error.code if error.code in CODES else "refused"
        return Verification(UNDECIDED, "unknown", (finding(code, told=error.reason),))
    return judged_reading(reading, role)


def judged_reading(reading: Reading, role: str = "") -> Verification:
    """Return the verification of what was read."""
    seals = tuple(_sealed(seal) for seal in reading.seals if reading.occurrences or seal.kind != "encryption")
    if not reading.occurrences:
        status, why = _without_label(reading)
        return Verification(status, reading.kind, why + seals, reading=reading)
    findings = tuple(_about_label(reading, role)) + seals
    wrong = any(one.severity == ERROR for one in findings)
    first = reading.occurrences[0].parsed
    return Verification(INVALID if wrong else VALID, reading.kind, findings, None if wrong else _label(first), reading)


def _label(parsed: Parsed) -> Label:
    label = parsed.label
    if label is None:
        raise AssertionError("a label without errors has all its fields")
    return label


def _without_label(reading: Reading) -> tuple[str, tuple[Finding, ...]]:
    if reading.kind == "encrypted_office" or any(seal.kind == "encryption" for seal in reading.seals):
        return UNDECIDED, (finding("encrypted"),)
    if reading.kind in MODULES:
        return ABSENT, ()
    if reading.kind in _WITHOUT_PLACE:
        return ABSENT, (finding("no_place"),)
    return UNDECIDED, (finding("empty" if reading.kind == "empty" else "unknown_kind"),)


def _about_label(reading: Reading, role: str) -> Iterator[Finding]:
    first = reading.occurrences[0]
    yield from findings_on(first.parsed, role)
    if not is_guide_place(reading.kind, first.place):
        yield finding("place", place=first.place, value=first.place)
    if not first.parsed.not_json and is_wrapped(first.text) == first.named:
        yield finding("wrapping", place=first.place, value=first.place)
    yield from _others(reading.occurrences)


def _others(occurrences: tuple[Occurrence, ...]) -> Iterator[Finding]:
    if len(occurrences) == 1:
        return
    places = ", ".join(one.place for one in occurrences)
    same = all(one.parsed == occurrences[0].parsed for one in occurrences)
    yield finding("same_label_twice" if same else "several_labels", value=places)


def _sealed(seal: Seal) -> Finding:
    if seal.kind == "encryption":
        return finding("encrypted_parts", place=seal.where)
    return finding("sealed", place=seal.where, value=seal.kind, told=_SEALS[seal.kind])
