"""Checks of the law: the whole run over both laws, which is held to 30 seconds. `python -m bench.check`."""

from __future__ import annotations

from bench.timing import Line, Section, medians, print_section
from guiju.check.codes import CODES
from guiju.check.run import check
from guiju.check.world import World
from guiju.engine.rulebook import load_rulebooks
from guiju.law.store import TextStore

LIMIT = 30.0
WHOLE = "all checks of both laws"
FORMULAS = "of which: conditions to formulas"
REPEATS = 3


def section() -> Section:
    books = load_rulebooks()
    store = TextStore()
    found = {book.key: store.find(book.key, "zh") for book in books.books}
    texts = {key: text for key, text in found.items() if text is not None}
    result = check(books, texts=texts)
    works = {WHOLE: lambda: check(books, texts=texts), FORMULAS: lambda: World(books)}
    seconds = medians(works, repeats=REPEATS)
    shown = sum(d.example is not None for d in result.diagnostics)
    read = f"{len(texts)} texts read" if texts else "no text imported: checks that read it skipped"
    lines = [
        Line("limit", LIMIT),
        Line(
            WHOLE,
            seconds[WHOLE],
            f"{len(books.norms)} norms, {len(CODES)} codes, {len(result.diagnostics)} findings, "
            f"{shown} counter-examples, {read}",
        ),
        Line(FORMULAS, seconds[FORMULAS], f"{len(books.pool.nodes)} nodes"),
    ]
    return Section("guiju law check, in one process", lines, "limit")


if __name__ == "__main__":
    print_section(section())
