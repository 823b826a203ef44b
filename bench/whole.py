"""The main job itself: a whole profile with all proofs, and `guiju assess` as a process."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from bench.subject import AS_OF
from bench.timing import Line, Section, medians
from guiju.assess.assessment import assess
from guiju.engine.rulebook import load_rulebooks
from guiju.profiles.profile import load_profile

EXAMPLE = Path(__file__).resolve().parent.parent / "examples" / "xinghe-chat.yaml"
GOAL_PROFILE = "goal: a profile in 2 ms"
GOAL_PROCESS = "goal: a process in 0.5 s"


def profile_section() -> Section:
    books = load_rulebooks()
    profile = load_profile(EXAMPLE, books)
    one = assess(profile, books, as_of=AS_OF)
    what = f"{len(profile.systems)} systems, {len(one.findings)} findings with proofs"
    found = medians({what: lambda: assess(profile, books, as_of=AS_OF)})
    lines = [Line(GOAL_PROFILE, 0.002), *(Line(name, seconds) for name, seconds in found.items())]
    lines.append(Line("the same, a system", found[what] / max(1, len(profile.systems))))
    return Section(f"The whole slice: {EXAMPLE.name}", lines, GOAL_PROFILE)


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
