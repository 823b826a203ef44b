"""Change rulebooks and case types one mistake at a time, and see whether anything notices: `python -m tests.mutation`.

Prints the survivors and the share that was caught; fails below the share that is asked for (97 % by default).
"""

from __future__ import annotations

import argparse
import concurrent.futures
import functools
import os
import sys
import tempfile
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from guiju.assess.assessment import norms_about, subjects_of
from guiju.calendar.days import prc_calendar
from guiju.documents.errors import DocumentError
from guiju.engine.collection import Rulebooks
from guiju.engine.findings import SubjectCase
from guiju.engine.link import link
from guiju.engine.rulebook import load_rulebooks
from guiju.engine.sources import BUILT_IN, Sources, gather
from guiju.profiles.profile import Profile, load_profile
from tests import scenario as scenarios
from tests.mutation.cases import failing, mutants_of_types, report
from tests.mutation.cases import survivors as count_survivors
from tests.mutation.mutants import Mutant, mutants


@dataclass(frozen=True)
class Prepared:
    """A scenario with its profile already read."""

    data: dict[str, Any]
    profile: Profile
    keys: frozenset[str]

    def holds(self, books: Rulebooks) -> bool:
        """Tell whether every expectation of the scenario is met."""
        seen = self._observed(books)
        for key, value in self.data["expect"].items():
            if (value == "none") != (not seen[key]):
                return False
            wanted = {} if value == "none" else scenarios.expected(value)
            if any({name: found[name] for name in wanted} != wanted for found in seen[key]):
                return False
        return True

    def _observed(self, books: Rulebooks) -> dict[str, list[dict[str, Any]]]:
        readings = books.read(self.data.get("readings", {}))
        only = self.data.get("subject")
        seen: dict[str, list[dict[str, Any]]] = defaultdict(list)
        norms = [n for n in books.norms if n.condition is not None and (n.place in self.keys or n.key in self.keys)]
        for subject, facts, events in subjects_of(self.profile, {n.rulebook for n in norms}):
            about = [n for n in norms_about(tuple(norms), subject) if n.subject == subject.kind]
            if not about or (only is not None and subject.name != only):
                continue
            case = SubjectCase(
                books, subject, facts, events, as_of=self.data.get("as_of", scenarios.DAY),
                calendar=prc_calendar(), readings=readings,
            )  # fmt: skip
            for norm in about:
                observed = scenarios.observed(case.finding(norm))
                for key in {norm.place, norm.key} & self.keys:
                    seen[key].append(observed)
        return seen


@functools.cache
def prepared() -> tuple[Prepared, ...]:
    result = []
    with tempfile.TemporaryDirectory() as folder:
        for scenario in scenarios.all_scenarios():
            path = scenarios.write(scenario, Path(folder))
            profile = load_profile(path, load_rulebooks())
            result.append(Prepared(scenario.data, profile, frozenset(scenario.data["expect"])))
    return tuple(result)


@functools.cache
def sources() -> Sources:
    return gather(BUILT_IN)


def caught(mutant: Mutant) -> bool:
    """Tell whether a scenario fails on the mutant; one that does not even load is caught, too."""
    try:
        books = link(mutant.apply(sources()))
    except DocumentError:
        return True
    touched = _touched(books, mutant)
    near_first = sorted(prepared(), key=lambda p: not p.keys & touched)
    return any(not scenario.holds(books) for scenario in near_first)


def _touched(books: Rulebooks, mutant: Mutant) -> frozenset[str]:
    norms = [n for n in books.norms if n.place == mutant.form.address]
    return frozenset(n.place for n in norms) | frozenset(n.key for n in norms)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--least", type=float, default=97.0, help="share of mutants to catch, in percent")
    parser.add_argument(
        "--only", default="", help="only what begins with this: an address (mail4:66) or a type (mail4/)"
    )
    args = parser.parse_args()
    every = [m for m in mutants(sources()) if m.form.address.startswith(args.only)]
    wrong = [p.data["case"] for p in prepared() if not p.holds(load_rulebooks())]
    if wrong:
        print(f"the rulebooks as they are fail {len(wrong)} scenarios, so nothing can be said: {wrong[0]}")
        return 1
    unfit = dict(failing(args.only))
    for key, scenario in unfit.items():
        print(f"{key} as it is does not fit {scenario}, so nothing can be said of it")
    types = [mutant for mutant in mutants_of_types(args.only) if mutant.key not in unfit]
    with concurrent.futures.ProcessPoolExecutor(os.cpu_count()) as pool:
        survivors = _survivors(every, pool)
        survived = count_survivors(report(types, pool))
    for mutant in survivors:
        print(f"survived: {mutant.form.address}{'#' + mutant.form.id if mutant.form.id else ''}  {mutant.what}")
    shares = [
        _said("rulebooks", len(every), len(survivors), args.least),
        _said("case types", len(types), survived, args.least),
    ]
    return 0 if not unfit and min(shares) >= args.least else 1


def _survivors(every: list[Mutant], pool: concurrent.futures.Executor) -> list[Mutant]:
    survivors = []
    for n, (mutant, was_caught) in enumerate(zip(every, pool.map(caught, every, chunksize=8), strict=True), 1):
        if not was_caught:
            survivors.append(mutant)
        if n % 50 == 0:
            print(f"{n}/{len(every)} mutants, {len(survivors)} survived", file=sys.stderr)
    return survivors


def _said(what: str, planted: int, survived: int, least: float) -> float:
    share = 100 * (1 - survived / planted) if planted else 100.0
    print(f"{what}: {planted} mutants, {survived} survived: {share:.1f} % caught, {least} % asked for")
    return share


if __name__ == "__main__":
    sys.exit(main())
