"""`guiju facts`: the words a profile is written in, and the provisions that use each."""

from __future__ import annotations

import argparse
import os
import sys
from typing import TYPE_CHECKING

from guiju.cli.arguments import add_language

if TYPE_CHECKING:
    from guiju.assess.catalogue import Word
    from guiju.engine.collection import Rulebooks
    from guiju.engine.vocabulary import FactSpec
    from guiju.law.address import Address

_SHOWN = 3
_WIDTH_IN_FILES = 120
_TEXT = {
    "organisation": {"zh": "组织的事实（写在 organisation 下）", "en": "Facts of the organisation, under organisation"},
    "system": {"zh": "系统的事实（写在 systems 的各系统下）", "en": "Facts of a system, under each of systems"},
    "events": {"zh": "事件（写在 events 下）", "en": "Events, under events"},
    "name": {"zh": "名称", "en": "name"},
    "type": {"zh": "类型", "en": "type"},
    "of": {"zh": "属于", "en": "of"},
    "question": {"zh": "问题，用到的条文", "en": "question, and the provisions that use it"},
    "choices": {"zh": "可选：", "en": "one of: "},
    "any_of": {"zh": "可选（可多选）：", "en": "any of: "},
    "planned": {"zh": "日期在将来", "en": "lies in the future"},
    "proceedings": {
        "zh": "只在主管机关的程序中产生，访谈不问",
        "en": "arises only in an authority's procedure; the interview does not ask",
    },
    "none": {"zh": "没有条文用到", "en": "no provision uses it"},
    "used": {"zh": "用到的条文：", "en": "used by:"},
}  # fmt: skip
_OWNERS = {
    "organisation": {"zh": "组织", "en": "organisation"},
    "system": {"zh": "系统", "en": "system"},
    "law": {"zh": "法律", "en": "law"},
}
_TYPES = {
    "bool": {"zh": "是否", "en": "yes or no"},
    "count": {"zh": "个数", "en": "count"},
    "number": {"zh": "数", "en": "number"},
    "money": {"zh": "金额", "en": "amount"},
    "text": {"zh": "文字", "en": "text"},
    "choice": {"zh": "单选", "en": "one of"},
    "set": {"zh": "多选", "en": "list of"},
    "event": {"zh": "事件", "en": "event"},
}


