"""Each check on small laws of our own: it finds the flaw, is silent once it is mended, and its case shows it."""

from pathlib import Path

import pytest

from guiju.check.codes import CODES

from .seen import seen_as_claimed
from .small import Case, all_cases, run_case

CASES = all_cases()


@pytest.mark.parametrize("case", CASES, ids=lambda c: c.name)
def test_finds_what_is_there_and_nothing_else(case: Case, tmp_path: Path) -> None:
    result = run_case(case, tmp_path / "rulebooks")
    found = [[str(place.address) for place in d.places] for d in result.diagnostics]
    assert sorted(found) == sorted(case.finds)
    assert {d.code.id for d in result.diagnostics} <= {case.code}
    assert not result.skipped


@pytest.mark.parametrize("case", [c for c in CASES if c.finds], ids=lambda c: c.name)
def test_the_counter_example_shows_it(case: Case, tmp_path: Path) -> None:
    result = run_case(case, tmp_path / "rulebooks")
    for diagnostic in result.diagnostics:
        if diagnostic.example is not None:
            assert seen_as_claimed(result, diagnostic, tmp_path)


def test_every_code_is_tried_on_both_sides() -> None:
    for code in CODES:
        own = [case for case in CASES if case.code == code]
        assert any(case.finds for case in own), code
        assert any(not case.finds for case in own), code
