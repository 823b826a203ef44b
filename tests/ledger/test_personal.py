"""Personal data lies beside the log: what was committed to can be shown, and can be erased for good."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guiju.ledger.errors import EventError, StoreError
from guiju.ledger.keys import SigningKey
from guiju.ledger.log import Ledger
from guiju.ledger.personal import Draft, Opening, commitment, verify_opening
from guiju.ledger.proofs import verify_inclusion
from guiju.ledger.sqlite import SQLiteStore
from guiju.ledger.store import PersonalRow

SECRET = "诸葛亮-secret-4711"


def places_of(secret: bytes, folder: Path) -> list[str]:
    return [path.name for path in folder.rglob("*") if path.is_file() and secret in path.read_bytes()]


def test_the_event_holds_a_commitment_and_the_value_lies_beside(ledger: Ledger) -> None:
    ledger.append({"act": "complaint", "who": {"name": SECRET}}, personal=["who"])
    event = json.loads(ledger.event(0))
    assert event["act"] == "complaint"
    assert set(event["who"]) == {"committed"}
    assert event["who"]["committed"].startswith("sha256:")
    (opening,) = ledger.openings(0)
    assert json.loads(opening.value) == {"name": SECRET}
    assert verify_opening(event, opening)


def test_the_plaintext_is_never_in_the_log_file(ledger: Ledger, tmp_path: Path) -> None:
    ledger.append({"who": SECRET}, personal=["who"])
    files = places_of(SECRET.encode(), tmp_path)
    assert files
    assert all(".personal" in name for name in files)


def test_only_salt_and_value_together_open_a_commitment(ledger: Ledger) -> None:
    ledger.append({"who": SECRET, "other": SECRET}, personal=["who", "other"])
    event = json.loads(ledger.event(0))
    opening = next(opening for opening in ledger.openings(0) if opening.name == "who")
    assert verify_opening(event, opening)
    assert not verify_opening(event, Opening("who", opening.salt, b'"somebody else"'))
    assert not verify_opening(event, Opening("who", bytes(32), opening.value))
    assert not verify_opening(event, Opening("other", opening.salt, opening.value))
    assert not verify_opening(event, Opening("who", opening.salt[:16], opening.value))


def test_a_commitment_without_a_full_salt_opens_nothing() -> None:
    """An operator who commits without salt could have its values guessed; nobody should take that for a commitment."""
    short = Opening("who", b"", b'"x"')
    assert not verify_opening({"who": {"committed": commitment(short)}}, short)


def test_equal_values_cannot_be_told_by_their_commitments(ledger: Ledger) -> None:
    ledger.append_many([Draft({"who": SECRET}, ("who",))] * 2)
    assert ledger.event(0) != ledger.event(1)
    first, second = (ledger.openings(index)[0].salt for index in (0, 1))
    assert first != second
    assert len(first) == 32


def test_naming_a_member_that_is_not_there_is_refused_before_anything_is_written(ledger: Ledger) -> None:
    with pytest.raises(EventError, match="L108: 'whom' is to be kept beside the log, but the event has no such member"):
        ledger.append({"who": SECRET}, personal=["whom"])
    assert ledger.size == 0


def test_erasing_leaves_event_proof_and_the_other_members_as_they_were(ledger: Ledger) -> None:
    ledger.append_many([Draft({"who": SECRET, "phone": "1"}, ("who", "phone")), {"act": "next"}])
    event, proof, root = ledger.event(0), ledger.inclusion(0), ledger.root()
    assert ledger.erase(0, ["who"]) == ["who"]
    assert ledger.erase(0, ["who"]) == []
    assert [opening.name for opening in ledger.openings(0)] == ["phone"]
    assert ledger.erase(0) == ["phone"]
    assert (ledger.event(0), ledger.inclusion(0), ledger.root()) == (event, proof, root)
    assert verify_inclusion(ledger.leaf(0), 0, 2, proof, root)


def test_erasing_where_nothing_personal_was_is_no_error(ledger: Ledger) -> None:
    ledger.append({"act": "x"})
    assert ledger.erase(0) == []


@settings(max_examples=12)
@given(
    lengths=st.lists(st.integers(1, 9000), min_size=2, max_size=25),
    rounds=st.integers(1, 3),
    which=st.data(),
)
def test_after_erasure_neither_plaintext_nor_salt_is_in_any_byte_of_any_file(
    tmp_path_factory: pytest.TempPathFactory, lengths: list[int], rounds: int, which: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("erase")
    with Ledger.create(folder / "log.db", SigningKey.generate("guiju.example/log")) as ledger:
        for turn in range(rounds):
            drafts = [
                Draft({"who": f"<{turn}:{number}>" + "p" * length, "n": number}, ("who",))
                for number, length in enumerate(lengths)
            ]
            ledger.append_many(drafts)
        index = which.draw(st.integers(0, ledger.size - 1))
        (opening,) = ledger.openings(index)
        marker = opening.value.split(b"p")[0]
        assert places_of(marker, folder)
        ledger.erase(index)
        assert places_of(marker, folder) == []
        assert places_of(opening.salt, folder) == []
        assert all(ledger.openings(other) for other in range(ledger.size) if other != index)
    assert places_of(marker, folder) == []


def test_no_remnant_stays_where_the_database_moved_a_value_before_it_was_erased(ledger: Ledger, tmp_path: Path) -> None:
    """With this order of appends and erasures SQLite's own secure_delete leaves a salt in a page it had split."""
    rng = random.Random(203)
    store = ledger._store
    assert isinstance(store, SQLiteStore)
    live: dict[int, bytes] = {}
    for index in range(36):
        salt, name = rng.randbytes(32), "n" * rng.randint(1, 60)
        store._beside.put([PersonalRow(index, name, salt, b"v" * rng.choice([5, 60, 300, 1500, 3900]))])
        live[index] = salt
        if rng.random() < 0.4:
            chosen = rng.choice(sorted(live))
            store.erase(chosen, None)
            assert places_of(live.pop(chosen), tmp_path) == []