class NoSuchWordError(ValueError):
    """Somebody asked for a fact or event that does not exist."""

    def __init__(self, name: str, hint: str) -> None:
        self.name = name
        self.hint = hint
        super().__init__(self.text("en"))

    def text(self, lang: str) -> str:
        """Say it in `zh` or `en`."""
        if lang == "zh":
            return f"没有事实或者事件 `{self.name}`；" + (
                f"是否想写 `{self.hint}`？" if self.hint else "`guiju facts` 列出全部"
            )
        hint = f"did you mean `{self.hint}`?" if self.hint else "`guiju facts` lists all"
        return f"there is no fact or event `{self.name}`; {hint}"


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the verb `facts`."""
    facts = subparsers.add_parser("facts", help="the facts and events of a profile, and which provisions use them")
    facts.add_argument("names", metavar="NAME", nargs="*", help="tell all about these facts or events")
    facts.add_argument("--of", choices=("organisation", "system"), help="only facts and events of these")
    facts.add_argument("--format", choices=("text", "json"), default="text")
    add_language(facts)
    facts.set_defaults(run=_run)


def _run(args: argparse.Namespace) -> int:
    from guiju.assess.catalogue import data
    from guiju.engine.rulebook import load_rulebooks

    books = load_rulebooks()
    chosen = _chosen(books, args.names, args.of)
    if args.format == "json":
        import json

        print(json.dumps(data(books, chosen), ensure_ascii=False, indent=2))
    elif args.names:
        _print_each(books, chosen, args.lang)
    else:
        _print_tables(books, chosen, args.lang)
    return 0


def _chosen(books: Rulebooks, names: list[str], of: str | None) -> list[Word]:
    from guiju.assess.catalogue import words

    known = words(books)
    for name in names:
        if name not in known:
            from guiju.documents.errors import nearest
            from guiju.documents.messages import shown

            raise NoSuchWordError(shown(name), nearest(name, known).partition("`")[2].partition("`")[0])
    wanted = [known[name] for name in dict.fromkeys(names)] or list(known.values())
    return [word for word in wanted if of in (None, word.of)]


def _print_tables(books: Rulebooks, chosen: list[Word], lang: str) -> None:
    from rich.box import SIMPLE
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from guiju.assess.catalogue import name_of, provisions
    from guiju.engine.vocabulary import EventSpec

    used = provisions(books)
    width = None if sys.stdout.isatty() or "COLUMNS" in os.environ else _WIDTH_IN_FILES
    console = Console(width=width, highlight=False, markup=False, emoji=False)
    for part in ("organisation", "system", "events"):
        rows = [word for word in chosen if part == ("events" if isinstance(word, EventSpec) else word.of)]
        if not rows:
            continue
        table = Table(box=SIMPLE, title=_TEXT[part][lang], title_justify="left", title_style="bold", expand=True)
        table.add_column(_TEXT["name"][lang], no_wrap=True)
        table.add_column(_TEXT["of" if part == "events" else "type"][lang], no_wrap=True)
        table.add_column(_TEXT["question"][lang], overflow="fold", ratio=1)
        for word in rows:
            kind = _OWNERS[word.of][lang] if isinstance(word, EventSpec) else _TYPES[word.type][lang]
            question = Text.assemble(word.question.get(lang), (_few(used[name_of(word)]), "dim"))
            table.add_row(name_of(word), kind, question)
        console.print(table)


def _few(addresses: tuple[Address, ...]) -> str:
    few = ", ".join(str(address) for address in addresses[:_SHOWN])
    more = len(addresses) - _SHOWN
    return f"\n{few}, +{more}" if more > 0 else f"\n{few}".rstrip()


def _print_each(books: Rulebooks, chosen: list[Word], lang: str) -> None:
    from guiju.assess.catalogue import name_of, provisions

    used = provisions(books)
    for number, word in enumerate(chosen):
        name = name_of(word)
        print(("\n" if number else "") + f"{name}  ({', '.join(_kind(word, lang))})")
        print("\n".join(f"  {line}" for line in _about(word, lang)))
        print(f"  {_TEXT['used' if used[name] else 'none'][lang]}")
        for address in used[name]:
            gists = [norm.gist.get(lang) for norm in books.norms if norm.address == address]
            print(f"    {address!s:<14}  {gists[0] if gists else ''}".rstrip())


def _choices(spec: FactSpec, lang: str) -> list[str]:
    said = [(choice, spec.label(choice).get(lang)) for choice in spec.choices]
    return [choice if choice == label else f"{choice} ({label})" for choice, label in said]


def _kind(word: Word, lang: str) -> list[str]:
    from guiju.engine.vocabulary import EventSpec

    owner = _OWNERS[word.of][lang]
    if isinstance(word, EventSpec):
        return [_TYPES["event"][lang], owner, *([_TEXT["planned"][lang]] if word.planned else [])]
    return [owner, _TYPES[word.type][lang], *([word.unit.get(lang)] if word.unit else [])]


def _about(word: Word, lang: str) -> list[str]:
    from guiju.engine.vocabulary import EventSpec

    if isinstance(word, EventSpec):
        attributes = [f"{name}: {_TYPES[kind][lang]}" for name, kind in (word.attributes or {}).items()]
        return [word.question.get(lang), *attributes]
    lines = [word.question.get(lang)]
    if word.choices:
        lines.append(_TEXT["any_of" if word.type == "set" else "choices"][lang] + ", ".join(_choices(word, lang)))
    if word.help is not None:
        lines.append(word.help.get(lang))
    return lines if word.asked else [*lines, _TEXT["proceedings"][lang]]
