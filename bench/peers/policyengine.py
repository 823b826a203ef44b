"""PolicyEngine: `python -m bench.peers.policyengine FOLDER`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import numpy as np
from policyengine_core.entities import build_entity
from policyengine_core.simulations import SimulationBuilder
from policyengine_core.taxbenefitsystems import TaxBenefitSystem
from policyengine_core.variables import Variable

from bench.peers.vectorised import run, variables


def main() -> None:
    inputs = list(np.load(Path(sys.argv[1]) / "rows.npz").keys())
    entity = build_entity(key="system", plural="systems", label="An AI system", is_person=True)
    rules = TaxBenefitSystem([entity])
    rules.add_variables(*variables(Variable, entity, "year", inputs))

    def simulation(count: int) -> Any:
        return SimulationBuilder().build_default_simulation(rules, count)

    run(simulation, repeats=5)


if __name__ == "__main__":
    main()