def test_what_lies_beside_is_readable_by_its_owner_only(ledger: Ledger, tmp_path: Path) -> None:
    ledger.append({"who": SECRET}, personal=["who"])
    for path in tmp_path.glob("*.personal*"):
        assert path.stat().st_mode & 0o077 == 0, path.name


def test_data_left_beside_by_a_stopped_machine_is_swept_away(ledger: Ledger, tmp_path: Path, key: SigningKey) -> None:
    ledger.append({"who": "kept"}, personal=["who"])
    store = ledger._store
    assert isinstance(store, SQLiteStore)
    store._beside.put([PersonalRow(1, "who", b"s" * 32, SECRET.encode())])
    ledger.close()
    assert places_of(SECRET.encode(), tmp_path)
    with Ledger.open(tmp_path / "log.db", key) as again:
        assert places_of(SECRET.encode(), tmp_path) == []
        assert json.loads(again.openings(0)[0].value) == "kept"


def test_data_left_beside_is_never_taken_for_that_of_the_next_event(
    ledger: Ledger, tmp_path: Path, key: SigningKey
) -> None:
    """Another process died between its two commits; this one has had the log open all the time."""
    ledger.append({"who": "kept"}, personal=["who"])
    with Ledger.open(tmp_path / "log.db", key) as dying:
        store = dying._store
        assert isinstance(store, SQLiteStore)
        store._beside.put([PersonalRow(1, "who", b"s" * 32, SECRET.encode())])
    ledger.append({"who": "somebody else"}, personal=["who"])
    assert [opening.value for opening in ledger.openings(1)] == [b'"somebody else"']
    assert len(ledger.openings(0)) == 1
    assert places_of(SECRET.encode(), tmp_path) == []


def test_data_beside_is_swept_only_after_a_commit_has_made_certain_that_its_events_are_not_there(
    ledger: Ledger, tmp_path: Path
) -> None:
    """Who dies while committing may have written the events after all, which the next recovery would find."""
    store = ledger._store
    assert isinstance(store, SQLiteStore)
    store._beside.put([PersonalRow(0, "who", b"s" * 32, SECRET.encode())])
    journal = tmp_path / "log.db-wal"
    before = journal.read_bytes()
    with store.writing():
        store.sweep()
        assert store.personal(0)
    assert journal.read_bytes() != before
    assert store.personal(0) == []
    assert places_of(SECRET.encode(), tmp_path) == []


def test_a_damaged_file_beside_is_an_error_with_its_name(ledger: Ledger, tmp_path: Path) -> None:
    ledger.append({"who": SECRET}, personal=["who"])
    ledger.close()
    (tmp_path / "log.db.personal").write_bytes(b"no database" * 500)
    with Ledger.open(tmp_path / "log.db") as reader, pytest.raises(StoreError, match=r"L139: .*log\.db\.personal: "):
        reader.openings(0)
