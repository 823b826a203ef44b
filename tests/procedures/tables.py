"""The other way round: each case type as tables that a lawyer can look through on a page, to be held against its file.

`tables/<law>.<type>.yaml` says state by state who may do what, what the form asks for, what each act cannot do without
and may change, which readings are taken, who may see a case, and what is confidential or public.
`python -m tests.procedures.tables` writes them anew, for review.
"""

from __future__ import annotations

import functools
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from guiju.procedures.catalogue import built_in_types
from guiju.procedures.model import CaseType, Condition, Transition
from tests.procedures.at_hand import HERE

TABLES = HERE / "tables"


def tables_of(kind: CaseType) -> dict[str, Any]:
    """The tables of a case type."""
    acts = {t.name: t for t in kind.transitions}
    return {
        "may": {state: dict(_may(kind, state)) for state, found in kind.states.items() if found.kind != "final"},
        "asks_for": {one.name: _when(one.required) for one in kind.form.values() if one.required is not False},
        "must_give": {name: must for name, act in acts.items() if (must := list(_must(act)))},
        "may_change": {name: list(act.fills) for name, act in acts.items() if act.fills},
        "assumes": dict(kind.readings),
        "visible_to": list(kind.visible_to),
        "confidential": list(_confidential(kind)),
        "public": {one.name: list(one.fields) for one in kind.registers.values() if one.public},
    }


def _may(kind: CaseType, state: str) -> Iterator[tuple[str, list[str]]]:
    here = [transition for transition in kind.transitions if state in transition.sources]
    for role in dict.fromkeys(role for transition in here for role in transition.by):
        yield role, list(dict.fromkeys(transition.name for transition in here if role in transition.by))


def _when(required: bool | Condition) -> str:
    return required.text if isinstance(required, Condition) else "always"


def _must(act: Transition) -> Iterator[str]:
    yield from (one.name for one in act.inputs.values() if one.required is True)
    yield from act.needs


def _confidential(kind: CaseType) -> Iterator[str]:
    yield from (one.name for one in kind.fields.values() if one.confidential)
    for act in kind.transitions:
        yield from (f"{act.name}.{one.name}" for one in act.inputs.values() if one.confidential)


def path_of(key: str) -> Path:
    """Name the file of a type's tables."""
    return TABLES / f"{key.replace('/', '.')}.yaml"


@functools.cache
def expected_tables(key: str) -> Any:
    """What was looked at and found right; nothing where it was never written down."""
    path = path_of(key)
    return yaml.safe_load(path.read_text("utf-8")) if path.exists() else None


def main() -> None:
    TABLES.mkdir(exist_ok=True)
    types = built_in_types()
    for key in sys.argv[1:] or types.keys():
        text = yaml.safe_dump(tables_of(types.get(key)), sort_keys=False, width=118, default_flow_style=None)
        path_of(key).write_text(text, "utf-8")


if __name__ == "__main__":
    main()
