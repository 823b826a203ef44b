"""What a check says: where the law has a weak place, what is weak, and a case in which it shows."""

from __future__ import annotations

from dataclasses import dataclass

from guiju.bilingual import Bilingual
from guiju.check.codes import Code
from guiju.check.example import Counterexample
from guiju.engine.collection import Rulebooks
from guiju.engine.norms import Norm
from guiju.law.address import Address
from guiju.law.citation import format_citation


@dataclass(frozen=True, slots=True)
class Place:
    """A provision, and the entry of the rulebook that stands for it. `norm` is empty where none does."""

    address: Address
    norm: str
    file: str
    line: int


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding about the law. The first place is where it shows; the others belong to it.

    `only_under` names the readings on which it depends: question and the candidates under which it holds.
    """

    code: Code
    places: tuple[Place, ...]
    message: Bilingual
    example: Counterexample | None = None
    only_under: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @property
    def key(self) -> str:
        """What stays the same from run to run: the code and the entries (or addresses) concerned."""
        return "|".join((self.code.id, *(place.norm or str(place.address) for place in self.places)))


@dataclass(frozen=True, slots=True)
class Skipped:
    """A check that could not be made for a law, and why."""

    code: Code
    law: str
    reason: Bilingual


def place_of(norm: Norm) -> Place:
    """Say where a norm stands."""
    return Place(norm.address, norm.key, norm.file, norm.line)


def place_at(books: Rulebooks, address: Address) -> Place:
    """Say where a provision stands in the rulebook: at its entry, its first one, or else at the law as a whole."""
    at = [n for n in books.norms if n.address == address] or [n for n in books.norms if address.contains(n.address)]
    if not at:
        return Place(address, "", f"{address.law}/law.yaml", 1)
    first = min(at, key=lambda norm: norm.line)
    return Place(address, first.key if len(at) == 1 else "", first.file, first.line)


def cite(address: Address) -> Bilingual:
    """Cite a provision in both languages."""
    return Bilingual(format_citation(address, "zh"), format_citation(address, "en"))


def cite_all(addresses: list[Address]) -> Bilingual:
    """Cite several provisions, each once."""
    cited = [cite(address) for address in dict.fromkeys(addresses)]
    between = " and " if len(cited) == 2 else "; "  # noqa: PLR2004 - two are joined by a word
    return Bilingual("、".join(c.zh for c in cited), between.join(c.en for c in cited))
