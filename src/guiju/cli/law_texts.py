"""``guiju law bilingual``, ``law diff``, ``law export``: texts compared, texts and norms handed on."""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from guiju.cli.arguments import add_language, day

if TYPE_CHECKING:
    from guiju.engine.norms import Rulebook
    from guiju.law.akoma import Work
    from guiju.law.provisions import Text

HOW_TO_IMPORT = "read the published file in with: guiju law import FILE"


def register_texts(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the verbs to those of ``guiju law``."""
    bilingual = verbs.add_parser("bilingual", help="where the Chinese and the English text do not say the same")
    bilingual.add_argument("--law", metavar="KEY", default="mail4", help="which law (default: mail4)")
    bilingual.add_argument("--format", choices=("text", "json"), default="text")
    bilingual.add_argument("--output", type=Path, metavar="FILE", help="write there instead of printing")
    add_language(bilingual)
    bilingual.set_defaults(run=run_bilingual)

    diff = verbs.add_parser("diff", help="what became of each article from one version to the next")
    diff.add_argument("old", metavar="OLD", help="a stored text, such as genai:zh:draft, or a published file")
    diff.add_argument("new", metavar="NEW", help="the same; FILE#VERSION where a file holds several texts")
    diff.add_argument("--format", choices=("text", "json", "html"), default="text")
    diff.add_argument("--output", type=Path, metavar="FILE", help="write there instead of printing")
    add_language(diff)
    diff.set_defaults(run=run_diff)

    export = verbs.add_parser("export", help="hand an imported text, or the norms, on in a standard format")
    export.add_argument("--law", metavar="KEY", required=True, help="which law")
    export.add_argument(
        "--format",
        choices=("akn", "oscal", "csv"),
        default="akn",
        help="akn: the text as Akoma Ntoso 3.0 (XML); oscal: the norms as an OSCAL catalog (JSON); csv: as a table",
    )
    export.add_argument("--lang", dest="text_language", choices=("zh", "en"), help="akn: which text (default: zh)")
    export.add_argument(
        "--last-modified",
        type=day,
        metavar="DATE",
        help="oscal: the day to write (default: the day of effect of the law, else today)",
    )
    export.add_argument("--bom", action="store_true", help="csv: begin with the mark by which spreadsheets know UTF-8")
    export.add_argument("--output", type=Path, metavar="FILE", help="write there instead of printing")
    export.set_defaults(run=run_export)


def run_bilingual(args: argparse.Namespace) -> int:
    """Compare the two languages of one law."""
    from guiju.law.bilingual import compare_languages
    from guiju.law.bilingual.report import as_json, as_text

    chinese, english = _stored(args.law, "zh"), _stored(args.law, "en")
    found = compare_languages(chinese, english)
    told = as_json(chinese, found) if args.format == "json" else as_text(chinese, english, found, args.lang)
    _hand_over(told, args.output)
    return 0


def run_diff(args: argparse.Namespace) -> int:
    """Compare two versions."""
    from guiju.law.store import TextStore
    from guiju.law.versions import compare_versions
    from guiju.law.versions.loading import load_text
    from guiju.law.versions.page import as_page
    from guiju.law.versions.report import as_json, as_text

    store = TextStore()
    old, new = load_text(args.old, store), load_text(args.new, store)
    changes = compare_versions(old, new)
    if args.format == "json":
        told = as_json(old, new, changes)
    else:
        told = (as_page if args.format == "html" else as_text)(old, new, changes, args.lang)
    _hand_over(told, args.output)
    return 0


def run_export(args: argparse.Namespace) -> int:
    """Write an imported text, or the norms of a law, in a standard format."""
    _refuse_strangers(args)
    write = {"akn": _as_akn, "oscal": _as_oscal, "csv": _as_csv}[args.format]
    _hand_over(write(args), args.output)
    return 0


def _refuse_strangers(args: argparse.Namespace) -> None:
    """Refuse options of another format, rather than leave them without effect."""
    from guiju.export.errors import ExportError

    given = {"--lang": args.text_language, "--last-modified": args.last_modified, "--bom": args.bom}
    for option, its_format in (("--lang", "akn"), ("--last-modified", "oscal"), ("--bom", "csv")):
        if given[option] and args.format != its_format:
            raise ExportError(f"{option} belongs to --format {its_format}; leave it out for --format {args.format}")


def _as_akn(args: argparse.Namespace) -> str:
    from guiju.law.akoma import write_akn

    text = _stored(args.law, args.text_language or "zh")
    return write_akn(text, _work(args.law), today=dt.date.today()).decode()


def _as_oscal(args: argparse.Namespace) -> str:
    from guiju.engine.rulebook import load_rulebooks
    from guiju.export.oscal import as_oscal

    books = load_rulebooks()
    return as_oscal(books, args.law, args.last_modified or books.book(args.law).in_force_from or dt.date.today())


def _as_csv(args: argparse.Namespace) -> str:
    from guiju.engine.rulebook import load_rulebooks
    from guiju.export.table import as_csv

    return as_csv(load_rulebooks(), args.law, bom=args.bom)


def _stored(law: str, language: str) -> Text:
    from guiju.law.errors import StoreError
    from guiju.law.store import TextStore

    text = TextStore().find(law, language)
    if text is None:
        name = {"zh": "Chinese", "en": "English"}[language]
        raise StoreError(f"the {name} text of {law} has not been imported: {HOW_TO_IMPORT}")
    return text


def _work(law: str) -> Work:
    """Take title and date from the law's rulebook; a law without one is exported without them."""
    from guiju.engine.rulebook import load_rulebooks
    from guiju.law.akoma import Work

    book: Rulebook | None = next((book for book in load_rulebooks().books if book.key == law), None)
    if book is None:
        return Work(law, {})
    return Work(law, {"zh": book.title.zh, "en": book.title.en}, book.in_force_from)


def _hand_over(told: str, output: Path | None) -> None:
    """Print, or write the file in one step and say so."""
    from guiju.assess.output import write_whole

    content = told if told.endswith("\n") else told + "\n"
    if output is None:
        sys.stdout.write(content)
        return
    write_whole(output, content.encode())
    print(f"-> {output}", file=sys.stderr)
