"""``guiju law check``: where the law has gaps, overlaps, conflicting clocks and loose ends."""

from __future__ import annotations

import argparse
import importlib.util
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from guiju.cli.arguments import add_language

if TYPE_CHECKING:
    from guiju.check.run import Result
    from guiju.law.provisions import Text


class SolverMissingError(ValueError):
    """The solver, which only the checks need, is not installed."""


def add_check_verb(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``check`` below ``guiju law``."""
    checking = verbs.add_parser("check", help="find gaps, overlaps and conflicts in the law itself")
    checking.add_argument("--law", action="append", metavar="KEY", help="check this law only; may be repeated")
    checking.add_argument("--code", action="append", metavar="CODE", help="only this diagnostic, such as G101")
    checking.add_argument("--format", choices=("text", "json", "html", "sarif"), default="text")
    checking.add_argument("--output", type=Path, metavar="FILE", help="write the answer there instead of printing it")
    checking.add_argument(
        "--counterexamples", type=Path, metavar="FOLDER", help="write each counter-example there as a profile"
    )
    add_language(checking)
    checking.set_defaults(run=run_check)


def run_check(args: argparse.Namespace) -> int:
    """Check and print. The status is 0 whatever was found: a finding is about the law, not about this run."""
    from guiju.assess.output import write_whole

    result = checked(args)
    content = _rendered(result, args.format, args.lang, printing=args.output is None)
    if args.counterexamples is not None:
        _write_examples(result, args.counterexamples)
    if args.output is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(content.encode())
        return 0
    write_whole(args.output, content.encode())
    print(f"-> {args.output}", file=sys.stderr)
    return 0


def checked(args: argparse.Namespace) -> Result:
    """Run the checks that the arguments ask for; raises SolverMissingError without the solver."""
    if importlib.util.find_spec("z3") is None:
        raise SolverMissingError('the checks need the solver z3: pip install "guiju[checks]"')
    from guiju.check.codes import code_named
    from guiju.check.run import check
    from guiju.engine.rulebook import load_rulebooks

    only = [code_named(name) for name in args.code or ()]
    books = load_rulebooks()
    return check(books, laws=args.law, texts=_texts([book.key for book in books.books]), only=only)


def _texts(laws: list[str]) -> dict[str, Text]:
    from guiju.law.store import TextStore

    store = TextStore()
    found = {law: store.find(law, "zh") for law in laws}
    return {law: text for law, text in found.items() if text is not None}


def _rendered(result: Result, form: str, lang: str, *, printing: bool) -> str:
    if form == "json":
        from guiju.check.serial import to_json

        return to_json(result)
    if form == "sarif":
        from guiju.check.sarif import to_sarif

        return to_sarif(result, lang)
    if form == "html":
        from guiju.check.html import render_html

        return render_html(result, lang)
    from guiju.check.text import render_text

    colour = printing and sys.stdout.isatty()
    return render_text(result, lang, width=None if colour else 100, colour=colour)


def _write_examples(result: Result, folder: Path) -> None:
    from guiju.assess.output import OutputError, write_whole
    from guiju.check.serial import profile_name, profile_text

    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"{folder}: cannot be made: {error.strerror or error}") from None
    written = [d for d in result.diagnostics if d.example is not None]
    for diagnostic in written:
        write_whole(folder / profile_name(diagnostic), profile_text(result, diagnostic).encode())
    print(f"-> {folder}: {len(written)}", file=sys.stderr)
