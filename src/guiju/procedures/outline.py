"""The head of a case type: enough to list it, read without loading the law and without the rest of the file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from guiju.bilingual import Bilingual
from guiju.documents.document import decode, read_bytes, survey_document
from guiju.documents.marked import Map
from guiju.documents.unreadable import UnreadableError
from guiju.procedures.parts import Part
from guiju.procedures.problems import Report

_REST = "\nparties:"
"""The first part of a case type after its head, as all files are written; without it the whole file is read."""


@dataclass(frozen=True, slots=True)
class Outline:
    """What a list says of a case type."""

    key: str
    version: int
    title: Bilingual
    cites: tuple[str, ...]


def read_outline(path: Path, key: str) -> Outline:
    """Read the head of a case type; raises ProcedureError where it is faulty."""
    report = Report(f"{key.partition('/')[0]}/procedures/{path.name}")
    try:
        text = decode(read_bytes(path), report.file)
    except UnreadableError as fault:
        report.add_unreadable(fault)
        report.raise_if_any()
    raw, faults = survey_document(text.partition(_REST)[0], report.file)
    for one in faults:
        report.add_unreadable(one)
    if not faults and not isinstance(raw, Map):
        report.add("not_a_mapping", 1)
    report.raise_if_any()
    part = Part(raw, report)
    outline = Outline(key, part.whole("version"), part.both("title") or Bilingual("", ""), part.cites())
    report.raise_if_any()
    return outline
