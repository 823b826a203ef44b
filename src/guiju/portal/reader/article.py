"""One article as a page: its provisions in both languages beside the norms, and everything that concerns it."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from dataclasses import dataclass, field

from guiju.bilingual import Bilingual
from guiju.engine.norms import Norm, Reading, Rulebook
from guiju.law.address import Address
from guiju.law.bilingual.comparison import compare_languages
from guiju.law.bilingual.differences import Difference
from guiju.law.citation import format_citation
from guiju.law.errors import LawError
from guiju.law.provisions import Article
from guiju.law.versions.changes import Change, Kind
from guiju.law.versions.comparison import compare_versions
from guiju.law.versions.words import KINDS, PHRASES
from guiju.portal.faces.books import rulebooks
from guiju.portal.faces.provisions import anchor, provision
from guiju.portal.look.components import ProvisionLink
from guiju.portal.reader.citing import Group, Reference, references_to
from guiju.portal.reader.contents import addresses_of, norms_of
from guiju.portal.reader.norms import NormCard, card, cited
from guiju.portal.reader.texts import Texts


@dataclass(slots=True)
class Passage:
    """A paragraph with its items, or an item: its anchor, its words in each language where imported, its norms."""

    address: Address
    anchor: str
    cite: Bilingual
    zh: str
    en: str
    norms: tuple[NormCard, ...]
    items: list[Passage] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Question:
    """An open question, the candidates with their reasons, and whether each stands by default."""

    reading: Reading
    cites: tuple[ProvisionLink, ...]
    candidates: tuple[tuple[str, Bilingual, bool], ...]
    own: bool
    """Whether it is about this article; else a norm of the article merely turns on it."""


@dataclass(frozen=True, slots=True)
class Differing:
    """A suspected difference of the two languages: where, of which kind, and a few words of each."""

    anchor: str
    cite: Bilingual
    meaning: Bilingual
    what: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Ancestry:
    """What a passage of the final text stems from in the draft: said in words, and the old words."""

    anchor: str
    cite: Bilingual
    said: Bilingual
    old: str


GROUPS: dict[Group, Bilingual] = {
    "breach": Bilingual(zh="违反这些规范，后果在本条", en="Norms whose breach leads here"),
    "uses": Bilingual(zh="使用本条定义的规范", en="Norms that use what is defined here"),
    "exempted": Bilingual(zh="可因本条不适用的规范", en="Norms that this article can switch off"),
    "counted": Bilingual(zh="从本条的期限起算的规范", en="Norms counted from a period of this article"),
    "scope": Bilingual(zh="适用范围", en="Scope"),
    "procedure": Bilingual(zh="办事程序的步骤、材料和期限", en="Steps, papers and clocks of procedures"),
    "letter": Bilingual(zh="文书", en="Letters"),
}


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """Everything that the page of an article shows and that does not change from request to request."""

    book: Rulebook
    number: int
    passages: tuple[Passage, ...]
    questions: tuple[Question, ...]
    references: tuple[tuple[Bilingual, tuple[Reference, ...]], ...]
    differences: tuple[Differing, ...]
    ancestry: tuple[Ancestry, ...]
    cite: Bilingual
    languages: tuple[str, ...]


@functools.lru_cache(maxsize=256)
def article_page(law: str, number: int, shelf: Texts) -> ArticlePage:
    """Put the page of an article together; kept as long as the imported texts stay the same."""
    book = rulebooks().book(law)
    address = Address(law, number)
    return ArticlePage(
        book=book,
        number=number,
        passages=_passages(law, number, shelf),
        questions=tuple(_question(one, address) for one in _readings_of(book, address, norms_of(law, number))),
        references=_grouped(references_to(law, number)),
        differences=tuple(_differing(one) for one in _differences(law, shelf) if one.address.article == number),
        ancestry=_ancestry(law, number, shelf),
        cite=Bilingual(
            zh=format_citation(address, "zh", book.title.zh), en=format_citation(address, "en", book.title.en)
        ),
        languages=shelf.languages_of(law),
    )


def _passages(law: str, number: int, shelf: Texts) -> tuple[Passage, ...]:
    norms: dict[Address, list[NormCard]] = {}
    for norm in norms_of(law, number):
        norms.setdefault(norm.address, []).append(card(norm))
    paragraphs: dict[int, Passage] = {}
    for address in addresses_of(law, number, shelf):
        assert address.paragraph is not None
        passage = Passage(
            address, anchor(address), cited(address), shelf.words(address, "zh"), shelf.words(address, "en"),
            tuple(norms.get(address, ())),
        )  # fmt: skip
        if address.item is None:
            paragraphs[address.paragraph] = passage
        else:
            paragraphs[address.paragraph].items.append(passage)
    return tuple(paragraphs.values())


def _readings_of(book: Rulebook, address: Address, norms: Iterable[Norm]) -> list[Reading]:
    """Return the open questions of an article: those that cite it, and those on which its norms turn."""
    turning = {question for norm in norms for question in norm.readings}
    return [
        reading
        for reading in book.readings
        if reading.id in turning or any(address.contains(cite) for cite in reading.cites)
    ]


def _question(reading: Reading, article: Address) -> Question:
    return Question(
        reading,
        tuple(provision(one, show_law=False) for one in reading.cites),
        tuple((name, reason, name == reading.default) for name, reason in reading.candidates.items()),
        own=any(article.contains(cite) for cite in reading.cites),
    )


def _grouped(found: Iterable[Reference]) -> tuple[tuple[Bilingual, tuple[Reference, ...]], ...]:
    listed = tuple(found)
    groups = ((label, tuple(one for one in listed if one.group == name)) for name, label in GROUPS.items())
    return tuple((label, group) for label, group in groups if group)


def _differing(one: Difference) -> Differing:
    meaning = Bilingual(zh=one.meaning("zh"), en=one.meaning("en"))
    return Differing(anchor(one.address), cited(one.address), meaning, one.what, one.chinese or "", one.english or "")


@functools.lru_cache(maxsize=4)
def _differences(law: str, shelf: Texts) -> tuple[Difference, ...]:
    chinese, english = shelf.of(law, "zh"), shelf.of(law, "en")
    if chinese is None or english is None:
        return ()
    try:
        return compare_languages(chinese, english)
    except LawError:
        return ()


@functools.lru_cache(maxsize=4)
def _changes(law: str, shelf: Texts) -> tuple[Change, ...]:
    draft, final = shelf.draft_of(law), shelf.of(law, "zh")
    if draft is None or final is None:
        return ()
    try:
        return compare_versions(draft, final)
    except LawError:
        return ()


def _ancestry(law: str, number: int, shelf: Texts) -> tuple[Ancestry, ...]:
    article = Address(law, number)
    return tuple(
        _stems(part, shelf)
        for change in _changes(law, shelf)
        if article in change.new
        for part in change.parts
        if part.new
    )


def _stems(change: Change, shelf: Texts) -> Ancestry:
    zh, en = KINDS["zh"][change.kind], KINDS["en"][change.kind]
    if change.moved:
        zh, en = f"{zh}，{PHRASES['zh']['moved']}", f"{en}, {PHRASES['en']['moved']}"
    if change.old:
        places = [cited(one) for one in change.old]
        zh = f"{zh}（草案{'、'.join(one.zh for one in places)}）"
        en = f"{en} (draft: {'; '.join(one.en for one in places)})"
    old = "" if change.kind is Kind.UNCHANGED else "\n".join(_draft_words(one, shelf) for one in change.old)
    new = change.new[0]
    return Ancestry(anchor(new), cited(new), Bilingual(zh=zh, en=en), old)


def _draft_words(address: Address, shelf: Texts) -> str:
    draft = shelf.draft_of(address.law)
    if draft is None:
        return ""
    found = draft.at(address)
    return "" if isinstance(found, Article) else found.text
