"""A snapshot gives the same rulebooks as the YAML, or it is not used."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from guiju.engine.link import link
from guiju.engine.snapshot import keep, recall, snapshot_path
from guiju.engine.sources import BUILT_IN, gather


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return Path(shutil.copytree(BUILT_IN, tmp_path / "rulebooks"))


def test_the_same_norms_come_back(tmp_path: Path) -> None:
    sources = gather(BUILT_IN)
    keep(tmp_path / "rulebooks-x", sources)
    kept = recall(tmp_path / "rulebooks-x")
    assert kept is not None
    as_read, as_kept = link(sources), link(kept)
    assert [(n.key, n.when_text, n.file, n.line) for n in as_read.norms] == [
        (n.key, n.when_text, n.file, n.line) for n in as_kept.norms
    ]
    assert [n.condition and n.condition.text for n in as_read.norms] == [
        n.condition and n.condition.text for n in as_kept.norms
    ]
    assert [n.fines for n in as_read.norms] == [n.fines for n in as_kept.norms]


def test_any_change_of_a_rulebook_asks_for_another_snapshot(root: Path) -> None:
    before = snapshot_path(root)
    chapter = root / "mail4" / "ch4_s3_filing.yaml"
    chapter.write_text(chapter.read_text("utf-8").replace("1_000_000", "1_000_001"), "utf-8")
    assert snapshot_path(root) != before


@pytest.mark.parametrize("place", [0, 5, 40, -1])
def test_a_damaged_snapshot_is_not_used(place: int, tmp_path: Path) -> None:
    path = tmp_path / "rulebooks-x"
    keep(path, gather(BUILT_IN))
    content = bytearray(path.read_bytes())
    content[place] ^= 1
    path.write_bytes(content)
    assert recall(path) is None


def test_half_a_snapshot_is_not_used(tmp_path: Path) -> None:
    path = tmp_path / "rulebooks-x"
    keep(path, gather(BUILT_IN))
    path.write_bytes(path.read_bytes()[:1000])
    assert recall(path) is None
    assert recall(tmp_path / "rulebooks-y") is None


def test_a_folder_that_cannot_be_written_only_costs_time(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder", "utf-8")
    keep(blocked / "rulebooks-x", gather(BUILT_IN))
    assert blocked.read_text("utf-8") == "not a folder"


def test_older_snapshots_make_room(tmp_path: Path) -> None:
    sources = gather(BUILT_IN)
    for name in ("rulebooks-old", "rulebooks-new"):
        keep(tmp_path / name, sources)
    assert [path.name for path in tmp_path.iterdir()] == ["rulebooks-new"]
