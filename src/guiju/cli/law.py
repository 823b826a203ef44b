"""``guiju law``: import the published texts, show a provision beside its norms, count what is covered."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from guiju.bilingual import Bilingual
    from guiju.engine.norms import Norm, Rulebook
    from guiju.law.address import Address
    from guiju.law.citation import Language
    from guiju.law.coverage import Coverage
    from guiju.law.provisions import Article, Item, Paragraph, Text

LANGUAGES: Final[tuple[Language, ...]] = ("zh", "en")
HOW_TO_IMPORT: Final = "read the published file in with: guiju law import FILE"

_NAMED_AT_MOST: Final = 20


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``law`` with its verbs."""
    law = subparsers.add_parser("law", help="the texts of the law: import, show, list, coverage")
    verbs = law.add_subparsers(dest="verb", required=True)

    importing = verbs.add_parser("import", help="read published text files into your data folder")
    importing.add_argument("files", metavar="FILE", nargs="+", type=Path, help="a published text, as it is")
    importing.set_defaults(run=run_import)

    show = verbs.add_parser("show", help="print a provision in both languages, beside its norms")
    show.add_argument("address", metavar="ADDRESS", help="mail4:66.1, or a citation: 示范法第六十六条第一款")
    show.add_argument("--lang", choices=(*LANGUAGES, "both"), default="both", help="languages to print")
    show.set_defaults(run=run_show)

    coverage = verbs.add_parser("coverage", help="check that every paragraph and item has its entry")
    coverage.add_argument("--law", metavar="KEY", help="check this law only")
    coverage.set_defaults(run=run_coverage)

    listing = verbs.add_parser("list", help="list the imported texts")
    listing.set_defaults(run=run_list)

    from guiju.cli.check import add_check_verb

    add_check_verb(verbs)

    from guiju.cli.law_texts import register_texts

    register_texts(verbs)


def run_import(args: argparse.Namespace) -> int:
    """Import the files; print what was found in each."""
    from guiju.law.importing.batch import disagreements, import_files
    from guiju.law.store import TextStore

    store = TextStore()
    imported = import_files(args.files, store)
    for entry in imported:
        print(f"{entry.path.name}: {entry.text.name}: {_counted(entry.text)} ({entry.saved})")
    problems = disagreements(imported, store)
    for problem in problems:
        print(f"problem: {problem}")
    return 1 if problems else 0


def run_list(_: argparse.Namespace) -> int:
    """Print a table of the imported texts."""
    from guiju.law.store import TextStore

    texts = TextStore().all()
    if not texts:
        print(f"No text has been imported: {HOW_TO_IMPORT}")
        return 0
    columns = ("law", "language", "version", "articles", "paragraphs", "items")
    rows = [(text.law, text.language, text.version, *map(str, text.counts())) for text in texts]
    _print_table(columns, rows, numbers_from=3)
    return 0


def run_show(args: argparse.Namespace) -> int:
    """Print a provision's text, where imported, and its norms."""
    from guiju.engine.rulebook import load_rulebooks
    from guiju.law.citation import format_citation, parse_reference
    from guiju.law.store import TextStore

    books = load_rulebooks().books
    address = parse_reference(args.address, {book.key: _names(book) for book in books})
    languages: tuple[Language, ...] = LANGUAGES if args.lang == "both" else (args.lang,)
    book = next((book for book in books if book.key == address.law), None)
    store = TextStore()
    texts = {language: store.find(address.law, language) for language in LANGUAGES}
    _check_exists(address, book, [text for text in texts.values() if text])

    print(address)
    for language in languages:
        title = book.title.get(language) if book else None
        print(f"\n{format_citation(address, language, title)}")
        print(_text_or_hint(texts[language], address))
    for norm in book.norms if book else ():
        if address.contains(norm.address):
            print("\n" + "\n".join(_norm_lines(norm, languages)))
    return 0


