"""`guiju assess`, `explain`, `whatif`, `ask`: from a profile to dated, proven duties."""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from guiju.cli.arguments import add_case_arguments, chosen_readings

if TYPE_CHECKING:
    from guiju.assess.assessment import Assessment
    from guiju.law.provisions import Text


def register(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the verbs that work on a profile."""
    assess = verbs.add_parser("assess", help="which duties hold, by when, and why")
    assess.add_argument("profile", type=Path, metavar="PROFILE", help="YAML file; see docs/profile.md")
    add_case_arguments(assess)
    assess.add_argument("--format", choices=("text", "json", "html", "ics"), default="text")
    assess.add_argument("--all-readings", action="store_true", help="how the answers spread over the open questions")
    assess.add_argument("--output", type=Path, metavar="FILE", help="write the answer there instead of printing it")
    assess.add_argument("--html", type=Path, metavar="FILE", help="also write the HTML report there")
    assess.add_argument("--ics", type=Path, metavar="FILE", help="also write the calendar file there")
    assess.set_defaults(run=_assess)

    explain = verbs.add_parser("explain", help="why a provision applies to a profile, or does not")
    explain.add_argument("address", metavar="ADDRESS", help="mail4:66.1, or a citation")
    explain.add_argument("profile", type=Path, metavar="PROFILE")
    add_case_arguments(explain)
    explain.set_defaults(run=_explain)

    whatif = verbs.add_parser("whatif", help="what changes if one fact changes")
    whatif.add_argument("profile", type=Path, metavar="PROFILE")
    whatif.add_argument("change", nargs="?", metavar="FACT=VALUE", help="try this: registered_users=1000001")
    whatif.add_argument("--system", metavar="NAME", help="only this system")
    whatif.add_argument("--address", metavar="ADDRESS", help="the smallest change that flips this provision")
    add_case_arguments(whatif)
    whatif.set_defaults(run=_whatif)

    ask = verbs.add_parser("ask", help="interview: always the most decisive question, until everything is decided")
    ask.add_argument("profile", type=Path, metavar="PROFILE", help="file to complete; made if there is none")
    add_case_arguments(ask)
    ask.set_defaults(run=_ask)


def assessed(args: argparse.Namespace) -> Assessment:
    """Assess the profile that the arguments name."""
    from guiju.assess.assessment import assess
    from guiju.engine.rulebook import load_rulebooks
    from guiju.profiles.profile import load_profile

    books = load_rulebooks()
    profile = load_profile(args.profile, books)
    as_of = args.as_of or dt.date.today()
    return assess(profile, books, as_of=as_of, rulebooks=args.rulebook, readings=chosen_readings(args.reading))


def _assess(args: argparse.Namespace) -> int:
    from guiju.assess.output import write_whole

    assessment = assessed(args)
    form = "spread" if args.all_readings and args.format == "text" else args.format
    content = _rendered(form, assessment, args.lang, printing=args.output is None)
    extra = [(path, form) for path, form in ((args.html, "html"), (args.ics, "ics")) if path is not None]
    files = [(path, _rendered(form, assessment, args.lang, printing=False)) for path, form in extra]
    if args.output is not None:
        files.append((args.output, content))
    for path, data in files:
        write_whole(path, data)
    if args.output is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
    for path, _ in files:
        print(f"-> {path}", file=sys.stderr)
    return 0


def _rendered(form: str, assessment: Assessment, lang: str, *, printing: bool) -> bytes:
    if form == "json":
        from guiju.assess.serial import to_json

        return (to_json(assessment) + "\n").encode()
    if form == "spread":
        from guiju.assess.spread import render_spread

        return render_spread(assessment, lang).encode()
    if form == "ics":
        from guiju.assess.report.ics import render_ics

        return render_ics(assessment, lang)
    from guiju.engine.questions import next_questions

    questions = next_questions(assessment.cases, assessment.norms)
    if form == "html":
        from guiju.assess.report.html import render_html

        return render_html(assessment, lang, questions, _texts(assessment)).encode()
    from guiju.assess.report.text import render_text

    colour = printing and sys.stdout.isatty()
    return render_text(assessment, lang, questions, width=None if colour else 100, colour=colour).encode()


def _texts(assessment: Assessment) -> list[Text]:
    """Load the imported texts of the laws assessed: the laws themselves, not drafts or quotations."""
    from guiju.law.store import TextStore

    store = TextStore()
    found = (store.find(book.key, lang) for book in assessment.rulebooks for lang in ("zh", "en"))
    return [text for text in found if text is not None]


def _explain(args: argparse.Namespace) -> int:
    from guiju.assess.explain import explain

    print(explain(assessed(args), args.address, args.lang))
    return 0


def _whatif(args: argparse.Namespace) -> int:
    from guiju.assess.supposing import suppose

    print(suppose(assessed(args), args.change, args.system, args.address, args.lang))
    return 0


def _ask(args: argparse.Namespace) -> int:
    from guiju.assess.interview import Settings, interview

    settings = Settings(args.lang, args.as_of or dt.date.today(), args.rulebook, chosen_readings(args.reading))
    return interview(args.profile, settings, sys.stdin, sys.stdout)
