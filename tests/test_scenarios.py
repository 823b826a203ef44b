"""The law, case by case: every scenario in tests/scenarios gives the findings that a lawyer expects."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import scenario as scenarios


@pytest.mark.parametrize("scenario", scenarios.all_scenarios(), ids=lambda s: s.name)
def test_scenario(scenario: scenarios.Scenario, tmp_path: Path) -> None:
    assessment = scenarios.run(scenario, tmp_path)
    for key, value in scenario.data["expect"].items():
        findings = scenarios.found(assessment, key, scenario.data.get("subject"))
        if value == "none":
            assert not findings, f"{key} has a finding"
            continue
        assert findings, f"{key} has no finding"
        wanted = scenarios.expected(value)
        for finding in findings:
            seen = scenarios.observed(finding)
            assert {name: seen[name] for name in wanted} == wanted, finding.norm.key
