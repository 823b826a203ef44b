"""Which passage of the old text became which of the new.

First every passage gets at most one counterpart, so that all likenesses together are greatest. Then what is left
alone looks for a second home: a passage was split or merged if what no counterpart explains yet is alike.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from guiju.law.versions.assignment import best_pairs
from guiju.law.versions.similarity import Vector, likeness

LEAST_LIKENESS: Final = 0.12
"""Below it two passages share no more than the language of any statute."""

_WEIGHT_OF_SURROUNDINGS: Final = 0.05


@dataclass(frozen=True, slots=True)
class Link:
    """The positions of an old and a new passage that belong together, and how alike they are."""

    old: int
    new: int
    likeness: float


Favour = Callable[[int, int], float]
"""How well the surroundings of an old and a new passage fit, from 0 to 1."""


def align_passages(
    old: Sequence[Vector], new: Sequence[Vector], least: float = LEAST_LIKENESS, favour: Favour | None = None
) -> tuple[Link, ...]:
    """Link old passages to new ones: one to one, split, merged, or not at all.

    ``favour`` decides where passages repeat each other: of two that are equal, each goes with its surroundings.
    """
    alike = _candidates(old, new, least)
    pairs = (pair for group in _connected(alike) for pair in _paired(group, alike, favour))
    links = [Link(*pair, alike[pair]) for pair in pairs if pair in alike]
    links += _second_homes(links, alike, old, new, least)
    return tuple(sorted(links, key=lambda link: (link.new, link.old)))


Alike = dict[tuple[int, int], float]


def _candidates(old: Sequence[Vector], new: Sequence[Vector], least: float) -> Alike:
    """Find the pairs that are alike enough; most passages share no rare gram and are never compared."""
    measured = {(i, j): likeness(left, right) for i, left in enumerate(old) for j, right in enumerate(new)}
    return {pair: measure for pair, measure in measured.items() if measure >= least}


def _connected(alike: Alike) -> Iterator[list[tuple[int, int]]]:
    """Part the candidates into groups that have no passage in common: each is solved alone."""
    groups: list[list[tuple[int, int]]] = []
    for pair in alike:
        touching = [group for group in groups if any(pair[0] == i or pair[1] == j for i, j in group)]
        groups = [group for group in groups if group not in touching]
        groups.append([pair, *(member for group in touching for member in group)])
    yield from groups


def _paired(group: Sequence[tuple[int, int]], alike: Alike, favour: Favour | None) -> Iterator[tuple[int, int]]:
    rows, columns = sorted({i for i, _ in group}), sorted({j for _, j in group})

    def weight(i: int, j: int) -> float:
        if (i, j) not in alike:
            return 0.0
        return alike[i, j] + (_WEIGHT_OF_SURROUNDINGS * favour(i, j) if favour else 0.0)

    weights = [[weight(i, j) for j in columns] for i in rows]
    yield from ((rows[row], columns[column]) for row, column in best_pairs(weights))


def _second_homes(
    links: Sequence[Link], alike: Alike, old: Sequence[Vector], new: Sequence[Vector], least: float
) -> list[Link]:
    """Link passages without a counterpart to others' counterparts, the most alike first."""
    found: list[Link] = []
    while True:
        known = [*links, *found]
        best = max(
            (
                Link(i, j, remaining)
                for (i, j) in alike
                if _is_alone(i, j, known) and (remaining := _unexplained(i, j, known, old, new)) >= least
            ),
            key=lambda link: link.likeness,
            default=None,
        )
        if best is None:
            return found
        found.append(best)


def _is_alone(i: int, j: int, links: Sequence[Link]) -> bool:
    return all(link.old != i for link in links) or all(link.new != j for link in links)


def _unexplained(i: int, j: int, links: Sequence[Link], old: Sequence[Vector], new: Sequence[Vector]) -> float:
    """Measure likeness without the grams that either passage shares with a counterpart it already has."""
    explained = {gram for link in links if link.old == i for gram in new[link.new]}
    explained |= {gram for link in links if link.new == j for gram in old[link.old]}
    return likeness({gram: weight for gram, weight in old[i].items() if gram not in explained}, new[j])
