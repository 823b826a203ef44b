"""Where letters lie: each law's own, those that all laws share, remedies, and how people are addressed."""

from __future__ import annotations

import functools
from pathlib import Path

from guiju.documents.document import read_document
from guiju.engine.collection import Rulebooks
from guiju.engine.norms import Rulebook
from guiju.engine.rulebook import load_rulebooks
from guiju.engine.sources import BUILT_IN
from guiju.law.address import Address
from guiju.letters.model import Remedy, WrittenLetter
from guiju.letters.problems import one_problem
from guiju.letters.reading import load_letter, load_remedies
from guiju.procedures.lawbook import LawBook
from guiju.procedures.parts import hint_for

SHARED = "common"
_REMEDIES = "letters/parts/remedies.yaml"
_ADDRESSEES = "letters/parts/addressees.yaml"
_INDEX = "index"


class Shelf:
    """The letters under a folder of rulebooks, each read when it is first asked for.

    `<law>/letters/<name>.yaml` is found before `common/letters/<name>.yaml`.
    """

    def __init__(self, root: Path = BUILT_IN, books: Rulebooks | None = None) -> None:
        self.root = root
        self._books = books or load_rulebooks(BUILT_IN)
        self.book = LawBook(self._books)
        self._letters: dict[tuple[str, str], WrittenLetter] = {}
        self._remedies: dict[str, tuple[Remedy, ...]] = {}

    def names(self, law: str) -> list[str]:
        """List the letters of a law, its own and the shared ones."""
        found = {path.stem for folder in (law, SHARED) for path in self.root.glob(f"{folder}/letters/*.yaml")}
        return sorted(found - {_INDEX})

    def get(self, law: str, name: str) -> WrittenLetter:
        """Return a letter of a law. Raises LetterError if there is none, or if it is faulty."""
        key = (law, name)
        if key not in self._letters:
            path = self._path(law, name)
            self._letters[key] = load_letter(path, law, self.book, shown=str(path.relative_to(self.root)))
        return self._letters[key]

    def remedy(self, law: str, cites: tuple[str, ...]) -> Remedy:
        """Return what stands open against an act that rests on these provisions; LetterError if nobody says."""
        for remedy in self.remedies(law):
            under = [Address.parse(address) for address in remedy.acts_under]
            if not under or any(one.contains(Address.parse(cited)) for one in under for cited in cites):
                return remedy
        raise one_problem("no_remedies", str(self.root.name), law=law)

    def remedies(self, law: str) -> tuple[Remedy, ...]:
        """Return all remedies of a law, in their order; LetterError if they are faulty."""
        if law not in self._remedies:
            path = self.root / law / _REMEDIES
            if not path.exists():
                raise one_problem("no_remedies", str(path.relative_to(self.root)), law=law)
            self._remedies[law] = load_remedies(path, self.book, shown=str(path.relative_to(self.root)))
        return self._remedies[law]

    @functools.cached_property
    def addressees(self) -> dict[str, tuple[str, ...]]:
        """The fields that name a party, by the party's name, the likeliest first."""
        path = self.root / SHARED / _ADDRESSEES
        raw = read_document(path) if path.exists() else {}
        return {str(party): tuple(map(str, fields)) for party, fields in raw.items()}

    def law(self, key: str) -> Rulebook:
        """Return a law, for its title and whether it is in force."""
        return next(book for book in self._books.books if book.key == key)

    def _path(self, law: str, name: str) -> Path:
        for folder in (law, SHARED):
            path = self.root / folder / "letters" / f"{name}.yaml"
            if path.exists() and name != _INDEX:
                return path
        known = self.names(law)
        raise one_problem("no_such_letter", law, name=name, law=law, hint=hint_for(name, known), known=", ".join(known))


@functools.cache
def built_in_shelf() -> Shelf:
    """Return the letters of Guiju, once a process."""
    return Shelf()
