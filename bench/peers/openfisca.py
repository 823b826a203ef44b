"""OpenFisca: `python -m bench.peers.openfisca FOLDER`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import numpy as np
from openfisca_core.entities import build_entity
from openfisca_core.periods import DateUnit
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

from bench.peers.vectorised import run, variables


def main() -> None:
    inputs = list(np.load(Path(sys.argv[1]) / "rows.npz").keys())
    entity = build_entity(key="system", plural="systems", label="An AI system", is_person=True)
    rules = TaxBenefitSystem([entity])
    rules.add_variables(*variables(Variable, entity, DateUnit.YEAR, inputs))

    def simulation(count: int) -> Any:
        return SimulationBuilder().build_default_simulation(rules, count)

    run(simulation, repeats=5)


if __name__ == "__main__":
    main()
