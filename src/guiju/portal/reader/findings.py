"""What the checks of the law found (`guiju law check`), worked out once for a state of rulebooks and texts.

The checks take seconds and a solver, so no request waits for them: the first one starts them as a process of its own,
and whoever asks meanwhile is told that they are under way. The answer lies in the site's folder under the digest of
what it was made from.
"""

from __future__ import annotations

import functools
import hashlib
import json
import logging
import re
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal

from django.conf import settings

import guiju
from guiju.bilingual import Bilingual
from guiju.check.codes import CODES, Code
from guiju.engine.sources import BUILT_IN
from guiju.law.address import Address
from guiju.law.store import data_folder
from guiju.portal.faces.books import rulebooks
from guiju.portal.reader.texts import Stamp, stamp_of

_TRY_AGAIN_AFTER = 120
"""Seconds after which checks that were started and never answered are started again."""
_logger = logging.getLogger(__name__)
_KEY = re.compile(r"[a-z]+(?:_[a-z0-9]+)+", re.ASCII)
State = Literal["ready", "under_way", "no_solver"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding: its code, what is said, where, under which readings, and a profile that shows it, if any."""

    code: Code
    message: Bilingual
    places: tuple[Address, ...]
    only_under: tuple[tuple[str, tuple[str, ...]], ...]
    example: str
    command: str


@dataclass(frozen=True, slots=True)
class Findings:
    """What was found, in the order of the checks, and which checks could not be made for want of a text."""

    state: State
    found: tuple[Finding, ...] = ()
    skipped: tuple[tuple[str, str, Bilingual], ...] = ()

    def at(self, law: str, article: int) -> tuple[Finding, ...]:
        """Return the findings that concern an article."""
        return tuple(one for one in self.found if any((p.law, p.article) == (law, article) for p in one.places))


def findings(*, start: bool = True) -> Findings:
    """Return what the checks found, or that they are still under way; never waits for them."""
    path = place()
    if path.is_file():
        try:
            return _read(path)
        except (ValueError, KeyError, TypeError):
            # Somebody else's file, or a damaged one: the checks are made anew.
            path.unlink(missing_ok=True)
    if find_spec("z3") is None:
        return Findings("no_solver")
    if start:
        _start(path)
    return Findings("under_way")


def place() -> Path:
    """Name the file in which the findings of the rulebooks and texts as they now are lie, or will lie."""
    folder = data_folder()
    return settings.CONFIGURATION.folder / "law-checks" / f"{_digest(stamp_of(folder))}.json"


def work_out(path: Path) -> None:
    """Make the findings here and now. Raises CalledProcessError where the checks fail."""
    path.parent.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "guiju", "law", "check", "--format", "json", "--output", str(path)]
    subprocess.run(command, check=True, capture_output=True)


def _start(path: Path) -> None:
    """Start the checks unless somebody has; which of several workers does is settled by who makes the mark."""
    mark = path.with_suffix(".started")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if mark.exists() and time.time() - mark.stat().st_mtime > _TRY_AGAIN_AFTER:
            mark.unlink(missing_ok=True)
        mark.touch(exist_ok=False)
    except FileExistsError:
        return
    except OSError:
        _logger.warning("the folder of the law's checks cannot be written", extra={"event": "law_checks"})
        return
    threading.Thread(target=_work_out_quietly, args=(path,), name="law-checks", daemon=True).start()


def _work_out_quietly(path: Path) -> None:
    try:
        work_out(path)
    except (OSError, subprocess.CalledProcessError):
        _logger.warning("the checks of the law came to no end", extra={"event": "law_checks"})


@functools.lru_cache(maxsize=4)
def _digest(stamp: Stamp) -> str:
    digest = hashlib.sha256(f"{guiju.__version__}{stamp}".encode())
    checks = Path(guiju.__file__).parent / "check"
    for path in (*sorted(BUILT_IN.glob("*/*.yaml")), *sorted(checks.glob("*.py")), *sorted(checks.glob("*.yaml"))):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:24]


@functools.lru_cache(maxsize=2)
def _read(path: Path) -> Findings:
    data = json.loads(path.read_text("utf-8"))
    skipped = tuple((one["code"], one["law"], Bilingual(**one["reason"])) for one in data["skipped"])
    return Findings("ready", tuple(map(_finding, data["diagnostics"])), skipped)


def _finding(data: dict[str, Any]) -> Finding:
    example = data["counterexample"] or {}
    return Finding(
        code=CODES[data["code"]],
        message=_in_words(Bilingual(**data["message"])),
        places=tuple(dict.fromkeys(Address.parse(one["address"]) for one in data["places"])),
        only_under=tuple((question, tuple(candidates)) for question, candidates in data["only_under"].items()),
        example=example.get("profile", ""),
        command=example.get("command", ""),
    )


def _in_words(message: Bilingual) -> Bilingual:
    """Name facts by their questions: their keys are for those who write profiles."""
    facts = rulebooks().facts

    def asked(language: Literal["zh", "en"]) -> str:
        return _KEY.sub(
            lambda found: f"“{facts[found[0]].question.get(language)}”" if found[0] in facts else found[0],
            message.get(language),
        )

    return Bilingual(zh=asked("zh"), en=asked("en"))
