"""Two versions of a text compared: what each article and paragraph of the new one stems from."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from functools import cache

from guiju.law.address import Address
from guiju.law.compare import normalised
from guiju.law.errors import LawError
from guiju.law.provisions import Text
from guiju.law.versions.alignment import align_passages
from guiju.law.versions.changes import Change, Kind
from guiju.law.versions.order import out_of_order
from guiju.law.versions.passages import Passages
from guiju.law.versions.similarity import Similarity, Vector, likeness
from guiju.law.versions.wording import NO_WORDING, Wording, wording, wording_change


class VersionsUnfit(LawError):  # noqa: N818 - a finding about the two texts
    """Two texts cannot be compared word by word."""


Links = Mapping[Address, Sequence[Address]]
"""For each new address, the old ones that it stems from, the most alike first."""


def compare_versions(old: Text, new: Text) -> tuple[Change, ...]:
    """Say what became of every article, in the order of the new text, deleted ones where they stood.

    Raises VersionsUnfit if the texts are in different languages.
    """
    if old.language != new.language:
        raise VersionsUnfit(
            f"{old.name} and {new.name} are in different languages; compare languages with: guiju law bilingual"
        )
    return _Comparison(old, new).articles()


class _Comparison:
    """Links the paragraphs of the whole texts, and the items within linked paragraphs."""

    def __init__(self, old: Text, new: Text) -> None:
        self._old, self._new = Passages(old), Passages(new)
        sides = (self._old, self._new)
        words = [side.words[paragraph] for side in sides for paragraph in side.paragraphs]
        self._similarity = Similarity(words, new.language)
        self._language = new.language
        self._old_vector = cache(lambda address: self._similarity.vector(self._old.words[address]))
        self._new_vector = cache(lambda address: self._similarity.vector(self._new.words[address]))
        self._paragraphs = self._linked(self._old.paragraphs, self._new.paragraphs)

    def articles(self) -> tuple[Change, ...]:
        """Derive the articles' changes from those of their paragraphs."""
        links = {
            article: self._by_likeness(article, sources)
            for article in self._new.articles
            if (sources := self._sources_of_article(article))
        }
        told: set[Address] = set()
        changes = self._changes(self._old.articles, self._new.articles, links, links)
        return tuple(self._with_paragraphs(change, told) for change in changes)

    def _sources_of_article(self, article: Address) -> set[Address]:
        return {
            _article(old) for new, sources in self._paragraphs.items() for old in sources if _article(new) == article
        }

    def _with_paragraphs(self, change: Change, told: set[Address]) -> Change:
        """Add what became of the paragraphs; one without a successor is told once, where its article is first."""
        new = [paragraph for paragraph in self._new.paragraphs if _article(paragraph) in change.new]
        links = {paragraph: self._paragraphs[paragraph] for paragraph in new if paragraph in self._paragraphs}
        sources = {source for each in links.values() for source in each}
        survivors = {source for each in self._paragraphs.values() for source in each}
        old = [
            paragraph
            for paragraph in self._old.paragraphs
            if paragraph in sources
            or (_article(paragraph) in change.old and paragraph not in survivors and paragraph not in told)
        ]
        told.update(old)
        parts = self._changes(old, new, links, self._paragraphs)
        return replace(change, parts=tuple(self._with_items(part) for part in parts))

    def _with_items(self, change: Change) -> Change:
        old = [item for paragraph in change.old for item in self._old.items_of(paragraph)]
        new = [item for paragraph in change.new for item in self._new.items_of(paragraph)]
        links = self._linked(old, new)
        return replace(change, parts=tuple(self._changes(old, new, links, links)))

    def _linked(self, old: Sequence[Address], new: Sequence[Address]) -> Links:
        aligned = align_passages(
            [self._old_vector(each) for each in old],
            [self._new_vector(each) for each in new],
            favour=lambda i, j: likeness(self._old_vector(_article(old[i])), self._new_vector(_article(new[j]))),
        )
        found: dict[Address, set[Address]] = {}
        for link in aligned:
            found.setdefault(new[link.new], set()).add(old[link.old])
        return {address: self._by_likeness(address, sources) for address, sources in found.items()}

    def _by_likeness(self, new: Address, sources: Collection[Address]) -> list[Address]:
        vector: Vector = self._new_vector(new)
        return sorted(sources, key=lambda old: (-likeness(self._old_vector(old), vector), old))

    def _changes(self, old: Sequence[Address], new: Sequence[Address], links: Links, everywhere: Links) -> list[Change]:
        """Give one change for each new passage, and for each old one that has no successor anywhere."""
        moved = out_of_order(
            [
                (sources[0], address, likeness(self._old_vector(sources[0]), self._new_vector(address)))
                for address, sources in links.items()
            ]
        )
        changes = [self._origin(address, links.get(address, ()), everywhere, moved) for address in new]
        survivors = {source for sources in everywhere.values() for source in sources}
        for address in old:
            if address not in survivors:
                changes.insert(_place(changes, links, address), self._gone(address))
        return changes

    def _origin(
        self, address: Address, sources: Sequence[Address], everywhere: Links, moved: Collection[Address]
    ) -> Change:
        gained = self._wording([self._new.words[address]])
        if not sources:
            change = wording_change(NO_WORDING, gained, became=NO_WORDING, came_from=NO_WORDING)
            return Change(Kind.ADDED, (), (address,), wording=change)
        before = [self._old.words[source] for source in sources]
        heirs = [heir for heir, its in everywhere.items() if any(source in its for source in sources)]
        lost = self._wording(before)
        became = self._wording([self._new.words[heir] for heir in heirs])
        whole = self._similarity.vector("\n".join(before))
        return Change(
            _kind(before, self._new.words[address], len(heirs)),
            tuple(sorted(sources)),
            (address,),
            moved=address in moved,
            likeness=round(likeness(whole, self._new_vector(address)), 3),
            wording=wording_change(lost, gained, became=became, came_from=lost),
        )

    def _gone(self, address: Address) -> Change:
        lost = self._wording([self._old.words[address]])
        change = wording_change(lost, NO_WORDING, became=NO_WORDING, came_from=NO_WORDING)
        return Change(Kind.DELETED, (address,), (), wording=change)

    def _wording(self, texts: Sequence[str]) -> Wording:
        return wording(texts, self._language)


def _kind(before: Sequence[str], after: str, heirs: int) -> Kind:
    if len(before) > 1:
        return Kind.MERGED
    if heirs > 1:
        return Kind.SPLIT
    return Kind.UNCHANGED if normalised(before[0]) == normalised(after) else Kind.REWORDED


def _place(changes: Sequence[Change], links: Links, deleted: Address) -> int:
    """Find where a deleted passage stood: after the one that came just before it in the old text."""
    stood = {
        position: links[change.new[0]][0] if change.new else change.old[0]
        for position, change in enumerate(changes)
        if change.old
    }
    before = [position for position, address in stood.items() if address < deleted]
    return max(before, key=lambda position: (stood[position], position), default=-1) + 1


def _article(address: Address) -> Address:
    return Address(address.law, address.article)
