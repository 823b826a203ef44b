"""How values, subjects and provisions are called in a sentence, in either language."""

from __future__ import annotations

from guiju.bilingual import Bilingual
from guiju.engine.collection import Rulebooks, UnknownNameError
from guiju.engine.findings import Status
from guiju.engine.values import AtLeast, Value
from guiju.law.address import Address
from guiju.law.citation import format_citation, parse_reference

STATUS: dict[Status, Bilingual] = {
    "applies": Bilingual("适用", "applies"),
    "does_not_apply": Bilingual("不适用", "does not apply"),
    "exempt": Bilingual("豁免", "exempt"),
    "undetermined": Bilingual("待定", "undetermined"),
}
_WORDS = {
    True: Bilingual("是", "yes"),
    False: Bilingual("否", "no"),
    None: Bilingual("未知", "unknown"),
}


def value_text(value: Value | AtLeast | dict[str, int] | list[str], lang: str) -> str:
    """Say a value: yes, unknown, 1,300,000, text and image."""
    if value is None or isinstance(value, bool):
        return _WORDS[value].get(lang)
    if isinstance(value, AtLeast):
        value = {"at_least": value.least}
    if isinstance(value, dict):
        return f"至少{value['at_least']}" if lang == "zh" else f"at least {value['at_least']}"
    if isinstance(value, frozenset | list):
        return ("、" if lang == "zh" else ", ").join(sorted(value)) or ("无" if lang == "zh" else "none")
    return value if isinstance(value, str) else f"{value:,}"


def citation(address: Address, books: Rulebooks, lang: str) -> str:
    """Cite a provision the way lawyers do, with the title of its law."""
    title = books.book(address.law).title.get(lang)
    return format_citation(address, "zh" if lang == "zh" else "en", title)


def find_address(text: str, books: Rulebooks) -> Address:
    """Read an address or a citation; raises AddressError, CitationError or UnknownNameError."""
    titles = {book.key: (book.title.zh, book.title.en, book.short.zh, book.short.en) for book in books.books}
    address = parse_reference(text, titles)
    if not any(address.contains(norm.address) for norm in books.norms):
        book = books.book(address.law)
        if address.article > book.articles:
            raise UnknownNameError(f"{address}: the law has {book.articles} articles")
        known = "there is no such provision among those encoded so far; see `guiju law coverage`"
        raise UnknownNameError(f"{address}: {known}")
    return address
