"""Arguments that several verbs share."""

from __future__ import annotations

import argparse
import datetime as dt

from guiju.engine.collection import UnknownNameError


def add_case_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what every verb that assesses needs: the day, the rulebooks, the readings, the language."""
    parser.add_argument("--as-of", type=day, metavar="DATE", help="day of assessment (default: today)")
    parser.add_argument("--rulebook", action="append", metavar="KEY", help="only this rulebook; may be repeated")
    parser.add_argument(
        "--reading", action="append", default=[], metavar="QUESTION=CANDIDATE", help="how to read an open question"
    )
    add_language(parser)


def add_language(parser: argparse.ArgumentParser) -> None:
    """Add --lang zh|en."""
    parser.add_argument("--lang", choices=("zh", "en"), default="en", help="language of the answer (default: en)")


def day(text: str) -> dt.date:
    """Read a date for argparse, which turns the error into a usage message."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a date; write it as 2026-09-28") from None


def chosen_readings(texts: list[str]) -> dict[str, str]:
    """Read `question=candidate` pairs; raises UnknownNameError for what has no `=`."""
    chosen = {}
    for text in texts:
        question, sign, candidate = text.partition("=")
        if not sign:
            raise UnknownNameError(f"--reading {text!r}: write QUESTION=CANDIDATE, such as window_97=calendar_year")
        chosen[question.strip()] = candidate.strip()
    return chosen
