"""Run the checks: every law, every check, or those that were asked for."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from guiju.check import bearers, clocks, codes, consequences, gaps, overlaps, reach, references, remedies, starts, terms
from guiju.check.codes import CODES, SEVERITIES, Code
from guiju.check.context import Context
from guiju.check.diagnostic import Diagnostic, Skipped
from guiju.check.relations import Relations, load_relations
from guiju.check.world import World
from guiju.engine.collection import Rulebooks
from guiju.engine.norms import Rulebook
from guiju.law.provisions import Text

Check = Callable[[Context], Iterator[Diagnostic] | Iterator[Diagnostic | Skipped]]

CHECKS: tuple[tuple[Code, Check], ...] = (
    (codes.G101, gaps.gaps_on_scales),
    (codes.G102, gaps.gaps_by_readings),
    (codes.G103, overlaps.overlaps),
    (codes.G103, overlaps.double_fines),
    (codes.G104, overlaps.touching_ranges),
    (codes.G105, overlaps.shares_without_floor),
    (codes.G201, reach.unreachable),
    (codes.G202, reach.always_true),
    (codes.G203, reach.always_exempt),
    (codes.G301, starts.periods_without_start),
    (codes.G302, starts.records_without_period),
    (codes.G303, starts.regular_without_interval),
    (codes.G304, clocks.no_first_time),
    (codes.G305, clocks.conflicting),
    (codes.G306, clocks.impossible_notice),
    (codes.G401, consequences.without_consequence),
    (codes.G402, consequences.missed),
    (codes.G403, remedies.without_procedure),
    (codes.G404, remedies.without_remedy),
    (codes.G501, references.unstated_requirements),
    (codes.G502, terms.undefined_terms),
    (codes.G503, references.missing_targets),
    (codes.G504, references.unfit_targets),
    (codes.G601, bearers.excluded),
    (codes.G602, bearers.presupposing),
)


@dataclass(frozen=True, slots=True)
class Result:
    """What the checks of some laws found, the gravest first, and what could not be checked."""

    books: Rulebooks
    laws: tuple[Rulebook, ...]
    diagnostics: tuple[Diagnostic, ...]
    skipped: tuple[Skipped, ...]
    checked: tuple[Code, ...]

    def of(self, code: Code) -> tuple[Diagnostic, ...]:
        """Return the diagnostics of one code."""
        return tuple(d for d in self.diagnostics if d.code is code)


def check(
    books: Rulebooks,
    *,
    laws: Iterable[str] | None = None,
    texts: Mapping[str, Text] | None = None,
    only: Sequence[Code] = (),
    relations: Relations | None = None,
) -> Result:
    """Check laws. `texts` are the imported Chinese texts by law; checks that read them are skipped without.

    Raises UnknownNameError for a law that does not exist, DisagreementError where solver and engine differ.
    """
    chosen = tuple(books.book(key) for key in laws) if laws is not None else books.books
    wanted = tuple(only) or tuple(CODES.values())
    keys = tuple(book.key for book in chosen)
    context = Context(books, keys, texts or {}, relations or load_relations(), World(books))
    found: list[Diagnostic] = []
    skipped: list[Skipped] = []
    for code, run in CHECKS:
        if code in wanted:
            for said in run(context):
                (skipped if isinstance(said, Skipped) else found).append(said)  # type: ignore[arg-type]
    found = _merged(found)
    order = {code.id: n for n, code in enumerate(CODES.values())}
    found.sort(key=lambda d: (SEVERITIES.index(d.code.severity), order[d.code.id], d.places[0].address, d.key))
    return Result(books, chosen, tuple(found), tuple(skipped), wanted)


def _merged(found: list[Diagnostic]) -> list[Diagnostic]:
    """Join what would be said twice in the same words: several entries at one address, one finding about it."""
    said: dict[tuple[str, str], Diagnostic] = {}
    for diagnostic in found:
        key = (diagnostic.code.id, diagnostic.places[0].address.law + diagnostic.message.zh)
        known = said.get(key)
        if known is not None:
            places = tuple(dict.fromkeys((*known.places, *diagnostic.places)))
            said[key] = dataclasses.replace(known, places=places)
        else:
            said[key] = diagnostic
    return list(said.values())
