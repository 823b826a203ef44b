"""The command as its user meets it: what is printed where, exit statuses, and errors without tracebacks."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from guiju.cli import main

EXAMPLE = str(Path(__file__).parents[2] / "examples" / "xinghe-chat.yaml")
DAY = ["--as-of", "2026-11-22"]


def test_json_is_printed_on_stdout_alone(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["assess", EXAMPLE, *DAY, "--format", "json"]) == 0
    printed = capsys.readouterr()
    assert json.loads(printed.out)["as_of"] == "2026-11-22"
    assert printed.err == ""


def test_report_and_calendar_are_written_beside_the_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    html, ics = tmp_path / "r.html", tmp_path / "r.ics"
    assert main(["assess", EXAMPLE, *DAY, "--html", str(html), "--ics", str(ics)]) == 0
    assert html.read_text("utf-8").lstrip().lower().startswith("<!doctype html>")
    assert ics.read_bytes().startswith(b"BEGIN:VCALENDAR")
    assert "2026-10-16" in capsys.readouterr().out


def test_a_wrong_profile_ends_with_2_and_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    profile, html = tmp_path / "p.yaml", tmp_path / "r.html"
    profile.write_text("organisation: {name: X}\nsystems: [{name: S, registered_users: -1}]\n", "utf-8")
    assert main(["assess", str(profile), "--html", str(html)]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith("error: ")
    assert "registered_users" in printed.err
    assert not html.exists()
    assert main(["assess", str(profile), "--lang", "zh"]) == 2
    assert capsys.readouterr().err.startswith("错误：")


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["--rulebook", "mail5"], "there is no rulebook `mail5`; there are: genai, mail4"),
        (["--reading", "window_79=x"], "there is no reading `window_79`; did you mean `window_97`?"),
        (["--reading", "window_97=x"], "reading `window_97` has no candidate `x`"),
        (["--reading", "window_97"], "write QUESTION=CANDIDATE"),
        (["--output", "/nowhere/at/all.html", "--format", "html"], "cannot be written"),
    ],
)
def test_mistaken_arguments_are_told(arguments: list[str], problem: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["assess", EXAMPLE, *DAY, *arguments]) == 2
    printed = capsys.readouterr()
    assert problem in printed.err
    assert printed.out == ""


def test_an_impossible_day_is_a_usage_error(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as exit_:
        main(["assess", EXAMPLE, "--as-of", "2026-02-30"])
    assert exit_.value.code == 2
    assert "'2026-02-30' is not a date; write it as 2026-09-28" in capsys.readouterr().err


def test_a_reader_that_goes_away_is_no_error() -> None:
    command = f"{sys.executable} -m guiju assess {EXAMPLE} --as-of 2026-11-22 --format json | head -n 1"
    done = subprocess.run(command, shell=True, capture_output=True, text=True, check=False)
    assert done.stdout == "{\n"
    assert done.stderr == ""


def test_whatif_and_explain_answer_in_both_languages(capsys: pytest.CaptureFixture[str]) -> None:
    for lang, status in (("en", "applies"), ("zh", "适用")):
        assert main(["explain", "mail4:66.1", EXAMPLE, *DAY, "--lang", lang]) == 0
        assert status in capsys.readouterr().out
        assert main(["whatif", EXAMPLE, *DAY, "--lang", lang, "--address", "mail4:66.1"]) == 0
        assert "1,000,001" in capsys.readouterr().out


def test_all_readings_show_the_spread(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["assess", EXAMPLE, *DAY, "--all-readings"]) == 0
    printed = capsys.readouterr().out
    assert "exactly_one_million" in printed
    assert "● neither" in printed


def test_starting_the_command_loads_no_table_engine_no_solver_and_no_template() -> None:
    """What is not asked for must not cost its import: ibis, polars, duckdb, z3, jinja2, rich, icalendar."""
    code = (
        "import sys; from guiju.cli import main; main(['assess', sys.argv[1], '--format', 'json']);"
        "heavy = {'ibis', 'polars', 'duckdb', 'pyarrow', 'z3', 'jinja2', 'rich', 'icalendar', 'holidays'};"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code, EXAMPLE], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"
