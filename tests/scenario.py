"""Scenarios: read from YAML, turned into profiles, assessed, and compared with what they expect."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from guiju.assess.assessment import Assessment, assess
from guiju.assess.serial import finding_data
from guiju.engine.findings import Finding
from guiju.engine.rulebook import load_rulebooks
from guiju.profiles.profile import load_profile

FOLDER = Path(__file__).parent / "scenarios"
DAY = dt.date(2026, 11, 22)


@dataclass(frozen=True)
class Scenario:
    file: Path
    data: dict[str, Any]

    @property
    def name(self) -> str:
        return f"{self.file.parent.name}/{self.file.stem}: {self.data['case']}"


def all_scenarios() -> list[Scenario]:
    return [Scenario(f, d) for f in sorted(FOLDER.glob("*/*.yaml")) for d in yaml.safe_load(f.read_text("utf-8"))]


@cache
def _bases() -> dict[str, Any]:
    bases: dict[str, Any] = yaml.safe_load((FOLDER / "bases.yaml").read_text("utf-8"))
    return bases


def _base(name: str) -> tuple[dict[str, Any], dict[str, Any]]:
    own = _bases()[name]
    organisation, system = _base(own["is"]) if "is" in own else ({}, {})
    return {**organisation, **own.get("organisation", {})}, {**system, **own.get("system", {})}


def profile_of(scenario: Scenario) -> dict[str, Any]:
    data: dict[str, Any] = scenario.data.get("profile", scenario.data)
    if "base" not in data:
        return data
    organisation, system = _base(data["base"])
    organisation = {**organisation, **data.get("organisation", {})}
    system = {"name": "S", **system, **data.get("system", {})}
    events = [_of_system(event) for event in data.get("events", [])]
    return {
        "organisation": {k: v for k, v in organisation.items() if v is not None},
        "systems": [{k: v for k, v in system.items() if v is not None}],
        "events": events,
    }


def _of_system(event: dict[str, Any]) -> dict[str, Any]:
    owner = load_rulebooks().events[event["event"]].of
    return {"system": "S", **event} if owner == "system" else event


def write(scenario: Scenario, folder: Path) -> Path:
    path = folder / "profile.yaml"
    path.write_text(yaml.safe_dump(profile_of(scenario), allow_unicode=True), "utf-8")
    return path


def run(scenario: Scenario, folder: Path) -> Assessment:
    path = write(scenario, folder)
    books = load_rulebooks()
    as_of = scenario.data.get("as_of", DAY)
    return assess(load_profile(path, books), books, as_of=as_of, readings=scenario.data.get("readings", {}))


def found(assessment: Assessment, key: str, subject: str | None) -> list[Finding]:
    with_id = "#" in key
    return [
        finding
        for finding in assessment.findings
        if (finding.norm.key if with_id else str(finding.norm.address)) == key
        and (subject is None or finding.subject.name == subject)
    ]


def observed(finding: Finding) -> dict[str, Any]:
    data = finding_data(finding)
    deadline = data["deadline"] or {}
    retention = data["retention"] or {}
    return {
        "status": data["status"],
        "fulfilment": data["fulfilment"],
        "exempted_by": data["exempted_by"],
        "missing": set(data["missing"]),
        "retention": retention.get("until"),
        "fines": {f"{f.on} {f.least}-{f.most}" for f in finding.fines},
        "sums": {f"{_yuan(s.least)}-{_yuan(s.most)}" for s in finding.sums},
        **{k: deadline.get(k) for k in ("due", "earliest", "latest", "provisional", "overdue", "opens")},
    }


def _yuan(amount: Decimal | None) -> str:
    return "" if amount is None else f"{amount.normalize():f}"


def expected(value: Any) -> dict[str, Any]:
    if isinstance(value, str):
        return {"status": value}
    sets = {"missing", "fines", "sums"}
    return {k: set(v) if k in sets else str(v) if isinstance(v, dt.date) else v for k, v in value.items()}
