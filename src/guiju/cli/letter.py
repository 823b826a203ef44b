"""`guiju letter`: the letters that a scripted run of a case sends, as PDF and as plain text."""

from __future__ import annotations

import argparse
from pathlib import Path


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `guiju letter`."""
    parser = subparsers.add_parser("letter", help="the letters that a scripted case sends, as PDF and text")
    parser.add_argument("script", metavar="SCRIPT", type=Path, help="a script of acts, as for `guiju case run`")
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("--act", type=int, metavar="N", help="the letters of the Nth act of the script")
    which.add_argument("--all", action="store_true", help="the letters of every act")
    parser.add_argument(
        "--lang", dest="languages", choices=("zh", "en", "both"), default="both", help="language (default: both)"
    )
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder to write to")
    parser.set_defaults(run=run_letter)


def run_letter(args: argparse.Namespace) -> int:
    """Write the letters and print the paths of the files."""
    from guiju.letters.sending import outgoing, write_letters
    from guiju.letters.shelf import built_in_shelf
    from guiju.procedures.catalogue import built_in_types
    from guiju.procedures.running import play
    from guiju.procedures.script import read_script

    langs = ("zh", "en") if args.languages == "both" else (args.languages,)
    args.lang = langs[-1]
    script = read_script(args.script)
    played = play(script, built_in_types().get(script.case_type))
    letters = outgoing(played, built_in_shelf(), args.act)
    for path in write_letters(letters, langs, args.out):
        print(path)
    return 0