def run_coverage(args: argparse.Namespace) -> int:
    """Print what is covered per law; 1 if an entry is missing or stands where the law has no text."""
    from guiju.engine.rulebook import load_rulebooks
    from guiju.law.coverage import coverage
    from guiju.law.errors import LawError
    from guiju.law.store import TextStore

    books = load_rulebooks().books
    chosen = [book for book in books if args.law in (None, book.key)]
    if not chosen:
        known = ", ".join(book.key for book in books)
        raise LawError(f"there is no rulebook {args.law!r}: known are {known}")
    store = TextStore()
    rows: list[tuple[str, ...]] = []
    gaps: list[str] = []
    for book in chosen:
        text = store.find(book.key, "zh")
        if text is None:
            raise LawError(f"the Chinese text of {book.key} has not been imported: {HOW_TO_IMPORT}")
        entries = [norm.address for norm in book.norms]
        found = coverage(text.addresses(), entries, book.articles_encoded)
        encoded = _ranges(book.articles_encoded) if book.articles_encoded is not None else "all"
        rows.append((book.key, *map(str, text.counts()), str(len(entries)), str(found.covered), encoded))
        gaps.extend(_gaps(book.key, found))
    columns = ("law", "articles", "paragraphs", "items", "entries", "addresses covered", "articles encoded")
    _print_table(columns, rows, numbers_from=1)
    for gap in gaps:
        print(gap)
    return 1 if gaps else 0


def _counted(text: Text) -> str:
    articles, paragraphs, items = text.counts()
    return f"{articles} articles, {paragraphs} paragraphs, {items} items"


def _names(book: Rulebook) -> list[str]:
    """Give the names a law is cited by: full title first, with and without its version, then the short."""
    full = [book.title.get(language) for language in LANGUAGES]
    short = [book.short.get(language) for language in LANGUAGES]
    return [*full, *(f"{name} {book.version}" for name in (*full, *short)), *short]


def _check_exists(address: Address, book: Rulebook | None, texts: Sequence[Text]) -> None:
    """Refuse an address of which neither a text nor a rulebook knows anything."""
    from guiju.law.errors import NoSuchProvision

    for text in texts:
        text.at(address)
    known = any(address.contains(norm.address) for norm in book.norms) if book else False
    if not texts and not known:
        raise NoSuchProvision(f"nothing is known of {address}: {HOW_TO_IMPORT}")


def _text_or_hint(text: Text | None, address: Address) -> str:
    if text is None:
        return f"  (no text imported: {HOW_TO_IMPORT})"
    return "\n".join(f"  {line}" for line in _provision_lines(text.at(address)))


def _provision_lines(provision: Article | Paragraph | Item) -> Iterator[str]:
    from guiju.law.provisions import Article, Paragraph

    if isinstance(provision, Article):
        if provision.heading:
            yield provision.heading
        for number, paragraph in enumerate(provision.paragraphs, start=1):
            first, *items = _provision_lines(paragraph)
            yield f"{number}  {first}"
            yield from items
        return
    yield provision.text
    if isinstance(provision, Paragraph):
        for number, item in enumerate(provision.items, start=1):
            yield f"   ({number}) {item.text}"


def _norm_lines(norm: Norm, languages: Sequence[str]) -> Iterator[str]:
    yield f"{norm.address}  {norm.kind}" + (f" of {norm.bearer}" if norm.bearer else "")
    yield from _bilingual("gist", norm.gist, languages)
    if norm.when_text:
        yield f"  when: {norm.when_text}"
    if norm.deadline_text:
        yield f"  deadline: {norm.deadline_text}"
    if norm.judgement:
        yield from _bilingual("left to people", norm.judgement, languages)


def _bilingual(label: str, text: Bilingual, languages: Sequence[str]) -> Iterator[str]:
    for language in languages:
        yield f"  {label} ({language}): {text.get(language)}"


def _gaps(law: str, found: Coverage) -> Iterator[str]:
    for what, addresses in (("without an entry", found.missing), ("entry without a text", found.invented)):
        if addresses:
            named = ", ".join(map(str, addresses[:_NAMED_AT_MOST]))
            more = len(addresses) - _NAMED_AT_MOST
            yield f"{law}: {len(addresses)} {what}: {named}" + (f" and {more} more" if more > 0 else "")


def _ranges(numbers: frozenset[int]) -> str:
    """Write 2, 40, 41, 42 as ``2, 40-42``."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)


def _print_table(columns: Sequence[str], rows: Sequence[Sequence[str]], *, numbers_from: int) -> None:
    from rich.box import SIMPLE
    from rich.console import Console
    from rich.table import Table

    table = Table(box=SIMPLE)
    for position, column in enumerate(columns):
        is_number = position >= numbers_from and column != "articles encoded"
        table.add_column(column, justify="right" if is_number else "left")
    for row in rows:
        table.add_row(*row)
    Console(highlight=False).print(table)
