"""The exported folder: the layout that other tools know, brought up to date, pruned, and never mixed up."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiju.ledger.errors import ExportError
from guiju.ledger.exported import ExportedLog
from guiju.ledger.exporting import export
from guiju.ledger.keys import SigningKey
from guiju.ledger.log import Ledger
from guiju.ledger.tiles import bundle, tile_levels, tile_path, unbundled, widths
from guiju.ledger.tree import leaf_hash
from guiju.ledger.verifying import Expectations, verify_export
from tests.ledger import naive
from tests.ledger.test_log import events


def files(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    ("level", "number", "width", "path"),
    [
        (0, 0, 256, "tile/0/000"),
        (0, 67, 8, "tile/0/067.p/8"),
        (1, 1067, 256, "tile/1/x001/067"),
        (2, 1234067, 256, "tile/2/x001/x234/067"),
        ("entries", 999, 255, "tile/entries/999.p/255"),
        ("entries", 1000000, 256, "tile/entries/x001/x000/000"),
    ],
)
def test_paths_are_those_of_the_specification(level: int | str, number: int, width: int, path: str) -> None:
    assert tile_path(level, number, width) == path


def test_the_tiles_of_seventy_thousand_entries_are_those_of_the_specification() -> None:
    assert tile_levels(70_000) == 3
    lowest, middle, highest = (list(widths(70_000, level)) for level in range(3))
    assert (len(lowest), lowest[-1]) == (274, (273, 112))
    assert middle == [(0, 256), (1, 17)]
    assert highest == [(0, 1)]


def test_256_entries_are_a_full_tile_and_a_partial_one_above() -> None:
    assert [list(widths(256, level)) for level in range(tile_levels(256))] == [[(0, 256)], [(0, 1)]]


@given(st.lists(st.binary(max_size=300), max_size=20))
def test_bundles_are_read_as_written(entries: list[bytes]) -> None:
    assert unbundled(bundle(entries), "x") == entries


@pytest.mark.parametrize("content", [b"\0", b"\0\5abc", b"\0\1a\0"])
def test_a_bundle_that_ends_early_is_refused(content: bytes) -> None:
    with pytest.raises(ExportError, match="L151"):
        unbundled(content, "tile/entries/000")


def test_an_export_holds_tiles_bundles_and_the_checkpoint(ledger: Ledger, tmp_path: Path) -> None:
    ledger.append_many(events(600))
    folder = tmp_path / "out"
    assert export(ledger, folder, ledger.checkpoint()) == 8
    assert files(folder) == {
        "checkpoint",
        "tile/0/000",
        "tile/0/001",
        "tile/0/002.p/88",
        "tile/1/000.p/2",
        "tile/entries/000",
        "tile/entries/001",
        "tile/entries/002.p/88",
    }
    data = list(ledger.events())
    assert (folder / "tile/0/001").read_bytes() == b"".join(leaf_hash(item) for item in data[256:512])
    assert (folder / "tile/1/000.p/2").read_bytes() == naive.mth(data[:256]) + naive.mth(data[256:512])
    assert (folder / "tile/entries/002.p/88").read_bytes() == bundle(data[512:])


def test_a_later_export_adds_and_leaves_full_tiles_alone(ledger: Ledger, tmp_path: Path) -> None:
    ledger.append_many(events(300))
    folder = tmp_path / "out"
    export(ledger, folder, ledger.checkpoint())
    before = (folder / "tile/0/000").stat().st_mtime_ns
    ledger.append_many(events(300))
    export(ledger, folder, ledger.checkpoint())
    assert (folder / "tile/0/000").stat().st_mtime_ns == before
    assert verify_export(ExportedLog(folder), Expectations(ledger.verifier)).holds


@pytest.mark.parametrize("size", [0, 1, 255, 256, 257, 512, 700])
def test_an_honest_export_of_any_size_verifies(ledger: Ledger, tmp_path: Path, size: int) -> None:
    ledger.append_many(events(size))
    export(ledger, tmp_path / "out", ledger.checkpoint())
    verdict = verify_export(ExportedLog(tmp_path / "out"), Expectations(ledger.verifier))
    assert verdict.findings == ()
    assert (verdict.events, verdict.checkpoint.size) == (size, size)


def test_a_pruned_export_verifies_for_who_agreed_to_it_and_for_nobody_else(ledger: Ledger, tmp_path: Path) -> None:
    ledger.append_many(events(600))
    folder = tmp_path / "out"
    export(ledger, folder, ledger.checkpoint())
    ledger.prune(512)
    ledger.append_many(events(5))
    export(ledger, folder, ledger.checkpoint())
    assert "tile/entries/000" not in files(folder)
    verdict = verify_export(ExportedLog(folder), Expectations(ledger.verifier, minimum=512))
    assert (verdict.findings, verdict.pruned, verdict.events) == ((), 512, 93)
    refused = verify_export(ExportedLog(folder), Expectations(ledger.verifier, minimum=256))
    assert [(finding.code, finding.start, finding.stop) for finding in refused.findings] == [("V209", 256, 512)]


def test_of_pruned_events_no_beginning_is_left_that_an_earlier_export_wrote(ledger: Ledger, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    for piece in (300, 300):
        ledger.append_many(events(piece))
        export(ledger, folder, ledger.checkpoint())
    assert "tile/entries/001.p/44" in files(folder)
    ledger.prune(512)
    export(ledger, folder, ledger.checkpoint())
    assert {name for name in files(folder) if "entries" in name} == {"tile/entries/002.p/88"}
    assert verify_export(ExportedLog(folder), Expectations(ledger.verifier, minimum=512)).pruned == 512


def test_a_folder_of_other_things_is_left_alone(ledger: Ledger, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "letter.txt").write_text("dear")
    with pytest.raises(ExportError, match="L150"):
        export(ledger, tmp_path / "out", ledger.checkpoint())
    assert files(tmp_path / "out") == {"letter.txt"}


def test_a_folder_of_another_log_or_another_history_is_refused(tmp_path: Path, key: SigningKey) -> None:
    folder = tmp_path / "out"
    with Ledger.create(tmp_path / "a.db", key) as one:
        one.append_many(events(3))
        export(one, folder, one.checkpoint())
    with (
        Ledger.create(tmp_path / "b.db", SigningKey.generate("other.example")) as other,
        pytest.raises(ExportError, match=r"L152: .* holds another log: guiju.example/log"),
    ):
        export(other, folder, other.checkpoint())
    with Ledger.create(tmp_path / "c.db", key) as restored:
        with pytest.raises(ExportError, match=r"L153: .* holds history that this log does not contain: 3 events"):
            export(restored, folder, restored.checkpoint())
        restored.append_many(events(4, start=1))
        with pytest.raises(ExportError, match="L153"):
            export(restored, folder, restored.checkpoint())


def test_what_is_no_export_is_said_to_be_none(tmp_path: Path, key: SigningKey) -> None:
    with pytest.raises(ExportError, match="L154"):
        verify_export(ExportedLog(tmp_path), Expectations(key.verifier))
