"""Letters keep silent on what nobody had to do: no clock that an act made pointless, and none that is merely over."""

from __future__ import annotations

from guiju.letters.plain import text
from guiju.letters.sending import outgoing
from guiju.procedures.catalogue import built_in_types
from guiju.procedures.running import play
from guiju.procedures.script import read_script
from tests.letters.at_hand import HERE, SHELF

SCENARIOS = HERE.parent / "procedures" / "scenarios" / "filing"


def said(scenario: str, letter: str) -> str:
    """The last letter of that name which a scenario sends."""
    played = play(read_script(SCENARIOS / f"{scenario}.yaml"), built_in_types().get("mail4/filing"))
    return text([one.letter for one in outgoing(played, SHELF) if one.letter.name == letter][-1], "en")


def test_whoever_filed_completely_is_not_told_that_the_authority_asked_too_late() -> None:
    told = said("what_is_complete_need_not_be_asked_for", "registration")
    assert "Time to register or amend" in told
    assert "Time to ask for more" not in told
    assert "after the last day" not in told


def test_whoever_was_asked_too_late_is_told_so() -> None:
    told = said("what_is_incomplete_is_not_registered_late", "supplement_request")
    assert "Time to ask for more" in told
    assert "This was after the last day." in told


def test_a_time_that_is_over_for_nobody_is_left_out() -> None:
    told = said("handed_over_when_nobody_has_to_ask_any_more", "transfer")
    assert "Time to register or amend" in told
    assert "Time to ask for more" not in told
