"""Bad profiles: each is refused with a golden message in both languages, exit status 2, and nothing is written."""

from __future__ import annotations

import os
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest

from guiju.cli import main
from guiju.engine.rulebook import load_rulebooks
from guiju.profiles.problems import MOST_REPORTED, ProfileError, all_messages
from guiju.profiles.profile import load_profile

from .golden import GOLDEN, check_golden, codes_in_golden_files

BAD = GOLDEN / "bad"
CASES = sorted(path.stem for path in BAD.glob("*.yaml"))


def refused(path: Path) -> ProfileError:
    with pytest.raises(ProfileError) as caught:
        load_profile(path, load_rulebooks())
    return caught.value


def huge(path: Path) -> None:
    """Make a file of 50 MB that takes no room on the disk."""
    with path.open("wb") as stream:
        stream.write(b"organisation: {name: Xinghe}\n")
        stream.truncate(50 * 1024 * 1024)


MADE: dict[str, Callable[[Path], object]] = {
    "missing_file": lambda _: None,
    "folder": Path.mkdir,
    "under_a_file": lambda _: None,
    "huge": huge,
    "not_utf8": lambda path: path.write_bytes("organisation:\n  name: 星河\n".encode("gb18030")),
    "utf16": lambda path: path.write_bytes("organisation: {}\n".encode("utf-16")),
    "nul_byte": lambda path: path.write_bytes(b"organisation:\n  name: Xing\0he\n"),
}


@pytest.fixture(autouse=True)
def _in_the_golden_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    """Messages show the file as it was given, so that golden messages need a short name."""
    monkeypatch.chdir(BAD)


@pytest.mark.parametrize("case", CASES)
def test_every_bad_profile_is_told_what_is_wrong(case: str) -> None:
    check_golden(f"bad/{case}", refused(Path(f"{case}.yaml")))


@pytest.mark.parametrize("case", sorted(MADE))
def test_every_bad_file_is_told_what_is_wrong(case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    path = Path(f"{case}.yaml")
    MADE[case](path)
    if case == "under_a_file":
        path.write_text("organisation: {}\n")
        path = path / "profile.yaml"
    check_golden(f"bad/{case}", refused(path))


def test_a_file_without_permission_is_told_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    path = Path("no_permission.yaml")
    path.write_text("organisation: {}\n")
    path.chmod(0)
    if os.access(path, os.R_OK):  # the superuser may read everything; then the system's refusal is played

        def refuse(*_: object, **__: object) -> None:
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr(Path, "open", refuse)
    error = refused(path)
    monkeypatch.undo()
    check_golden("bad/no_permission", error)


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("case", CASES)
def test_the_command_ends_with_status_2_and_writes_nothing(
    case: str, lang: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    html, ics = tmp_path / "report.html", tmp_path / "dates.ics"
    status = main(["assess", f"{case}.yaml", "--lang", lang, "--html", str(html), "--ics", str(ics)])
    told = capsys.readouterr()
    assert status == 2
    assert told.out == ""
    assert (BAD / f"{case}.{lang}.txt").read_text("utf-8") in told.err
    assert "Traceback" not in told.err
    assert list(tmp_path.iterdir()) == []


def test_nothing_in_a_profile_is_executed() -> None:
    """The tags of this profile would write a file into the working folder if anything obeyed them."""
    refused(Path("tags.yaml"))
    assert not Path("guiju-was-here").exists()


def test_of_a_huge_file_no_more_is_read_than_a_profile_may_have(tmp_path: Path) -> None:
    path = tmp_path / "huge.yaml"
    huge(path)
    books = load_rulebooks()
    tracemalloc.start()
    with pytest.raises(ProfileError):
        load_profile(path, books)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 10 * 1024 * 1024


def test_all_problems_are_told_at_once_up_to_a_limit() -> None:
    assert len(refused(Path("wrong_type.yaml")).problems) > 5
    error = refused(Path("many_problems.yaml"))
    assert len(error.problems) == MOST_REPORTED
    assert error.more


def test_problems_come_in_the_order_of_the_file() -> None:
    for case in CASES:
        lines = [problem.line for problem in refused(Path(f"{case}.yaml")).problems]
        assert lines == sorted(lines), case


def test_every_problem_names_its_file_and_fact() -> None:
    problem = refused(Path("negative_number.yaml")).problems[1]
    assert (problem.code, problem.file, problem.line) == ("P307", "negative_number.yaml", 5)
    assert problem.place == "systems / Xinghe Chat / registered_users"
    assert problem.fact == "registered_users"
    assert "0 or more" in problem.expected("en")
    assert problem.fix("zh")


def test_a_message_cannot_be_forged_by_what_a_file_holds() -> None:
    for lang in ("en", "zh"):
        text = refused(Path("nothing_is_forged.yaml")).text(lang)
        assert "\x1b" not in text
        assert not any(line.startswith("error: all is well") for line in text.splitlines())


def test_every_code_is_shown_by_a_golden_message() -> None:
    assert codes_in_golden_files() == {message.code for message in all_messages()}
