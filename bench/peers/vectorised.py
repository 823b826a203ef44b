"""What the two vectorised peers have in common: the six norms as variables with formulas over arrays."""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

PERIOD = "2026"
RULES = tuple(f"r{number}" for number in range(6))

TERMS: dict[str, Callable[[Callable[[str], Any]], Any]] = {
    "in_scope": lambda get: get("in_mainland") | get("affects_china"),
    "provider": lambda get: get("provides_in_own_name") & get("controls_operation"),
    "developer": lambda get: get("develops") & ~get("only_auxiliary_technology"),
    "research": lambda get: get("used_only_for_research") & get("research_is_noncommercial")
    & get("research_data_lawful") & get("research_has_safeguards") & get("research_keeps_records"),
    "bound": lambda get: ~get("is_military") & ~get("research"),
    "active": lambda get: (get("developer") | get("provider")) & get("bound"),
    "tier": lambda get: get("in_scope") & get("provider") & get("bound") & ~get("on_negative_list"),
    "r0": lambda get: get("tier") & (get("registered_users") > 1_000_000),
    "r1": lambda get: get("tier") & (get("registered_users") > 10_000) & (get("registered_users") < 1_000_000),
    "r2": lambda get: get("in_scope") & get("active") & get("on_negative_list"),
    "r3": lambda get: get("active") & ~get("in_mainland") & get("affects_china"),
    "r4": lambda get: get("in_scope") & get("developer") & get("bound") & (get("is_foundation_model")
    | (get("derives_from_foundation_model")
       & (get("has_equivalent_general_capability") | get("extends_capability_with_risk")))),
    "r5": lambda get: get("is_generative") & get("serves_mainland_public") & get("has_public_opinion_attributes")
    & (get("provides_directly_to_users") | get("provides_in_own_name")),
}  # fmt: skip


def variables(base: type, entity: Any, period: Any, inputs: list[str]) -> list[type]:
    """Make the peer's variable classes: one an input, one a term or rule with its formula."""
    common = {"entity": entity, "definition_period": period, "label": "x", "reference": "https://example.org"}
    made = [
        type(name, (base,), common | {"value_type": int if name == "registered_users" else bool}) for name in inputs
    ]
    for name, term in TERMS.items():
        made.append(type(name, (base,), common | {"value_type": bool, "formula": _formula(term)}))
    return made


def _formula(term: Callable[[Callable[[str], Any]], Any]) -> Callable[..., Any]:
    def formula(population: Any, period: Any) -> Any:
        return term(lambda name: population(name, period))

    return formula


def run(simulation: Callable[[int], Any], repeats: int) -> None:
    """Load the rows, ask for the six rules (each time in a new simulation, loaded apart), save answers and time."""
    folder = Path(sys.argv[1])
    rows = dict(np.load(folder / "rows.npz"))
    count = len(rows["registered_users"])
    times, answers = [], {}
    for _ in range(repeats):
        one = simulation(count)
        for name, values in rows.items():
            one.set_input(name, PERIOD, values)
        start = time.perf_counter()
        answers = {rule: one.calculate(rule, PERIOD) for rule in RULES}
        times.append(time.perf_counter() - start)
    np.savez(folder / "answers.npz", **{rule: np.asarray(answer) for rule, answer in answers.items()})
    (folder / "time.json").write_text(json.dumps(statistics.median(times)), "utf-8")
