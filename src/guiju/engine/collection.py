"""The rulebooks, linked: what everything else asks for norms, facts and readings."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from guiju.bilingual import Bilingual
from guiju.documents.errors import nearest
from guiju.engine.evaluation import Web
from guiju.engine.expression import Node, Pool
from guiju.engine.norms import Norm, Reading, Rulebook
from guiju.engine.vocabulary import EventSpec, FactSpec, PartySpec


class UnknownNameError(ValueError):
    """Somebody asked for a rulebook, reading or fact that does not exist."""


@dataclass(frozen=True, slots=True)
class Impossible:
    """A condition that cannot be true of any profile, and why."""

    node: Node
    because: Bilingual
    text: str


@dataclass(slots=True, eq=False)
class Rulebooks:
    """All laws, over one vocabulary. Immutable once linked; equal only to itself."""

    pool: Pool
    facts: dict[str, FactSpec]
    names: dict[str, FactSpec]
    """The `name` facts of organisation and system; text that no condition uses."""
    events: dict[str, EventSpec]
    parties: dict[str, PartySpec]
    impossible: tuple[Impossible, ...] = ()
    books: tuple[Rulebook, ...] = ()
    norms: tuple[Norm, ...] = ()
    readings: dict[str, Reading] = field(default_factory=dict)

    def book(self, key: str) -> Rulebook:
        """Return a rulebook by key; raises UnknownNameError with the keys there are."""
        for book in self.books:
            if book.key == key:
                return book
        known = ", ".join(book.key for book in self.books)
        raise UnknownNameError(f"there is no rulebook `{key}`; there are: {known}")

    def of(self, keys: Iterable[str] | None) -> tuple[Norm, ...]:
        """Return the norms of the named rulebooks, or of all."""
        if keys is None:
            return self.norms
        wanted = {self.book(key).key for key in keys}
        return tuple(norm for norm in self.norms if norm.rulebook in wanted)

    def read(self, chosen: Mapping[str, str]) -> dict[str, str]:
        """Complete chosen readings with the defaults; raises UnknownNameError for what does not exist."""
        result = {reading.id: reading.default for reading in self.readings.values()}
        for question, candidate in chosen.items():
            reading = self.readings.get(question)
            if reading is None:
                hint = nearest(question, self.readings)
                known = ", ".join(sorted(self.readings))
                raise UnknownNameError(f"there is no reading `{question}`; {hint or 'there are: ' + known}")
            if candidate not in reading.candidates:
                known = ", ".join(reading.candidates)
                raise UnknownNameError(f"reading `{question}` has no candidate `{candidate}`; there are: {known}")
            result[question] = candidate
        return result

    @property
    def web(self) -> Web:
        """How the conditions hang together; made when it is first asked for."""
        return _web(self)


@functools.lru_cache(maxsize=8)
def _web(books: Rulebooks) -> Web:
    return Web(books.pool.nodes)
