"""What every check works on: the rulebooks as formulas, the chosen laws, their imported texts, and shown cases."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations, product

from guiju.bilingual import Bilingual
from guiju.check.codes import Code
from guiju.check.diagnostic import Diagnostic, place_of
from guiju.check.example import Case, Claim, Counterexample, subject_of
from guiju.check.relations import Relations
from guiju.check.witness import Witness, witness
from guiju.check.world import Formula, World, questions_of
from guiju.engine.collection import Rulebooks
from guiju.engine.findings import Status
from guiju.engine.norms import Norm
from guiju.engine.values import Event, Value
from guiju.law.provisions import Text


@dataclass(frozen=True, slots=True)
class Scope:
    """Under which readings something holds: those to choose to see it, and those on which it depends."""

    choose: Mapping[str, str]
    only_under: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(slots=True)
class Context:
    """One run of the checks."""

    books: Rulebooks
    laws: tuple[str, ...]
    texts: Mapping[str, Text]
    relations: Relations
    world: World
    norms: tuple[Norm, ...] = ()
    _names: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Keep the norms of the chosen laws at hand."""
        self.norms = self.books.of(self.laws)

    def bound(self) -> list[Norm]:
        """Return the norms that a program can decide."""
        return [norm for norm in self.norms if norm.condition is not None]

    def scope(self, formula: Formula, questions: Iterable[str]) -> Scope | None:
        """Say under which readings a formula can be true: the default ones, or the nearest to them; None if never.

        `questions` are those on which the formula turns; the others do not matter.
        """
        if not self.world.possible(formula):
            return None
        default = {question: self.books.readings[question].default for question in questions}
        for chosen in self._nearest(default):
            if self.world.possible(formula, *self.world.fixed(chosen)):
                changed = {q: c for q, c in chosen.items() if c != default[q]}
                return Scope(changed, tuple(self._dependence(formula, chosen)))
        return None

    def shown(
        self,
        code: Code,
        formula: Formula,
        scope: Scope,
        claims: Sequence[tuple[Norm, Status]],
        *,
        rather_true: frozenset[str] = frozenset(),
        events: Sequence[tuple[str, str]] = (),
    ) -> Counterexample | None:
        """Make a runnable case of what a diagnostic says. `events` are names and dates to add, for clocks to run."""
        found = self.found(formula, scope, [norm for norm, _ in claims], rather_true=rather_true)
        if found is None or any(norm.subject == "law" for norm, _ in claims):
            return None
        return self.example(code, scope, [(found, claims)], events=events)

    def found(
        self,
        formula: Formula,
        scope: Scope,
        norms: Sequence[Norm],
        *,
        number: int = 1,
        rather_true: frozenset[str] = frozenset(),
        given: Mapping[str, Value] | None = None,
    ) -> Witness | None:
        """Find a case in which a formula holds, complete as far as the norms' conditions can tell."""
        asked = questions_of(norms)
        readings = {q: self.books.readings[q].default for q in asked} | dict(scope.choose)
        nodes = [node for norm in norms for node in norm.conditions]
        formulas = [formula, *self.world.fixed(readings)]
        system = f"System {number}"
        return witness(self.world, formulas, nodes, system=system, rather_true=rather_true, given=given)

    def example(
        self,
        code: Code,
        scope: Scope,
        parts: Sequence[tuple[Witness, Sequence[tuple[Norm, Status]]]],
        *,
        events: Sequence[tuple[str, str]] = (),
    ) -> Counterexample:
        """Put witnesses together into one profile, a system each, and let the engine confirm it."""
        name = self._name(code, [norm for _, claims in parts for norm, _ in claims])
        cases: list[Case] = []
        said: list[Claim] = []
        for number, (part, claims) in enumerate(parts, start=1):
            about_system = any(norm.subject == "system" for norm, _ in claims)
            system = f"System {number}" if about_system else None
            extra = tuple(Event(dt.date.fromisoformat(day), event, system) for event, day in events)
            case = Case(system, part.facts, part.events + extra)
            cases.append(case)
            said.extend(Claim(subject_of(case, name), norm, status) for norm, status in claims)
        example = Counterexample(name, tuple(cases), tuple(said), scope.choose)
        example.confirm(self.books)
        return example

    def _name(self, code: Code, norms: Sequence[Norm]) -> str:
        addresses = dict.fromkeys(str(norm.address).replace(":", "-") for norm in norms)
        name = "-".join((code.id, *addresses))
        self._names[name] = number = self._names.get(name, 0) + 1
        return name if number == 1 else f"{name}-{number}"

    def _nearest(self, default: dict[str, str]) -> Iterator[dict[str, str]]:
        """Go through all combinations of readings, those that change the fewest first."""
        for number in range(len(default) + 1):
            for changed in combinations(default, number):
                others = [[c for c in self.books.readings[q].candidates if c != default[q]] for q in changed]
                for candidates in product(*others):
                    yield {**default, **dict(zip(changed, candidates, strict=True))}

    def _dependence(self, formula: Formula, chosen: dict[str, str]) -> Iterator[tuple[str, tuple[str, ...]]]:
        for question in chosen:
            known = self.books.readings[question].candidates
            holding = tuple(
                c for c in known if self.world.possible(formula, *self.world.fixed({**chosen, question: c}))
            )
            if len(holding) < len(known):
                yield question, holding


def diagnostic(
    code: Code,
    norms: Sequence[Norm],
    message: Bilingual,
    example: Counterexample | None = None,
    scope: Scope | None = None,
) -> Diagnostic:
    """Make a diagnostic about norms."""
    return Diagnostic(code, tuple(map(place_of, norms)), message, example, scope.only_under if scope else ())
