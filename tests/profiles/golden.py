"""Compare what a user is told with golden files, in both languages.

With the environment variable GUIJU_GOLDEN=write the files are written instead; read the difference before you commit.
"""

from __future__ import annotations

import os
from pathlib import Path

from guiju.profiles.problems import ProfileError

GOLDEN = Path(__file__).parent / "golden"
WRITING = os.environ.get("GUIJU_GOLDEN") == "write"


def check_golden(case: str, error: ProfileError) -> None:
    """Compare an error's texts with golden/<case>.en.txt and golden/<case>.zh.txt."""
    for lang in ("en", "zh"):
        path = GOLDEN / f"{case}.{lang}.txt"
        if WRITING:
            path.write_text(error.text(lang) + "\n", "utf-8")
        assert error.text(lang) + "\n" == path.read_text("utf-8")


def codes_in_golden_files() -> set[str]:
    """List every code that some golden file shows."""
    texts = [path.read_text("utf-8") for path in GOLDEN.rglob("*.en.txt")]
    return {word.strip(":") for text in texts for word in text.split() if word[0] == "P" and word[1:4].isdigit()}
