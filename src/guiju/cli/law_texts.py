"""``guiju law bilingual``, ``law diff``, ``law export``: the imported texts compared and handed on."""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from guiju.cli.arguments import add_language

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

    export = verbs.add_parser("export", help="hand an imported text on in a standard format")
    export.add_argument("--law", metavar="KEY", required=True, help="which law")
    export.add_argument("--format", choices=("akn",), default="akn", help="akn: Akoma Ntoso 3.0 (XML)")
    export.add_argument("--lang", dest="text_language", choices=("zh", "en"), default="zh", help="which text")
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
    """Write an imported text as Akoma Ntoso."""
    from guiju.law.akoma import write_akn

    text = _stored(args.law, args.text_language)
    _hand_over(write_akn(text, _work(args.law), today=dt.date.today()).decode(), args.output)
    return 0


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
