"""Assess a counter-example from a file, as anybody would, and compare what is seen with what was claimed."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from guiju.assess.assessment import assess
from guiju.check.diagnostic import Diagnostic
from guiju.check.run import Result
from guiju.check.serial import profile_name, profile_text
from guiju.profiles.profile import load_profile

TODAY = dt.date(2026, 11, 22)


def seen_as_claimed(result: Result, diagnostic: Diagnostic, folder: Path) -> bool:
    """Write the profile, load it, assess it, and look for every claimed status."""
    example = diagnostic.example
    assert example is not None
    path = folder / profile_name(diagnostic)
    path.write_text(profile_text(result, diagnostic), "utf-8")
    profile = load_profile(path, result.books)
    assessment = assess(profile, result.books, as_of=TODAY, readings=example.readings)
    statuses = {(finding.subject, finding.norm.key): finding.status for finding in assessment.findings}
    claimed = {(claim.subject, claim.norm.key): claim.status for claim in example.claims}
    assert claimed
    assert {key: statuses.get(key) for key in claimed} == claimed
    return True
