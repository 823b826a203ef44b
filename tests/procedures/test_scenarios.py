"""The scenarios: one file for each rule, run like `guiju case run`; everything that they expect must hold."""

from __future__ import annotations

from pathlib import Path

import pytest

from guiju.procedures.catalogue import built_in_types
from guiju.procedures.expectations import misses
from guiju.procedures.running import play
from guiju.procedures.script import read_script
from tests.procedures.at_hand import HERE, TYPES

SCENARIOS = sorted((HERE / "scenarios").rglob("*.yaml"))
SCRIPTS = sorted((HERE / "scripts").glob("*.yaml"))


@pytest.mark.parametrize("path", SCENARIOS, ids=[f"{path.parent.name}/{path.stem}" for path in SCENARIOS])
def test_scenario(path: Path) -> None:
    script = read_script(path)
    played = play(script, built_in_types().get(script.case_type))
    assert [miss.text("en") for miss in misses(played)] == []


@pytest.mark.parametrize("path", SCRIPTS, ids=[path.stem for path in SCRIPTS])
def test_script_of_the_engine(path: Path) -> None:
    script = read_script(path)
    assert [miss.text("en") for miss in misses(play(script, TYPES.get(script.case_type)))] == []
