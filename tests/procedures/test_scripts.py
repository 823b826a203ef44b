"""Scripts and `guiju case`: what is printed, what is expected and does not hold, what is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import guiju.procedures.catalogue as at_hand
from guiju.cli import main
from guiju.procedures.catalogue import Catalogue
from guiju.procedures.expectations import misses
from guiju.procedures.problems import ProcedureError
from guiju.procedures.running import play
from guiju.procedures.script import parse_script
from tests.procedures.at_hand import HERE, TYPES

SCRIPT = HERE / "scripts/from_application_to_expiry.yaml"
SHORT = """
run: {zh: 申请, en: Apply}
case_type: permit
cites: mail4:44.1
acts:
  - on: 2026-03-02
    do: apply
    by: applicant
    use: example
    expect: {state: accepted, clocks: {decision: 2026-05-09}}
"""


@pytest.fixture
def types(monkeypatch: pytest.MonkeyPatch) -> Catalogue:
    """Let `guiju case` see the case types of the tests."""
    monkeypatch.setattr(at_hand, "built_in_types", lambda: TYPES)
    return TYPES


def missed(script: str) -> list[str]:
    read = parse_script(script, "s.yaml")
    return [miss.text("en") for miss in misses(play(read, TYPES.get(read.case_type)))]


def refused(script: str, lang: str) -> str:
    with pytest.raises(ProcedureError) as caught:
        missed(script)
    return caught.value.text(lang)


def test_an_expectation_that_does_not_hold_is_told_with_its_line() -> None:
    assert missed(SHORT) == ["line 10: clocks.decision: expected 2026-05-09, found 2026-05-08"]


def test_a_refusal_that_nobody_expected_is_told() -> None:
    assert missed(SHORT.replace("by: applicant", "by: head").replace("    expect:", "    # "))[0] == (
        "line 6: apply: expected done, found wrong_role"
    )


@pytest.mark.parametrize(
    ("expect", "told"),
    [
        ("{state: waiting}", "state: expected waiting, found accepted"),
        ("{letters: []}", "letters: expected [], found [receipt]"),
        ("{events: [licence_granted]}", "events: expected [licence_granted], found [application_accepted]"),
        ("{register: [{permits: written}]}", "register: expected [{permits: written}], found []"),
        ("{lapsed: [expire]}", "lapsed: expected [expire], found []"),
        ("{fields: {name: Other}}", "fields.name: expected Other, found Xinghe"),
        ("{competent: provincial_authority}", "competent: expected provincial_authority, found national_authority"),
        ("{missing_items: [proof]}", "missing_items: expected [proof], found []"),
        ("{open_to: {head: []}}", "open_to.head: expected [], found [extend, grant, refuse]"),
        ("{opens: {renewal: 2026-01-01}}", "opens.renewal: expected 2026-01-01, found null"),
        ("{refused: missing}", "refused: expected missing, found null"),
        ("{clocks: {supplement: absent}}", "clocks.supplement: expected absent, found waiting"),
    ],
)
def test_each_kind_of_expectation_can_fail(expect: str, told: str) -> None:
    script = SHORT.replace("{state: accepted, clocks: {decision: 2026-05-09}}", expect)
    assert missed(script) == [f"line 10: {told}"]


def test_acts_out_of_order_are_refused() -> None:
    script = SHORT + "  - {on: 2026-03-01}\n"
    assert refused(script, "en") == (
        "s.yaml:11: C160 2026-03-01 lies before the act above it\n  fix: put the acts in order of time"
    )
    assert "C160 2026-03-01早于前一行为" in refused(script, "zh")


def test_an_expectation_about_something_that_does_not_exist_is_refused() -> None:
    script = SHORT.replace("decision: 2026", "decisions: 2026")
    assert refused(script, "en").startswith("s.yaml:10: C161 there is no `decisions` in the case type; there are: ")
    assert "C161 该程序没有 `decisions`" in refused(script, "zh")


def test_a_misspelt_expectation_is_refused() -> None:
    assert "C102 acts / apply / expect: `stat` is not part of the form; did you mean `state`?" in refused(
        SHORT.replace("{state: accepted", "{stat: accepted"), "en"
    )


@pytest.mark.usefixtures("types")
def test_run_prints_a_timeline(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["case", "run", str(SCRIPT)]) == 0
    told = capsys.readouterr().out
    assert "2026-03-03  reviewer: grant\n    refused (not_allowed)" in told
    assert "2026-12-31  by itself: expire  (mail4:45.1)" in told
    assert "decision  by 2026-06-04  [in time]" in told
    assert told.endswith("every expectation holds\n")


@pytest.mark.usefixtures("types")
def test_run_speaks_chinese(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["case", "run", str(SCRIPT), "--lang", "zh"]) == 0
    told = capsys.readouterr().out
    assert "2026-12-31  自动: 届满" in told
    assert told.endswith("全部预期均成立\n")


@pytest.mark.usefixtures("types")
def test_time_goes_on_to_a_day(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    script = tmp_path / "s.yaml"
    script.write_text(SHORT.replace("2026-05-09", "2026-05-08"), "utf-8")
    assert main(["case", "run", str(script), "--as-of", "2026-06-01"]) == 0
    told = capsys.readouterr().out
    assert "2026-06-01  time passes" in told
    assert "decision  by 2026-05-08  [overdue]" in told


@pytest.mark.usefixtures("types")
def test_a_clock_is_counted_day_by_day(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["case", "run", str(SCRIPT), "--explain", "decision"]) == 0
    told = capsys.readouterr().out
    assert "paused on 2026-03-04, went on 2026-03-18" in told
    assert "2026-06-04  Thu     55" in told


@pytest.mark.usefixtures("types")
def test_a_run_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["case", "run", str(SCRIPT), "--format", "json"]) == 0
    run = json.loads(capsys.readouterr().out)
    assert run["misses"] == []
    assert [moment["state"] for moment in run["moments"]][-1] == "expired"
    assert run["moments"][1]["refusal"]["code"] == "not_allowed"


@pytest.mark.usefixtures("types")
def test_status_1_where_an_expectation_does_not_hold(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    script = tmp_path / "s.yaml"
    script.write_text(SHORT, "utf-8")
    assert main(["case", "run", str(script)]) == 1
    assert (
        "line 10: clocks.decision: expected 2026-05-09, found 2026-05-08\n1 expectation(s)" in capsys.readouterr().out
    )


@pytest.mark.parametrize(
    "arguments",
    [
        ["case", "run", "nowhere.yaml"],
        ["case", "show", "permitt"],
        ["case", "run", str(SCRIPT), "--explain", "decisions"],
        ["case", "diagram", "permit", "--state", "nowhere"],
        ["case", "run", str(HERE / "bad/missing_key.yaml")],
    ],
)
@pytest.mark.usefixtures("types")
def test_status_2_for_bad_input_without_a_traceback(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    for lang, word in (("en", "error: "), ("zh", "错误：")):
        assert main([*arguments, "--lang", lang]) == 2
        assert capsys.readouterr().err.startswith(word)


@pytest.mark.usefixtures("types")
def test_show_and_list(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["case", "list"]) == 0
    assert "mail4/permit  v1  Permit (for tests)  (mail4:44.1)" in capsys.readouterr().out
    for lang, words in (
        ("en", "within 45 working days  by mail4:44.3#decide"),
        ("zh", "45个工作日内  依 mail4:44.3#decide"),
    ):
        assert main(["case", "show", "permit", "--lang", lang]) == 0
        assert words in capsys.readouterr().out
