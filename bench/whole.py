"""The main job itself: a whole profile with all proofs, and `guiju assess` as a process."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

from bench.subject import AS_OF
from bench.timing import Line, Section, medians
from guiju.assess.assessment import assess, subjects_of
from guiju.calendar.days import prc_calendar
from guiju.engine.decide import binding_decider
from guiju.engine.findings import Finding, SubjectCase
from guiju.engine.norms import Norm
from guiju.engine.rows import row_of
from guiju.engine.rulebook import load_rulebooks
from guiju.profiles.profile import load_profile

EXAMPLE = Path(__file__).resolve().parent.parent / "examples" / "xinghe-chat.yaml"
FIRST_SLICE = {2, *range(40, 51), 53, 54, 57, *range(62, 72), 74, 96, 97, 99, 108, *range(110, 115)}
"""Articles of mail4 that the goal was set for; the rest of the law came later."""
GOAL_PROFILE = "goal: a profile in 2 ms"
GOAL_PROCESS = "goal: a process in 0.5 s"


def profile_section() -> Section:
    """Time findings: the first slice, both laws whole, with and without proofs, one system and all of them."""
    books = load_rulebooks()
    profile = load_profile(EXAMPLE, books)
    alone = replace(profile, systems=profile.systems[:1])
    subject, facts, events = next(subjects_of(alone, {"mail4", "genai"}))
    chosen = books.read({})
    own = [norm for norm in books.norms if norm.condition is not None and norm.subject == "system"]
    sliced = [norm for norm in own if norm.rulebook == "genai" or norm.address.article in FIRST_SLICE]

    def findings(norms: list[Norm]) -> list[Finding]:
        case = SubjectCase(books, subject, facts, events, as_of=AS_OF, calendar=prc_calendar(), readings=chosen)
        return case.findings(norms)

    decide = binding_decider(own, chosen)
    row = row_of(books.pool.nodes, facts, events, AS_OF)
    works = {
        f"one system, first slice, {len(sliced)} norms with proofs": lambda: findings(sliced),
        f"one system, both laws, {len(own)} norms with proofs": lambda: findings(own),
        f"one system, both laws, {len(own)} norms without proofs": lambda: decide(row),
        f"{len(profile.systems)} systems, both laws, with proofs": lambda: assess(profile, books, as_of=AS_OF),
    }
    lines = [Line(GOAL_PROFILE, 0.002), *(Line(name, seconds) for name, seconds in medians(works).items())]
    return Section(f"Findings: {EXAMPLE.name}", lines, GOAL_PROFILE)


def process_section() -> Section:
    assessed = [sys.executable, "-m", "guiju", "assess", str(EXAMPLE), "--as-of", AS_OF.isoformat()]
    works = {
        "guiju assess": lambda: _run(assessed),
        "guiju assess --format json": lambda: _run([*assessed, "--format", "json"]),
        "python -c pass": lambda: _run([sys.executable, "-c", "pass"]),
    }
    lines = [Line(GOAL_PROCESS, 0.5), *(Line(name, seconds) for name, seconds in medians(works, 9).items())]
    return Section("As a process, wall clock", lines, GOAL_PROCESS)


def slowest_imports(count: int = 12) -> list[str]:
    """List the imports of `guiju assess` that take longest with all that they import, in milliseconds."""
    command = [sys.executable, "-X", "importtime", "-m", "guiju", "assess", str(EXAMPLE), "--as-of", AS_OF.isoformat()]
    traced = subprocess.run(command, capture_output=True, text=True, check=True, env=_quiet())
    rows = re.findall(r"import time:\s+(\d+) \|\s+(\d+) \| +(\S+)", traced.stderr)
    slowest = sorted(rows, key=lambda row: -int(row[1]))[:count]
    return [f"{int(together) / 1000:7.1f} ms  {name}" for _, together, name in slowest]


def _run(command: list[str]) -> None:
    subprocess.run(command, capture_output=True, check=True, env=_quiet())


def _quiet() -> dict[str, str]:
    return {**os.environ, "NO_COLOR": "1"}
