"""Plant the mistakes in the case types, and see whether the loader, a scenario or a test of all types notices."""

from __future__ import annotations

import functools
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from concurrent.futures import Executor

from guiju.documents.document import decode, read_bytes, survey_document
from guiju.documents.marked import Map
from guiju.procedures.catalogue import Catalogue, built_in_types
from guiju.procedures.expectations import misses
from guiju.procedures.loading import read_case_type
from guiju.procedures.model import CaseType
from guiju.procedures.problems import ProcedureError
from guiju.procedures.running import play
from guiju.procedures.script import Script, read_script
from tests.mutation.case_mutants import CaseMutant, case_mutants
from tests.procedures.at_hand import HERE
from tests.procedures.tables import expected_tables, path_of, tables_of


@functools.cache
def _types() -> Catalogue:
    return built_in_types()


@functools.cache
def document_of(key: str) -> Map:
    """The document of a case type, as written."""
    path = _types().path_of_type(key)
    raw, faults = survey_document(decode(read_bytes(path), path.name), path.name)
    assert isinstance(raw, Map)
    assert not faults
    return raw


@functools.cache
def _scripts() -> dict[str, list[tuple[Script, frozenset[str]]]]:
    found = defaultdict(list)
    for path in sorted((HERE / "scenarios").rglob("*.yaml")):
        script = read_script(path)
        kind = _types().get(script.case_type)
        acts = {step.do for step in script.steps if step.do is not None}
        if any(one.what == "open_to" for step in script.steps for one in step.expect):
            acts |= {transition.name for transition in kind.transitions}
        # Whatever runs out by itself may happen in any of them.
        acts |= {transition.name for transition in kind.transitions if transition.automatic}
        found[kind.key].append((script, frozenset(acts)))
    return found


def mutants_of_types(only: str) -> list[CaseMutant]:
    """Every mutant of the case types whose key begins with a text."""
    keys = [key for key in _types().keys() if key.startswith(only)]  # noqa: SIM118 - a catalogue is no mapping
    return [mutant for key in keys for mutant in case_mutants(key, document_of(key), _types().get(key))]


def failing(only: str) -> Iterator[tuple[str, str]]:
    """The types of which nothing can be said, with a scenario or table that does not fit them as they are."""
    for key in _types().keys():  # noqa: SIM118 - a catalogue is no mapping
        if key.startswith(only):
            kind = _types().get(key)
            wrong = [script.file for script, _ in _scripts()[key] if not _holds(script, kind)]
            if tables_of(kind) != expected_tables(key):
                wrong.append(path_of(key).name)
            if wrong:
                yield key, wrong[0]


def caught_case(mutant: CaseMutant) -> str:
    """Say who notices a mutant: `loader`, `scenario`, only the `tables`, or nobody."""
    law, _, name = mutant.key.partition("/")
    try:
        kind = read_case_type(mutant.document(document_of(mutant.key)), law, _types().book, file=name, stem=name)
    except ProcedureError:
        return "loader"
    if mutant.default is not None:
        kind.readings[mutant.default[0]] = mutant.default[1]
    changed = tables_of(kind) != expected_tables(mutant.key)
    touched = [script for script, acts in _scripts()[mutant.key] if not mutant.acts or acts & mutant.acts]
    if any(not _holds(script, kind) for script in touched):
        return "scenario"
    return "tables" if changed else ""


def _holds(script: Script, kind: CaseType) -> bool:
    try:
        return not misses(play(script, kind))
    except ValueError:
        return False


def report(mutants: list[CaseMutant], pool: Executor) -> Iterator[str]:
    """Run every mutant, name the survivors with file and line, and count each type."""
    planted: Counter[str] = Counter(mutant.key for mutant in mutants)
    by: dict[str, Counter[str]] = defaultdict(Counter)
    for mutant, who in zip(mutants, pool.map(caught_case, mutants, chunksize=16), strict=True):
        by[mutant.key][who] += 1
        if not who:
            law, _, name = mutant.key.partition("/")
            yield f"survived: {law}/procedures/{name}.yaml:{mutant.line}  {mutant.place}: {mutant.what}"
    for key, count in planted.items():
        how = ", ".join(f"{by[key][who]} by {who}" for who in ("loader", "scenario", "tables"))
        yield f"{key}: {count} mutants, {by[key]['']} survived; caught {how}"


def survivors(lines: Iterable[str]) -> int:
    """Print the lines of a report and count the survivors in them."""
    found = 0
    for line in lines:
        print(line)
        found += line.startswith("survived: ")
    return found
