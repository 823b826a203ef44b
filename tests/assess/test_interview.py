"""The interview in the terminal: asks, explains itself, saves every answer, takes one back, and knows when to stop."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path

import yaml

from guiju.assess.interview import Settings, interview

DAY = dt.date(2026, 11, 22)


def sit(path: Path, typed: str, lang: str = "en") -> str:
    out = io.StringIO()
    assert interview(path, Settings(lang, DAY, None, {}), io.StringIO(typed), out) == 0
    return out.getvalue()


def test_a_first_sitting_makes_the_profile(tmp_path: Path) -> None:
    path = tmp_path / "new.yaml"
    told = sit(path, "Example Ltd\nBot, Tutor\ny\n", "en")
    profile = yaml.safe_load(path.read_text("utf-8"))
    assert profile["organisation"]["name"] == "Example Ltd"
    assert [system["name"] for system in profile["systems"]] == ["Bot", "Tutor"]
    assert True in [*profile["organisation"].values(), *profile["systems"][0].values(), *profile["systems"][1].values()]
    assert f"guiju assess {path}" in told


def test_every_answer_is_kept_even_if_the_sitting_breaks_off(tmp_path: Path) -> None:
    path = tmp_path / "p.yaml"
    path.write_text("organisation: {name: X}  # mine\nsystems:\n  - name: S\n", "utf-8")
    sit(path, "n\nn\n")
    saved = path.read_text("utf-8")
    assert "# mine" in saved
    facts = yaml.safe_load(saved)
    assert sum(v is False for v in {**facts["organisation"], **facts["systems"][0]}.values()) == 2


def test_why_do_you_ask(tmp_path: Path) -> None:
    path = tmp_path / "p.yaml"
    path.write_text("organisation: {name: X}\nsystems:\n  - name: S\n", "utf-8")
    told = sit(path, "w\nq\n")
    assert "an answer decides" in told
    assert "Article" in told
    assert "为什么问" in sit(path, "q\n", "zh")


def test_an_answer_that_does_not_fit_is_asked_for_again_and_not_saved(tmp_path: Path) -> None:
    path = tmp_path / "p.yaml"
    path.write_text("organisation: {name: X}\nsystems:\n  - name: S\n", "utf-8")
    before = path.read_text("utf-8")
    assert "answer yes or no" in sit(path, "perhaps\nq\n")
    assert path.read_text("utf-8") == before


def test_an_answer_can_be_taken_back(tmp_path: Path) -> None:
    path = tmp_path / "p.yaml"
    path.write_text("organisation: {name: X}\nsystems:\n  - name: S\n", "utf-8")
    told = sit(path, "y\nu\nq\n")
    assert "taken back" in told
    profile = yaml.safe_load(path.read_text("utf-8"))
    assert True not in [*profile["organisation"].values(), *profile["systems"][0].values()]
    assert "nothing to take back" in sit(path, "u\nq\n")


def test_what_nobody_knows_is_skipped_and_the_interview_ends(tmp_path: Path) -> None:
    path = tmp_path / "p.yaml"
    path.write_text("organisation: {name: X}\nsystems:\n  - name: S\n", "utf-8")
    assert "you answered “don't know” to what is left" in sit(path, "?\n" * 200)


def test_it_stops_when_everything_is_decided(tmp_path: Path) -> None:
    path = tmp_path / "p.yaml"
    path.write_text("organisation: {name: X}\nsystems:\n  - name: S\n", "utf-8")
    assert "everything is decided" in sit(path, "n\n" * 200)
