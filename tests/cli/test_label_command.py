"""`guiju label` from outside: what it prints, what it leaves on disk, how it exits."""

import json
import os
import shutil
from pathlib import Path

import pytest

from guiju import label
from guiju.cli import main
from guiju.label import Label

MEDIA = Path(__file__).parents[2] / "examples" / "media"


@pytest.fixture
def media(tmp_path: Path) -> Path:
    return Path(shutil.copytree(MEDIA, tmp_path / "media"))


def printed(capsys: pytest.CaptureFixture[str], *command: object) -> tuple[int, str, str]:
    status = main(["label", *map(str, command)])
    out = capsys.readouterr()
    return status, out.out, out.err


def test_a_mixed_folder_is_labelled_and_verified(media: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = printed(capsys, "write", media, "-r", "--producer", "ExampleLtd")
    assert status == 0
    assert out.splitlines()[-1] == "10 files: WRITTEN 10"
    status, out, _ = printed(capsys, "verify", media, "-r", "--role", "generator")
    assert (status, out.splitlines()[-1]) == (0, "10 files: VALID 10")
    numbers = {label.read(path).occurrences[0].parsed.values["ProduceID"] for path in media.iterdir()}
    assert len(numbers) == 10


def test_a_second_run_keeps_the_numbers_and_every_byte(media: Path, capsys: pytest.CaptureFixture[str]) -> None:
    printed(capsys, "write", media, "-r", "--producer", "ExampleLtd")
    before = {path.name: path.read_bytes() for path in media.iterdir()}
    status, out, _ = printed(capsys, "write", media, "-r", "--producer", "ExampleLtd")
    assert (status, out.splitlines()[-1]) == (0, "10 files: UNCHANGED 10")
    assert {path.name: path.read_bytes() for path in media.iterdir()} == before


def test_copies_go_into_a_folder(media: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = [media / "cat.png", media / "page.html"]
    before = [path.read_bytes() for path in files]
    status, _, _ = printed(capsys, "write", *files, "--producer", "ExampleLtd", "--out", tmp_path / "labelled")
    assert status == 0
    assert [path.read_bytes() for path in files] == before
    assert sorted(os.listdir(tmp_path / "labelled")) == ["cat.png", "page.html"]  # noqa: PTH208 - hidden files count


def test_copies_keep_their_folders(media: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (media / "more").mkdir()
    shutil.copy(media / "cat.png", media / "more" / "cat.png")
    status, _, _ = printed(capsys, "write", media, "-r", "--producer", "x", "--out", tmp_path / "labelled")
    assert status == 0
    first, second = tmp_path / "labelled" / "cat.png", tmp_path / "labelled" / "more" / "cat.png"
    assert label.read(first).occurrences[0].text != label.read(second).occurrences[0].text


def test_two_copies_are_never_written_into_one(media: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (media / "more").mkdir()
    files = [media / "cat.png", Path(shutil.copy(media / "cat.png", media / "more"))]
    status, _, err = printed(capsys, "write", *files, "--producer", "x", "--out", tmp_path / "out")
    assert (status, err) == (
        2,
        f"error: the copies of {files[0]} and {files[1]} would both be {tmp_path}/out/cat.png\n",
    )
    assert not (tmp_path / "out").exists()


def test_exit_status_one_when_some_file_is_not_good(media: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (media / "note.txt").write_text("plain")
    status, out, _ = printed(capsys, "write", media, "-r", "--producer", "ExampleLtd", "-q")
    assert status == 1
    assert "REFUSED" in out
    assert "WRITTEN  " not in out


def test_exit_status_three_when_it_cannot_be_told(media: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = media / "cat.png"
    path.write_bytes(path.read_bytes()[:200])
    status, out, _ = printed(capsys, "verify", path)
    assert status == 3
    assert out.startswith(f"? UNDECIDED  {path}\n    the file is damaged: ")


def test_an_absent_label_is_one(media: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert printed(capsys, "verify", media / "cat.png")[0] == 1
    assert printed(capsys, "read", media / "cat.png", "--lang", "zh")[:2] == (
        1,
        f"– 无标识  {media / 'cat.png'}\n    没有标识\n",
    )


def test_json_says_everything(media: Path, capsys: pytest.CaptureFixture[str]) -> None:
    label.write(media / "cat.jpg", Label.by_generator("ExampleLtd", "42").propagated("平台", "7"))
    status, out, _ = printed(capsys, "verify", media / "cat.jpg", "--format", "json")
    (file,) = json.loads(out)["files"]
    assert status == 0
    assert (file["status"], file["places"], file["label"]["ContentPropagator"]) == ("VALID", ["xmp"], "平台")
    (finding,) = file["findings"]
    assert (finding["code"], finding["severity"], finding["field"], finding["basis"]) == (
        "characters",
        "warning",
        "ContentPropagator",
        "GB 45438-2025 E j (C2)",
    )


def test_a_platform_judges_and_writes(media: Path, capsys: pytest.CaptureFixture[str]) -> None:
    label.write(media / "cat.png", Label.by_generator("ExampleLtd", "42"))
    files = [media / "cat.png", media / "cat.jpg"]
    status, out, _ = printed(
        capsys, "judge", *files, "--declared", "--write", "--propagator", "PlatformLtd", "--format", "json"
    )
    assert status == 0
    assert [(file["status"], file["rule"]) for file in json.loads(out)["files"]] == [
        ("GENERATED", "6.1.1"),
        ("POSSIBLY", "6.1.2"),
    ]
    first, second = (label.verify(path).label for path in files)
    assert first is not None
    assert second is not None
    assert (first.label, first.producer, first.propagator) == ("1", "ExampleLtd", "PlatformLtd")
    assert (second.label, second.producer, second.propagator) == ("2", "", "PlatformLtd")


def test_a_prompt_in_a_text_is_a_trace(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plain, marked = tmp_path / "plain.txt", tmp_path / "marked.txt"
    plain.write_text("A text.\n")
    marked.write_text("本文由AI生成\n\nA text.\n", "utf-8")
    _, out, _ = printed(capsys, "judge", plain, marked, "--format", "json")
    assert [file["status"] for file in json.loads(out)["files"]] == ["NOTHING", "SUSPECTED"]


def test_plain_text_gets_the_prompt_that_is_asked_for(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "note.txt"
    path.write_text("A text.\n")
    command = ("write", path, "--producer", "ExampleLtd", "--explicit")
    status, out, _ = printed(capsys, *command)
    assert status == 0
    assert out.splitlines()[1] == ("    the visible prompt was written; plain text has no place for an implicit label")
    assert "AI生成" in path.read_text("utf-8")
    assert printed(capsys, *command)[1].startswith("= UNCHANGED")


def test_a_platform_fills_in_only_where_a_label_is(media: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command = ("write", media / "cat.png", "--role", "propagator", "--propagator", "PlatformLtd")
    status, out, _ = printed(capsys, *command)
    assert status == 1
    assert "guiju label judge --write" in out


@pytest.mark.parametrize(
    ("command", "message"),
    [
        (("write", "cat.png"), "error: give --producer: the provider's name or code\n"),
        (("verify", "nothing.png"), "error: there is no file nothing.png\n"),
        (("verify", "."), "error: . is a folder: add --recursive\n"),
        (("judge", "cat.png", "--write"), "error: give --propagator: the platform's name or code\n"),
        (
            ("write", "cat.png", "cat.jpg", "--producer", "x", "--id", "1"),
            "error: a number belongs to one file: leave out --id and --propagate-id for several files\n",
        ),
    ],
)
def test_wrong_commands(
    media: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    command: tuple[str, ...],
    message: str,
) -> None:
    monkeypatch.chdir(media)
    before = {path.name: path.read_bytes() for path in media.iterdir()}
    assert printed(capsys, *command) == (2, "", message)
    assert {path.name: path.read_bytes() for path in media.iterdir()} == before


def test_wrong_commands_in_chinese(capsys: pytest.CaptureFixture[str]) -> None:
    assert printed(capsys, "verify", "没有.png", "--lang", "zh") == (2, "", "错误：找不到 没有.png\n")


def test_several_processes_give_the_same_answer_in_the_same_order(
    media: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for number in range(30):
        shutil.copy(media / "cat.png", media / f"cat{number:02}.png")
    one = printed(capsys, "verify", media, "-r", "-j", "1")
    assert printed(capsys, "verify", media, "-r", "-j", "2") == one


def test_a_fault_of_ours_is_told_and_does_not_lose_the_other_files(
    media: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(_: object) -> None:
        raise IndexError("list index out of range")

    monkeypatch.setattr("guiju.label.formats.images.gif.contents", broken)
    (media / "cat.gif").write_bytes(b"GIF89a")
    status, out, _ = printed(capsys, "verify", media / "cat.gif", media / "cat.png")
    assert status == 1
    assert "FAILED" in out
    assert "a fault of ours; the file is as it was: IndexError: list index out of range" in out
    assert "ABSENT" in out


def test_links_and_our_own_leftovers_are_not_followed(media: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (media / "link.png").symlink_to(media / "cat.png")
    (media / ".guiju.x.tmp").write_bytes(b"half a file")
    assert printed(capsys, "verify", media, "-r")[1].splitlines()[-1] == "10 files: ABSENT 10"


def test_transplant(media: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mine = Label.by_generator("ExampleLtd", "42")
    label.write(media / "clip.mp4", mine)
    assert printed(capsys, "transplant", media / "clip.mp4", media / "tone.mp3")[0] == 0
    assert label.verify(media / "tone.mp3").label == mine
