"""What the tests of the main job share: profiles as mappings, written to a file and assessed as a user would."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
import yaml

from guiju.assess.assessment import Assessment, assess
from guiju.engine.rulebook import load_rulebooks
from guiju.profiles.profile import load_profile

from .profiles import Assess

DAY = dt.date(2026, 11, 22)


@pytest.fixture
def assess_profile(tmp_path: Path) -> Assess:
    def run(profile: dict[str, Any], **settings: Any) -> Assessment:
        path = tmp_path / "profile.yaml"
        path.write_text(yaml.safe_dump(profile, allow_unicode=True), "utf-8")
        books = load_rulebooks()
        return assess(load_profile(path, books), books, **{"as_of": DAY, **settings})

    return run


@pytest.fixture
def provider() -> dict[str, Any]:
    """A provider outside the negative list about whom everything that matters for filing is known."""
    return {
        "organisation": {"name": "Example", "established_in_mainland": True, "is_military": False},
        "systems": [
            {
                "name": "S",
                "in_mainland": True,
                "used_only_for_research": False,
                "develops": False,
                "uses": False,
                "provides_in_own_name": True,
                "controls_operation": True,
                "on_negative_list": False,
                "registered_users": 1_300_000,
            }
        ],
        "events": [],
    }
