"""The text of each letter, in both languages, is that of its golden file.

After a change that is meant, `python -m tests.letters.test_golden` writes the files anew; read what has changed.
"""

from __future__ import annotations

import pytest

from guiju.letters.plain import text
from tests.letters.at_hand import HERE, LETTERS, Parade, letter_of

GOLDEN = HERE / "golden"


def shown(name: str) -> str:
    if name == "final_decision":
        letter = Parade().does("2026-09-30", "review_security").letter()
    elif name == "extension_after_a_pause":
        case = Parade().does("2026-09-29", "ask").does("2026-10-12", "supply").does("2026-10-13", "extend")
        letter = case.letter()
    else:
        letter = letter_of(name)
    return f"{text(letter, 'zh')}\n{'=' * 40}\n\n{text(letter, 'en')}"


NAMES = [*LETTERS, "final_decision", "extension_after_a_pause"]


@pytest.mark.parametrize("name", NAMES)
def test_a_letter_reads_as_it_should(name: str) -> None:
    assert shown(name) == (GOLDEN / f"{name}.txt").read_text("utf-8")


def test_no_golden_file_is_left_over() -> None:
    assert {path.stem for path in GOLDEN.glob("*.txt")} == set(NAMES)


if __name__ == "__main__":
    for each in NAMES:
        (GOLDEN / f"{each}.txt").write_text(shown(each), "utf-8")
