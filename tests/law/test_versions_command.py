"""`guiju law diff` as a person meets it."""

import argparse
import json
from pathlib import Path

import pytest

from guiju.cli import law
from guiju.law.provisions import Text
from guiju.law.store import TextStore
from guiju.law.versions.loading import NoSuchText


@pytest.fixture
def stored(data_folder: Path, cat_law: Text) -> Text:
    assert data_folder
    TextStore().save(cat_law)
    TextStore().save(Text("cat", "zh", "2.0", cat_law.articles[::-1][:1]))
    return cat_law


def run(*words: str) -> int:
    parser = argparse.ArgumentParser()
    law.register(parser.add_subparsers())
    args = parser.parse_args(["law", *words])
    status: int = args.run(args)
    return status


@pytest.mark.usefixtures("stored")
def test_two_stored_texts_are_compared(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("diff", "cat:zh:1.0", "cat:zh:2.0") == 0
    assert capsys.readouterr().out == (
        "cat 1.0 zh → cat 2.0 zh\n\n1 → ·  - deleted\n  1.1 → ·  - deleted\n\n1 unchanged, 1 deleted, 0 moved\n"
    )


@pytest.mark.usefixtures("stored")
def test_the_answer_is_written_to_a_file_on_request(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "diff.html"
    assert run("diff", "cat:zh:1.0", "cat:zh:2.0", "--format", "html", "--lang", "zh", "--output", str(target)) == 0
    assert capsys.readouterr().out == ""
    assert target.read_text("utf-8").startswith('<!doctype html>\n<html lang="zh-CN">')
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["diff.html"]


@pytest.mark.usefixtures("stored")
def test_json_is_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("diff", "cat:zh:1.0", "cat:zh:1.0", "--format", "json") == 0
    assert json.loads(capsys.readouterr().out)["counts"]["unchanged"] == 2


@pytest.mark.usefixtures("stored")
@pytest.mark.parametrize("name", ["cat:zh:3.0", "nowhere.txt", "", "a:b", "#draft", "x" * 5000])
def test_an_unknown_text_is_told_with_what_there_is(name: str) -> None:
    with pytest.raises(NoSuchText, match=r"there is no text .*stored are cat:zh:1\.0, cat:zh:2\.0"):
        run("diff", name, "cat:zh:1.0")


def test_published_files_are_compared_without_being_stored(
    seeds: tuple[Path, ...], data_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Reads ../shared/seeds; skipped only where that folder is absent."""
    page, commentary = seeds[2], seeds[3]
    assert run("diff", f"{commentary}#draft", str(page)) == 0
    assert capsys.readouterr().out.startswith("genai draft zh → genai final zh\n")
    assert not data_folder.exists()
    with pytest.raises(NoSuchText, match=r"holds 2 texts of that name; choose one of .*#draft, .*#commentary"):
        run("diff", str(commentary), str(page))
