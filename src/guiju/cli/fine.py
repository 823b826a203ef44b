"""`guiju fine`: a worksheet for setting an administrative fine."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from guiju.cli.arguments import add_language, day

if TYPE_CHECKING:
    from guiju.assess.worksheet.sheet import Worksheet


def register(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``fine``."""
    fine = verbs.add_parser("fine", help="a worksheet for a fine: range, conditions, factors, what bars it")
    fine.add_argument("address", metavar="ADDRESS", help="the sanction: mail4:96.2, or a citation")
    fine.add_argument("profile", type=Path, metavar="PROFILE", help="YAML file; see docs/profile.md")
    fine.add_argument("--system", metavar="NAME", help="only this system (default: all of the profile)")
    fine.add_argument("--as-of", type=day, metavar="DATE", help="day of assessment (default: today)")
    fine.add_argument(
        "--reading", action="append", default=[], metavar="QUESTION=CANDIDATE", help="how to read an open question"
    )
    add_language(fine)
    fine.add_argument("--format", choices=("text", "html", "json"), default="text")
    fine.add_argument("--output", type=Path, metavar="FILE", help="write the worksheet there instead of printing it")
    fine.set_defaults(run=run_fine, rulebook=None)


def run_fine(args: argparse.Namespace) -> int:
    """Make the worksheet and print or write it."""
    from guiju.assess.output import write_whole
    from guiju.assess.worksheet.sheet import worksheet
    from guiju.cli.assess import assessed

    sheet = worksheet(assessed(args), args.address, args.system)
    content = _rendered(sheet, args.format, args.lang, printing=args.output is None).encode()
    if args.output is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        return 0
    write_whole(args.output, content)
    print(f"-> {args.output}", file=sys.stderr)
    return 0


def _rendered(sheet: Worksheet, form: str, lang: str, *, printing: bool) -> str:
    if form == "json":
        from guiju.assess.worksheet.serial import to_json

        return to_json(sheet) + "\n"
    if form == "html":
        from guiju.assess.worksheet.html import render_html

        return render_html(sheet, lang)
    from guiju.assess.worksheet.text import render_text

    colour = printing and sys.stdout.isatty()
    return render_text(sheet, lang, width=None if colour else 100, colour=colour)
