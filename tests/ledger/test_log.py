"""The log as a whole: what is appended is there, provable, and stays."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guiju.ledger.checkpoint import verify_checkpoint
from guiju.ledger.errors import EventError, KeyFileError, RangeError, StoreError
from guiju.ledger.event import LONGEST_EVENT
from guiju.ledger.keys import SigningKey
from guiju.ledger.log import Ledger
from guiju.ledger.proofs import verify_consistency, verify_inclusion
from guiju.ledger.tree import EMPTY_ROOT, leaf_hash
from tests.ledger import naive


def events(count: int, start: int = 0) -> list[dict[str, object]]:
    return [{"number": number, "act": "试验"} for number in range(start, start + count)]


def test_an_empty_log_has_a_signed_checkpoint_of_nothing(ledger: Ledger) -> None:
    checkpoint = ledger.checkpoint()
    assert (checkpoint.size, checkpoint.root) == (0, EMPTY_ROOT)
    assert verify_checkpoint(checkpoint.note, ledger.verifier) == checkpoint


def test_an_event_comes_back_as_its_canonical_form(ledger: Ledger) -> None:
    entry = ledger.append({"b": 1, "a": "规"})
    assert entry.index == 0
    assert ledger.event(0) == '{"a":"规","b":1}'.encode()
    assert entry.leaf_hash == leaf_hash(ledger.event(0)) == ledger.leaf(0)


@pytest.mark.parametrize("size", [1, 2, 255, 256, 257, 513, 700])
def test_every_size_has_the_root_of_rfc_9162_under_the_logs_signature(ledger: Ledger, size: int) -> None:
    ledger.append_many(events(size))
    root = naive.mth(list(ledger.events()))
    checkpoint = ledger.checkpoint()
    assert (checkpoint.size, checkpoint.root) == (size, root) == (size, ledger.root())
    assert verify_checkpoint(checkpoint.note, ledger.verifier) is not None


@settings(max_examples=15)
@given(st.lists(st.integers(1, 400), min_size=1, max_size=5), st.data())
def test_proofs_of_any_sizes_verify_before_and_after_opening_again(
    tmp_path_factory: pytest.TempPathFactory, pieces: list[int], data: st.DataObject
) -> None:
    key = SigningKey.generate("guiju.example/log")
    path = tmp_path_factory.mktemp("log") / "log.db"
    with Ledger.create(path, key) as ledger:
        for piece in pieces:
            ledger.append_many(events(piece))
        total = sum(pieces)
        size = data.draw(st.integers(1, total))
        index, old = data.draw(st.integers(0, size - 1)), data.draw(st.integers(0, size))
        all_events = list(ledger.events())
        root, old_root = naive.mth(all_events[:size]), naive.mth(all_events[:old])
        with Ledger.open(path) as reader:
            for log in (ledger, reader):
                assert verify_inclusion(leaf_hash(all_events[index]), index, size, log.inclusion(index, size), root)
                assert verify_consistency(old, size, old_root, root, log.consistency(old, size))


def test_together_means_all_or_none(ledger: Ledger) -> None:
    ledger.append_many(events(3))
    with pytest.raises(EventError):
        ledger.append_many([*events(3), {"number": float("nan")}])
    assert ledger.size == 3
    assert [entry.index for entry in ledger.append_many(events(2))] == [3, 4]
    assert ledger.append_many([]) == []


def test_an_event_is_an_object_of_bounded_length(ledger: Ledger) -> None:
    rest = len(b'{"a":""}')
    ledger.append({"a": "x" * (LONGEST_EVENT - rest)})
    with pytest.raises(EventError, match="L109: the event has 65,536 bytes; at most 65,535"):
        ledger.append({"a": "x" * (LONGEST_EVENT - rest + 1)})
    with pytest.raises(EventError, match="L100: event 0 is not a JSON object"):
        ledger.append_many([[1, 2]])  # type: ignore[list-item]


def test_what_one_opened_log_appends_another_sees_and_continues(
    ledger: Ledger, tmp_path: Path, key: SigningKey
) -> None:
    with Ledger.open(tmp_path / "log.db", key) as other:
        for turn in range(6):
            (ledger, other)[turn % 2].append_many(events(100 * turn + 1))
        assert ledger.size == other.size == 1506
        assert ledger.latest() == other.latest()
        assert ledger.root() == naive.mth(list(other.events()))


def test_reading_needs_no_key_writing_needs_the_logs_own(ledger: Ledger, tmp_path: Path) -> None:
    ledger.append_many(events(2))
    path = tmp_path / "log.db"
    with Ledger.open(path) as reader:
        assert reader.latest().size == 2
        for act in (lambda: reader.append({}), reader.checkpoint, lambda: reader.prune(0)):
            with pytest.raises(KeyFileError, match="L116"):
                act()
    with pytest.raises(KeyFileError, match="L115"):
        Ledger.open(path, SigningKey.generate("guiju.example/log"))


def test_checkpoints_that_were_handed_out_are_kept_once(ledger: Ledger) -> None:
    first = ledger.checkpoint()
    ledger.append_many(events(2))
    second = ledger.checkpoint()
    assert ledger.checkpoint() == second
    assert ledger.checkpoints() == [first, second]


@pytest.mark.parametrize("index", [-1, 2, 3])
def test_an_index_that_is_not_there_is_refused(ledger: Ledger, index: int) -> None:
    ledger.append_many(events(2))
    for ask in (ledger.event, ledger.leaf, ledger.inclusion, ledger.erase):
        with pytest.raises(RangeError, match=f"L140: no event {index} among 2"):
            ask(index)


@pytest.mark.parametrize(("old", "new"), [(0, 3), (3, 2), (-1, 2), (1, -1)])
def test_a_size_that_is_not_there_is_refused(ledger: Ledger, old: int, new: int) -> None:
    ledger.append_many(events(2))
    with pytest.raises(RangeError, match="L141"):
        ledger.consistency(old, new)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE events SET lines = x'7b7d' WHERE first = 0",
        "DELETE FROM events WHERE first = 256",
        "DELETE FROM events",
        "INSERT OR REPLACE INTO events VALUES (0, 1, x'7b7d', NULL)",
        "INSERT INTO events VALUES (301, 302, x'7b7d', NULL)",
        "UPDATE events SET first = 9999 WHERE first = 256",
        "UPDATE tile SET nodes = x''",
        "DELETE FROM tile",
        "INSERT OR REPLACE INTO tile VALUES (0, 0, x'', x'')",
        "UPDATE checkpoint SET note = ''",
        "DELETE FROM checkpoint",
        "UPDATE about SET verifier = ''",
        "DELETE FROM about",
        "UPDATE retention SET minimum = 512",
        "DELETE FROM retention",
    ],
)
def test_the_database_itself_refuses_to_change_what_is_written(ledger: Ledger, tmp_path: Path, statement: str) -> None:
    ledger.append_many(events(300))
    ledger.checkpoint()
    with sqlite3.connect(tmp_path / "log.db") as database, pytest.raises(sqlite3.IntegrityError, match="append-only"):
        database.execute(statement)
    database.close()


def tamper(path: Path, statement: str) -> None:
    """Do what only somebody with full access to the file can do."""
    database = sqlite3.connect(path)
    for (name,) in database.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
        database.execute(f"DROP TRIGGER {name}")
    database.execute(statement)
    database.commit()
    database.close()


@pytest.mark.parametrize(
    ("statement", "message"),
    [
        ("UPDATE events SET lines = x'7b7d' WHERE first = 299", "do not give the root that was signed"),
        ("DELETE FROM events WHERE first = 290", "do not give the root that was signed"),
        ("DELETE FROM events WHERE first >= 256", "its head is not signed by its key"),
        ("UPDATE events SET seal = zeroblob(96) WHERE seal IS NOT NULL", "its head is not signed by its key"),
        (
            "UPDATE events SET lines = CAST(lines || x'0a7b7d' AS BLOB) WHERE first = 299",
            "1 events should stand at 299, not 2",
        ),
        ("UPDATE events SET lines = 'text'", "a value is of the wrong kind"),
        ("UPDATE events SET seal = 1.5", "a value is of the wrong kind"),
        ("DELETE FROM about", "a table is empty"),
        ("UPDATE tile SET root = zeroblob(32)", "do not give the root that was signed"),
        ("DELETE FROM tile", "do not give the root that was signed"),
    ],
)
def test_a_file_that_was_tampered_with_at_its_end_does_not_open(
    ledger: Ledger, tmp_path: Path, statement: str, message: str
) -> None:
    for piece in (290, 9, 1):
        ledger.append_many(events(piece))
    ledger.close()
    tamper(tmp_path / "log.db", statement)
    with pytest.raises(StoreError, match=f"L136: .*{message}"):
        Ledger.open(tmp_path / "log.db")


def test_what_is_no_log_is_refused_and_left_alone(tmp_path: Path, key: SigningKey) -> None:
    path = tmp_path / "log.db"
    with pytest.raises(StoreError, match=r"L130: there is no log at .*guiju ledger init"):
        Ledger.open(path)
    path.write_bytes(b"SQLite, but not really" * 100)
    with pytest.raises(StoreError, match="L133"):
        Ledger.open(path)
    with pytest.raises(StoreError, match="L131"):
        Ledger.create(path, key)
    assert path.read_bytes() == b"SQLite, but not really" * 100
    assert [entry.name for entry in tmp_path.iterdir()] == ["log.db"]


def test_a_file_whose_pages_are_garbage_is_told_as_such(ledger: Ledger, tmp_path: Path) -> None:
    ledger.append_many(events(2000))
    ledger.close()
    path = tmp_path / "log.db"
    content = path.read_bytes()
    path.write_bytes(content[:8192] + b"\xff" * (len(content) - 8192))
    with pytest.raises(StoreError, match="L13"):
        Ledger.open(path)


def test_retention_forgets_events_and_keeps_every_proof(ledger: Ledger) -> None:
    ledger.append_many(events(600))
    kept, proof = ledger.event(512), ledger.inclusion(3)
    leaf, root = ledger.leaf(3), ledger.root()
    assert ledger.prune(520) == ledger.minimum == 512
    assert ledger.inclusion(3) == proof
    assert verify_inclusion(leaf, 3, 600, proof, root)
    assert ledger.event(512) == kept
    with pytest.raises(RangeError, match="L142: event 511 was removed by retention"):
        ledger.event(511)
    assert ledger.prune(256) == 512
    ledger.append_many(events(10))
    assert verify_consistency(600, 610, root, ledger.root(), ledger.consistency(600))


def test_retention_never_takes_the_last_event(ledger: Ledger, tmp_path: Path) -> None:
    ledger.append_many(events(512))
    assert ledger.prune(512) == 256
    with Ledger.open(tmp_path / "log.db") as again:
        assert again.latest() == ledger.latest()
