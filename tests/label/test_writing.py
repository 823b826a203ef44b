"""Writing is safe: read back, atomic, idempotent, never over another's label, never through a seal unasked."""

import errno
import json
import os
import stat
import subprocess
import sys
import zlib
from pathlib import Path

import pytest

from guiju import label
from guiju.label import Label, Permission, RefusedError, writing
from guiju.label.source import Source
from guiju.label.splice import Plan
from tests.label.pictures import pixels, png

MINE = Label.by_generator("ExampleLtd", "42")
OTHERS = Label.by_generator("OtherLtd", "7")


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "cat.png"
    path.write_bytes(png())
    return path


def test_a_label_is_written_and_read_and_the_pixels_stay(picture: Path) -> None:
    before = pixels(picture.read_bytes())
    written = label.write(picture, MINE)
    assert (written.kind, written.place, written.changed) == ("png", "xmp", True)
    assert label.verify(picture).label == MINE
    assert pixels(picture.read_bytes()) == before


def test_labelling_twice_changes_no_byte(picture: Path) -> None:
    label.write(picture, MINE)
    once, when = picture.read_bytes(), picture.stat().st_mtime_ns
    assert not label.write(picture, MINE).changed
    assert picture.read_bytes() == once
    assert picture.stat().st_mtime_ns == when


def test_a_copy_leaves_the_original(picture: Path, tmp_path: Path) -> None:
    before = picture.read_bytes()
    label.write(picture, MINE, out=tmp_path / "labelled.png")
    assert picture.read_bytes() == before
    assert label.verify(tmp_path / "labelled.png").label == MINE


def test_the_type_is_told_by_content_not_by_name(tmp_path: Path) -> None:
    path = tmp_path / "cat.jpg"
    path.write_bytes(png())
    assert label.write(path, MINE).kind == "png"


def test_mode_and_link_survive(picture: Path, tmp_path: Path) -> None:
    picture.chmod(0o640)
    link = tmp_path / "link.png"
    link.symlink_to(picture)
    label.write(link, MINE)
    assert link.is_symlink()
    assert stat.S_IMODE(picture.stat().st_mode) == 0o640
    assert label.verify(picture).status == label.VALID


def test_anothers_label_is_not_replaced(picture: Path) -> None:
    label.write(picture, OTHERS)
    before = picture.read_bytes()
    with pytest.raises(RefusedError) as caught:
        label.write(picture, MINE)
    assert caught.value.code == "other_label"
    assert caught.value.text("en") == (
        f'{picture}: the file already has another label (xmp, producer "OtherLtd"); labels of others must not be '
        "altered; if it has to be replaced, say so (--force); that is logged"
    )
    assert "不得改动他人标识" in caught.value.text("zh")
    assert picture.read_bytes() == before


def test_ones_own_other_label_is_not_replaced_silently_either(picture: Path) -> None:
    label.write(picture, MINE)
    with pytest.raises(RefusedError) as caught:
        label.write(picture, Label.by_generator("ExampleLtd", "43"))
    assert caught.value.code == "already_labelled"


def test_forced_replacement_is_logged_and_leaves_one_label(picture: Path, tmp_path: Path) -> None:
    label.write(picture, OTHERS)
    log = tmp_path / "log" / "label.jsonl"
    label.write(picture, MINE, permission=Permission(replace_label=True), log=log)
    assert [one.parsed.label for one in label.read(picture).occurrences] == [MINE]
    (entry,) = [json.loads(line) for line in log.read_text("utf-8").splitlines()]
    assert entry["file"] == str(picture)
    assert json.loads(entry["replaced"][0]) == OTHERS.as_dict()
    assert entry["label"] == MINE.as_dict()


def test_if_the_log_cannot_be_written_nothing_is_replaced(picture: Path, tmp_path: Path) -> None:
    label.write(picture, OTHERS)
    before = picture.read_bytes()
    (tmp_path / "log").write_text("a file where a folder should be")
    with pytest.raises(OSError, match="log"):
        label.write(picture, MINE, permission=Permission(replace_label=True), log=tmp_path / "log" / "x.jsonl")
    assert picture.read_bytes() == before
    assert [path.name for path in tmp_path.glob(".guiju*")] == []


def test_a_platform_fills_its_fields_without_force(picture: Path) -> None:
    label.write(picture, OTHERS)
    label.write(picture, OTHERS.propagated("platform", "p-1"))
    found = label.verify(picture).label
    assert found is not None
    assert (found.producer, found.produce_id, found.propagator) == ("OtherLtd", "7", "platform")


def test_a_wrong_label_is_not_written(picture: Path) -> None:
    before = picture.read_bytes()
    with pytest.raises(RefusedError) as caught:
        label.write(picture, Label("AIGC", "x", "1"))
    assert caught.value.code == "bad_label"
    assert picture.read_bytes() == before


