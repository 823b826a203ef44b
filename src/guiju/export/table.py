"""The norms as a CSV table (RFC 4180): one row a norm, both languages."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from typing import Final

from guiju.bilingual import Bilingual
from guiju.engine.collection import Rulebooks
from guiju.engine.norms import Norm, Rulebook
from guiju.export import wording
from guiju.export.naming import chapter_of, cite, control_id
from guiju.export.wording import JOINT, one_line

BYTE_ORDER_MARK: Final = "\ufeff"
_FORMULA_STARTS: Final = tuple("=+-@＝＋－＠")
"""What makes a spreadsheet calculate instead of show; East Asian versions take the wide forms for the same."""

Row = dict[str, str]
Cell = Callable[[Norm], str]


def as_csv(books: Rulebooks, law: str, *, bom: bool = False) -> str:
    """Write the norms of one law as CSV: a header, CRLF after every row, every cell in quotation marks.

    No cell can run as a formula: one that begins like a formula gets an apostrophe before it. With `bom` the text
    begins with the mark by which spreadsheets recognise UTF-8. Raises UnknownNameError if there is no such law.
    """
    book = books.book(law)
    columns = _columns(book, books)
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(columns)
    for norm in book.norms:
        writer.writerow([harmless(one_line(cell(norm))) for cell in columns.values()])
    return (BYTE_ORDER_MARK if bom else "") + out.getvalue()


def _columns(book: Rulebook, books: Rulebooks) -> dict[str, Cell]:
    def party(key: str | None) -> Bilingual:
        return books.parties[key].label if key else Bilingual("", "")

    return {
        "law": lambda n: n.rulebook,
        "chapter": lambda n: str(chapter_of(n) or ""),
        "address": lambda n: n.place,
        "id": lambda n: n.id,
        "control_id": control_id,
        "citation_zh": lambda n: cite(n.address, book).zh,
        "citation_en": lambda n: cite(n.address, book).en,
        "kind": lambda n: n.kind,
        "subject": lambda n: n.subject,
        "bearer": lambda n: n.bearer or "",
        "bearer_zh": lambda n: party(n.bearer).zh,
        "bearer_en": lambda n: party(n.bearer).en,
        "toward": lambda n: n.toward or "",
        "toward_zh": lambda n: party(n.toward).zh,
        "toward_en": lambda n: party(n.toward).en,
        "stage": lambda n: n.stage or "",
        "procedure": lambda n: n.procedure or "",
        "gist_zh": lambda n: n.gist.zh,
        "gist_en": lambda n: n.gist.en,
        "condition": wording.condition_text,
        "scope": lambda n: book.scope.text if wording.is_within_scope(n) else "",
        "judgement_zh": lambda n: n.judgement.zh if n.judgement else "",
        "judgement_en": lambda n: n.judgement.en if n.judgement else "",
        "deadline": wording.deadline_text,
        "retention": wording.retention_text,
        "fulfilled_by": wording.fulfilment_text,
        "fines": wording.fines_text,
        "amounts": wording.amounts_text,
        "breach": lambda n: JOINT.join(map(str, n.breach)),
        "defines": lambda n: n.defines or "",
        "exempts": lambda n: JOINT.join(n.exempts),
        "exempted_by": lambda n: JOINT.join(wording.exempting(n)),
        "part_of": lambda n: str(n.part_of or ""),
        "readings": lambda n: JOINT.join(n.readings),
        "file": lambda n: n.file,
        "line": lambda n: str(n.line),
    }


def harmless(cell: str) -> str:
    """Put an apostrophe before what a spreadsheet would calculate; it is shown as text then."""
    return f"'{cell}" if cell.lstrip().startswith(_FORMULA_STARTS) else cell
