"""`guiju letter`: writes what a scripted run sends, or says why it cannot and writes nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from guiju.cli import main

SCRIPT = """\
run: {zh: 说明, en: A request for an explanation}
case_type: clarification
cites: mail4:47.2
acts:
  - on: 2026-09-15
    do: submit
    by: requester
    use: example
    with: {requester_name: NAME}
  - {on: 2026-09-16, do: answer, by: reviewer, with: {answer_given: Too early}}
"""


@pytest.fixture
def script(tmp_path: Path) -> Path:
    path = tmp_path / "script.yaml"
    path.write_text(SCRIPT.replace("NAME", "Li Hua"), "utf-8")
    return path


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_it_writes_pdf_and_text_in_both_languages(
    script: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    assert main(["letter", str(script), "--act", "1", "--out", str(out)]) == 0
    expected = [f"01-receipt-requester.{lang}.{kind}" for lang in ("en", "zh") for kind in ("pdf", "txt")]
    assert names(out) == expected
    assert sorted(capsys.readouterr().out.split()) == [str(out / name) for name in expected]
    assert (out / "01-receipt-requester.en.pdf").read_bytes().startswith(b"%PDF")
    assert "To: Li Hua" in (out / "01-receipt-requester.en.txt").read_text("utf-8")


def test_it_writes_one_language_where_one_is_wanted(script: Path, tmp_path: Path) -> None:
    assert main(["letter", str(script), "--all", "--lang", "zh", "--out", str(tmp_path / "out")]) == 0
    assert names(tmp_path / "out") == ["01-receipt-requester.zh.pdf", "01-receipt-requester.zh.txt"]


def test_an_act_that_is_not_there_is_named(script: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["letter", str(script), "--act", "3", "--out", str(tmp_path / "out")]) == 2
    assert "L226 the script has no act 3\n  fix: it has the acts 1 to 2" in capsys.readouterr().err
    assert main(["letter", str(script), "--act", "0", "--lang", "zh", "--out", str(tmp_path / "out")]) == 2
    assert "脚本中没有第 0 个行为" in capsys.readouterr().err


def test_a_refused_act_sends_nothing_and_says_so(
    script: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["letter", str(script), "--act", "2", "--out", str(tmp_path / "out")]) == 2
    assert "L227 no letter goes out here: the act was refused (wrong_state)" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_a_missing_glyph_leaves_nothing_behind(
    script: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    script.write_text(SCRIPT.replace("NAME", "Smile 🙂"), "utf-8")
    assert main(["letter", str(script), "--act", "1", "--lang", "en", "--out", str(tmp_path / "out")]) == 2
    assert "L224 name (requester_name): the font has no glyph for 🙂 (U+1F642)" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_a_folder_that_is_a_file_is_told(script: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["letter", str(script), "--act", "1", "--out", str(script)]) == 2
    assert "L229 cannot write there" in capsys.readouterr().err