def c2pa_png() -> bytes:
    data = b"\x00\x00\x00\x10jumb\x00\x00\x00\x08jumd"
    chunk = len(data).to_bytes(4, "big") + b"caBX" + data + zlib.crc32(b"caBX" + data).to_bytes(4, "big")
    plain = png()
    return plain[:33] + chunk + plain[33:]


def test_a_c2pa_manifest_is_not_broken_unasked(picture: Path) -> None:
    picture.write_bytes(c2pa_png())
    with pytest.raises(RefusedError) as caught:
        label.write(picture, MINE)
    assert caught.value.code == "c2pa"
    label.write(picture, MINE, permission=Permission(break_seals=True))
    assert label.verify(picture).label == MINE


@pytest.mark.parametrize("data", [b"", b"\x00\x01\x02", png()[:60]], ids=["empty", "unknown", "truncated"])
def test_what_cannot_be_labelled_is_left_as_it_was(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "file"
    path.write_bytes(data)
    with pytest.raises(label.LabelError):
        label.write(path, MINE)
    assert path.read_bytes() == data
    assert os.listdir(tmp_path) == ["file"]  # noqa: PTH208 - hidden files count


def test_a_full_disk_leaves_the_old_file(picture: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    before = picture.read_bytes()
    monkeypatch.setattr(Plan, "write_to", full)
    with pytest.raises(OSError, match="No space left"):
        label.write(picture, MINE)
    assert picture.read_bytes() == before
    assert list(picture.parent.iterdir()) == [picture]


def test_a_label_that_cannot_be_read_back_is_not_put_in_place(picture: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = picture.read_bytes()
    monkeypatch.setattr("guiju.label.formats.images.png.plan", lambda source, _: Plan.of_edits(source.size, []))
    with pytest.raises(RefusedError) as caught:
        label.write(picture, MINE)
    assert caught.value.code == "read_back"
    assert picture.read_bytes() == before


def test_a_file_that_changes_meanwhile_is_not_overwritten(picture: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    original = Plan.write_to

    def interfere(plan: Plan, source: Source, out: object) -> None:
        original(plan, source, out)  # type: ignore[arg-type]
        picture.write_bytes(png(colour=(1, 2, 3)))

    monkeypatch.setattr(Plan, "write_to", interfere)
    with pytest.raises(RefusedError) as caught:
        label.write(picture, MINE)
    assert caught.value.code == "changed_meanwhile"
    assert picture.read_bytes() == png(colour=(1, 2, 3))


def test_of_two_writers_at_once_one_wins_and_the_other_is_told(picture: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The other one comes at the worst moment: behind the last check, before the replacement."""
    refusals: list[str] = []
    keep_owner = writing._keep_owner

    def other_writer(*_: object) -> None:
        monkeypatch.setattr(writing, "_keep_owner", keep_owner)
        with pytest.raises(RefusedError) as caught:
            label.write(picture, OTHERS)
        refusals.append(caught.value.code)

    monkeypatch.setattr(writing, "_keep_owner", other_writer)
    label.write(picture, MINE)
    assert refusals == ["changed_meanwhile"]
    assert label.verify(picture).label == MINE
    assert sorted(path.name for path in picture.parent.iterdir()) == ["cat.png"]


def test_the_owner_stays(picture: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[tuple[int, int]] = []
    monkeypatch.setattr(os, "chown", lambda _, user, group: given.append((user, group)))
    before = picture.stat()
    label.write(picture, MINE)
    assert given == [(before.st_uid, before.st_gid)]


_KILLED = """
import os, signal, sys
from guiju import label
from guiju.label import writing
def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)
setattr(writing, sys.argv[2], die)
label.write(sys.argv[1], label.Label.by_generator("x", "1"))
"""


@pytest.mark.parametrize("moment", ["check_read_back", "_check_unchanged"])
def test_a_killed_run_leaves_the_old_file(picture: Path, moment: str) -> None:
    before = picture.read_bytes()
    run = subprocess.run([sys.executable, "-c", _KILLED, str(picture), moment], check=False)
    assert run.returncode == -9
    assert picture.read_bytes() == before


def test_bytes_in_memory() -> None:
    labelled = label.labelled_bytes(png(), MINE)
    assert label.verify_source(Source.of_bytes(labelled)).label == MINE
    assert pixels(labelled) == pixels(png())


def test_transplant(picture: Path, tmp_path: Path) -> None:
    label.write(picture, OTHERS)
    smaller = tmp_path / "small.png"
    smaller.write_bytes(png((4, 3)))
    label.transplant(picture, smaller)
    assert label.verify(smaller).label == OTHERS


def test_nothing_to_transplant(picture: Path) -> None:
    with pytest.raises(RefusedError) as caught:
        label.transplant(picture, picture)
    assert caught.value.code == "nothing_to_transplant"
