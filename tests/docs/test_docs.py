"""What the docs show is what happens: every `console` block is run, in order, and its output compared.

A line `$ command` is run by the shell in a copy of the repository's examples; the lines below it are what it must
print, where `...` stands for anything. A command without lines below must only succeed. A block that begins with
`# exit 2` must end with that status; one that begins with `# needs ../shared` reads the laws' texts.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"
PAGES = sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md")])
_BLOCK = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Command:
    line: str
    output: str
    status: int


def commands(page: Path) -> list[Command]:
    found: list[Command] = []
    for block in _BLOCK.findall(page.read_text("utf-8")):
        status = 0
        for line in block.splitlines():
            if line.startswith("# exit "):
                status = int(line.removeprefix("# exit "))
            elif line.startswith("$ "):
                found.append(Command(line[2:], "", status))
            elif found and not line.startswith("# "):
                found[-1] = Command(found[-1].line, found[-1].output + line + "\n", status)
    return found


def matches(shown: str, seen: str) -> bool:
    pattern = ".*".join(re.escape(part) for part in shown.strip().split("..."))
    return re.fullmatch(pattern, seen.strip(), re.DOTALL) is not None


@pytest.fixture
def sandbox(tmp_path: Path) -> Path:
    home = tmp_path / "repository"
    home.mkdir()
    shutil.copytree(ROOT / "examples", home / "examples")
    if SHARED.is_dir():
        (tmp_path / "shared").symlink_to(SHARED)
    return home


@pytest.mark.docs
@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_page(page: Path, sandbox: Path, tmp_path: Path) -> None:
    if "# needs ../shared" in page.read_text("utf-8") and not SHARED.is_dir():
        pytest.skip("shows the laws' texts, which lie in ../shared and are never committed")
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "GUIJU_DATA": str(tmp_path / "data"), "COLUMNS": "100"}
    for command in commands(page):
        done = subprocess.run(
            command.line, shell=True, cwd=sandbox, env=environment, capture_output=True, text=True, check=False
        )
        seen = done.stdout + done.stderr
        assert done.returncode == command.status, f"$ {command.line}\n{seen}"
        assert not command.output or matches(command.output, seen), f"$ {command.line}\n{seen}"


def test_the_comparison_notices_a_difference() -> None:
    assert matches("due 2026-10-16 ...", "due 2026-10-16 Friday")
    assert not matches("due 2026-10-17 ...", "due 2026-10-16 Friday")
