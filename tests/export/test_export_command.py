"""`guiju law export --format oscal|csv` as a person meets it."""

from __future__ import annotations

import csv
import datetime as dt
import json
from pathlib import Path

import pytest

from guiju.cli import main


def test_a_catalog_is_written_with_the_day_of_effect_of_the_law(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "genai.json"
    assert main(["law", "export", "--law", "genai", "--format", "oscal", "--output", str(file)]) == 0
    assert capsys.readouterr().err == f"-> {file}\n"
    assert json.loads(file.read_text("utf-8"))["catalog"]["metadata"]["last-modified"] == "2023-08-15T00:00:00+08:00"


def printed_day(capsys: pytest.CaptureFixture[str]) -> str:
    day: str = json.loads(capsys.readouterr().out)["catalog"]["metadata"]["last-modified"]
    return day


@pytest.mark.parametrize("law", ["mail4", "genai"])
def test_a_day_that_is_given_is_the_day(law: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["law", "export", "--law", law, "--format", "oscal", "--last-modified", "2026-11-20"]) == 0
    assert printed_day(capsys) == "2026-11-20T00:00:00+08:00"


def test_a_law_without_a_day_of_effect_takes_today(capsys: pytest.CaptureFixture[str]) -> None:
    before = dt.date.today()
    assert main(["law", "export", "--law", "mail4", "--format", "oscal"]) == 0
    assert printed_day(capsys) in {f"{day}T00:00:00+08:00" for day in (before, dt.date.today())}


def test_a_table_is_written_as_spreadsheets_want_it(tmp_path: Path) -> None:
    file = tmp_path / "mail4.csv"
    assert main(["law", "export", "--law", "mail4", "--format", "csv", "--bom", "--output", str(file)]) == 0
    assert file.read_bytes().startswith(b'\xef\xbb\xbf"law",')
    with file.open(encoding="utf-8-sig", newline="") as stream:
        assert "mail4:66.1" in [row["address"] for row in csv.DictReader(stream)]


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["--law", "mail5", "--format", "oscal"], "there is no rulebook `mail5`; there are: genai, mail4"),
        (["--law", "mail5", "--format", "csv"], "there is no rulebook `mail5`; there are: genai, mail4"),
        (["--law", "mail4", "--format", "oscal", "--bom"], "--bom belongs to --format csv; leave it out for"),
        (["--law", "mail4", "--format", "csv", "--lang", "zh"], "--lang belongs to --format akn; leave it out for"),
        (["--law", "mail4", "--last-modified", "2026-11-22"], "--last-modified belongs to --format oscal"),
        (["--law", "mail4", "--format", "csv", "--output", "/nowhere/at/all.csv"], "cannot be written"),
    ],
)
def test_mistakes_are_told_and_nothing_is_printed(
    arguments: list[str], problem: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["law", "export", *arguments]) == 2
    printed = capsys.readouterr()
    assert printed.err.startswith("error: ")
    assert problem in printed.err
    assert printed.out == ""
