"""Two versions of a text compared: what each article and paragraph of the new one stems from."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from guiju.law.address import Address
from guiju.law.compare import normalised
from guiju.law.errors import LawError
from guiju.law.provisions import Paragraph, Text
from guiju.law.versions.alignment import align_passages
from guiju.law.versions.changes import Change, Kind
from guiju.law.versions.order import out_of_order
from guiju.law.versions.similarity import Similarity, likeness
from guiju.law.versions.wording import Wording, wording, wording_change


class VersionsUnfit(LawError):  # noqa: N818 - a finding about the two texts
    """Two texts cannot be compared word by word."""


@dataclass(frozen=True, slots=True)
class Passage:
    """An article, a paragraph with its items, or an item: where it stands and all its words."""

    address: Address
    text: str


Pairs = set[tuple[Address, Address]]


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
    """Links paragraphs of the whole texts, and items within linked paragraphs."""

    def __init__(self, old: Text, new: Text) -> None:
        self._language = new.language
        self._old, self._new = _passages(old), _passages(new)
        everything = [passage.text for side in (self._old, self._new) for passage in side.paragraphs]
        self._similarity = Similarity(everything, self._language)
        self._pairs = self._linked(self._old.paragraphs, self._new.paragraphs)

    def articles(self) -> tuple[Change, ...]:
        pairs = {(_article(old), _article(new)) for old, new in self._pairs}
        changes = self._changes(self._old.articles, self._new.articles, pairs)
        shown: set[Address] = set()
        return tuple(self._with_paragraphs(change, shown) for change in changes)

    def _with_paragraphs(self, change: Change, shown: set[Address]) -> Change:
        """Add what became of the paragraphs; one that has no successor is told once, where its article is first."""
        new = [each for each in self._new.paragraphs if _article(each.address) in change.new]
        pairs = {(old, successor) for old, successor in self._pairs if successor in {each.address for each in new}}
        old = [
            each
            for each in self._old.paragraphs
            if each.address in {before for before, _ in pairs}
            or (
                _article(each.address) in change.old
                and each.address not in shown
                and each.address not in {before for before, _ in self._pairs}
            )
        ]
        shown.update(each.address for each in old)
        parts = tuple(self._with_items(part) for part in self._changes(old, new, pairs, within=self._pairs))
        return _replaced(change, parts)

    def _with_items(self, change: Change) -> Change:
        old = [item for address in change.old for item in self._old.items.get(address, ())]
        new = [item for address in change.new for item in self._new.items.get(address, ())]
        return _replaced(change, tuple(self._changes(old, new, self._linked(old, new))))

    def _linked(self, old: Sequence[Passage], new: Sequence[Passage]) -> Pairs:
        vectors = [[self._similarity.vector(passage.text) for passage in side] for side in (old, new)]
        return {(old[link.old].address, new[link.new].address) for link in align_passages(*vectors)}

    def _changes(
        self, old: Sequence[Passage], new: Sequence[Passage], pairs: Pairs, within: Pairs | None = None
    ) -> list[Change]:
        """Give one change for each new passage and for each old one that has no successor among all pairs."""
        everywhere = within or pairs
        moved = out_of_order(pairs)
        changes = [self._origin(passage, old, pairs, everywhere, moved) for passage in new]
        survivors = {before for before, _ in everywhere}
        for passage in old:
            if passage.address not in survivors:
                changes.insert(_place(changes, passage.address), self._gone(passage))
        return changes

    def _origin(
        self, passage: Passage, old: Sequence[Passage], pairs: Pairs, everywhere: Pairs, moved: set[Address]
    ) -> Change:
        sources = [each for each in old if (each.address, passage.address) in pairs]
        if not sources:
            empty = self._wording([])
            return Change(
                Kind.ADDED,
                (),
                (passage.address,),
                wording=wording_change(empty, self._wording([passage.text]), became=empty, came_from=empty),
            )
        before = "\n".join(source.text for source in sources)
        heirs = {after for source in sources for origin, after in everywhere if origin == source.address}
        return Change(
            _kind(passage, sources, heirs),
            tuple(source.address for source in sources),
            (passage.address,),
            moved=passage.address in moved,
            likeness=round(likeness(self._similarity.vector(before), self._similarity.vector(passage.text)), 3),
            wording=wording_change(
                self._wording([before]),
                self._wording([passage.text]),
                became=self._wording([self._new.text_at(address) for address in sorted(heirs)]),
                came_from=self._wording([before]),
            ),
        )

    def _gone(self, passage: Passage) -> Change:
        empty = self._wording([])
        change = wording_change(self._wording([passage.text]), empty, became=empty, came_from=empty)
        return Change(Kind.DELETED, (passage.address,), (), wording=change)

    def _wording(self, texts: Sequence[str]) -> Wording:
        return wording(texts, self._language)


@dataclass(frozen=True, slots=True)
class _Passages:
    articles: tuple[Passage, ...]
    paragraphs: tuple[Passage, ...]
    items: dict[Address, tuple[Passage, ...]]

    def text_at(self, address: Address) -> str:
        items = (item for group in self.items.values() for item in group)
        return next(each.text for each in (*self.articles, *self.paragraphs, *items) if each.address == address)


def _passages(text: Text) -> _Passages:
    articles, paragraphs, items = [], [], {}
    for article in text.articles:
        within = []
        for number, paragraph in enumerate(article.paragraphs, start=1):
            address = Address(text.law, article.number, number)
            within.append(Passage(address, _whole(paragraph)))
            items[address] = tuple(
                Passage(Address(text.law, article.number, number, position), item.text)
                for position, item in enumerate(paragraph.items, start=1)
            )
        paragraphs.extend(within)
        whole = "\n".join(passage.text for passage in within)
        articles.append(Passage(Address(text.law, article.number), whole))
    return _Passages(tuple(articles), tuple(paragraphs), items)


def _whole(paragraph: Paragraph) -> str:
    return "\n".join([paragraph.text, *(item.text for item in paragraph.items)])


def _article(address: Address) -> Address:
    return Address(address.law, address.article)


def _kind(passage: Passage, sources: Sequence[Passage], heirs: set[Address]) -> Kind:
    if len(sources) > 1:
        return Kind.MERGED
    if len(heirs) > 1:
        return Kind.SPLIT
    same = normalised(passage.text) == normalised(sources[0].text)
    return Kind.UNCHANGED if same else Kind.REWORDED


def _place(changes: Sequence[Change], deleted: Address) -> int:
    """Find where a deleted passage stood: after the one that came just before it in the old text."""
    before = [position for position, change in enumerate(changes) if change.old and change.old[-1] < deleted]
    nearest = max(before, key=lambda position: changes[position].old[-1], default=None)
    return 0 if nearest is None else nearest + 1


def _replaced(change: Change, parts: tuple[Change, ...]) -> Change:
    return Change(change.kind, change.old, change.new, change.moved, change.likeness, change.wording, parts)
