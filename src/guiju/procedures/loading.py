"""Load a case type from its file: read, linked, checked; every fault is told with its line in both languages."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

from guiju.bilingual import Bilingual
from guiju.documents.document import decode, read_bytes
from guiju.documents.document import survey_document as survey
from guiju.documents.marked import Map
from guiju.documents.unreadable import UnreadableError
from guiju.procedures.checking import check
from guiju.procedures.draft import Draft
from guiju.procedures.lawbook import LawBook
from guiju.procedures.model import ANYBODY, CaseType
from guiju.procedures.parts import Part, hint_for
from guiju.procedures.problems import Report
from guiju.procedures.reading_acts import read_transitions, survey_acts
from guiju.procedures.reading_clocks import read_clocks, survey_clocks
from guiju.procedures.reading_fields import (
    read_competent,
    read_fields,
    read_parties,
    read_registers,
    read_required,
    read_states,
    read_terms,
    survey_choices,
)
from guiju.procedures.values import check_example


def load_case_type(path: Path, law: str, book: LawBook | None, *, shown: str = "") -> CaseType:
    """Load one case type of a law.

    `book` is the law that judges it; None for a kept version, whose periods are written in it and which is taken as
    it is. Raises ProcedureError with every fault that was found.
    """
    report = Report(shown or str(path))
    try:
        text = decode(read_bytes(path), report.file)
    except UnreadableError as fault:
        report.add_unreadable(fault)
        report.raise_if_any()
    return parse_case_type(text, law, book, file=report.file, stem=path.stem)


def parse_case_type(text: str, law: str, book: LawBook | None, *, file: str, stem: str = "") -> CaseType:
    """Read a case type from its text; see `load_case_type`."""
    report = Report(file)
    raw, faults = survey(text, file)
    for fault in faults:
        report.add_unreadable(fault)
    if not faults and not isinstance(raw, Map):
        report.add("not_a_mapping", 1)
    report.raise_if_any()
    return read_case_type(raw, law, book, file=file, stem=stem)


def read_case_type(raw: Map, law: str, book: LawBook | None, *, file: str, stem: str = "") -> CaseType:
    """Read a case type from its document, to which the periods of the norms are added; see `load_case_type`."""
    report = Report(file)
    kind = _read(Draft(CaseType(law, "", 1, Bilingual("", ""), (), file), report, book), Part(raw, report), stem)
    report.raise_if_any()
    kind.document = plain(raw)
    kind.digest = digest_of(kind.document)
    return kind


def plain(value: Any) -> Any:
    """Return a document's value as plain JSON data."""
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items()}
    if isinstance(value, list):
        return [plain(one) for one in value]
    return str(value) if isinstance(value, dt.date | Decimal) else value


def canonical(document: Any) -> str:
    """Write plain data in the one form over which its digest is taken."""
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest_of(document: Any) -> str:
    """Return the SHA-256 of a document's canonical form, in hexadecimal."""
    return hashlib.sha256(canonical(document).encode()).hexdigest()


def _read(draft: Draft, whole: Part, stem: str) -> CaseType:
    kind = draft.kind
    kind.name = whole.name("case_type")
    if stem and kind.name and draft.book is not None and kind.name != stem:
        whole.fault("wrong_file_name", "case_type", name=kind.name)
    kind.version = whole.whole("version")
    kind.title = whole.both("title") or kind.title
    kind.gist = whole.both("gist", needed=False)
    kind.cites = draft.cites(whole)
    _read_readings(draft, whole)
    draft.acts, draft.clocks, draft.choices = survey_acts(whole), survey_clocks(whole), survey_choices(whole)
    read_parties(draft, whole)
    kind.visible_to = draft.held(whole, "visible_to", whole.names("visible_to"), (ANYBODY,)) or tuple(draft.roles)
    kind.form = read_fields(draft, whole, "form")
    kind.record = read_fields(draft, whole, "record")
    read_terms(draft, whole)
    read_required(draft, whole)
    read_competent(draft, whole)
    read_states(draft, whole)
    read_registers(draft, whole)
    read_transitions(draft, whole)
    read_clocks(draft, whole)
    for needed in ("parties", "states", "transitions"):
        whole.get(needed, needed=True)
    example = whole.part("example")
    kind.example = dict(plain(example.raw)) if example else {}
    whole.finish()
    kind.nodes = draft.pool.nodes
    if not draft.report.problems:
        check(kind, draft.report)
        check_example(kind, whole, draft.report)
    return kind


def _read_readings(draft: Draft, whole: Part) -> None:
    """Read the open questions; a kept version has its candidates and defaults written in it."""
    book = draft.book
    if book is None:
        kept = whole.get("reading_candidates") or {}
        for question in whole.names("readings"):
            default, *others = kept.get(question, [""])
            draft.kind.readings[question] = default
            draft.kind.candidates[question] = (default, *others)
    else:
        written: dict[str, list[str]] = {}
        for question in whole.names("readings"):
            reading = book.readings.get(question)
            if reading is None:
                whole.fault("unknown_reading", "readings", name=question, hint=hint_for(question, book.readings))
                continue
            others = [candidate for candidate in reading.candidates if candidate != reading.default]
            draft.kind.readings[question] = reading.default
            draft.kind.candidates[question] = (reading.default, *others)
            written[question] = [reading.default, *others]
        if written:
            whole.raw["reading_candidates"] = written
            whole.get("reading_candidates")
    draft.candidates = {question: frozenset(known) for question, known in draft.kind.candidates.items()}
