"""`guiju law bilingual` and `guiju law export` as a person meets them."""

import argparse
import json
from pathlib import Path

import pytest

from guiju.cli import law
from guiju.law.akoma import read_akn
from guiju.law.errors import StoreError
from guiju.law.provisions import Article, Paragraph, Text
from guiju.law.store import TextStore


def text(language: str, words: str) -> Text:
    return Text("cat", language, "1.0", (Article(1, None, None, None, (Paragraph(words),)),))


@pytest.fixture(autouse=True)
def stored(data_folder: Path) -> None:
    assert data_folder
    TextStore().save(text("zh", "保存五年以上。"))
    TextStore().save(text("en", "Kept for more than five years."))


def run(*words: str) -> int:
    parser = argparse.ArgumentParser()
    law.register(parser.add_subparsers())
    args = parser.parse_args(["law", *words])
    status: int = args.run(args)
    return status


def test_the_differences_are_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("bilingual", "--law", "cat") == 0
    assert "cat:1.1  B102 major" in capsys.readouterr().out
    assert run("bilingual", "--law", "cat", "--lang", "zh") == 0
    assert "cat:1.1  B102 重大" in capsys.readouterr().out
    assert run("bilingual", "--law", "cat", "--format", "json") == 0
    assert json.loads(capsys.readouterr().out)["counts"] == {"major": 1, "minor": 0, "note": 0}


def test_a_text_that_was_not_imported_is_told_with_how_to() -> None:
    with pytest.raises(StoreError, match="the Chinese text of dog has not been imported: read the published file in"):
        run("bilingual", "--law", "dog")


def test_an_export_is_written_whole_and_comes_back(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "cat.xml"
    assert run("export", "--law", "cat", "--lang", "en", "--format", "akn", "--output", str(target)) == 0
    assert capsys.readouterr().err == f"-> {target}\n"
    assert read_akn(target.read_bytes()) == text("en", "Kept for more than five years.")


def test_an_export_that_cannot_be_written_says_why(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="cannot be written"):
        run("export", "--law", "cat", "--output", str(tmp_path / "missing" / "cat.xml"))
