"""The site's log keeps what every log keeps: the ledger's own tests, on the site's tables, and the triggers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction

from guiju.ledger.errors import KeyFileError, StoreError
from guiju.ledger.keys import SigningKey
from guiju.ledger.log import Ledger
from guiju.ledger.personal import verify_opening
from guiju.ledger.proofs import verify_consistency, verify_inclusion
from guiju.ledger.tree import leaf_hash
from guiju.portal.evidence.models import Beside, Erasure, Event, Log
from guiju.portal.evidence.opening import lay_log, open_log, open_log_for_writing
from guiju.portal.evidence.store import TableStore
from guiju.portal.evidence.triggers import append_only, statements
from tests.ledger import naive
from tests.ledger.test_log import (  # noqa: F401  (the same promises, kept by these tables)
    events,
    test_a_size_that_is_not_there_is_refused,
    test_an_empty_log_has_a_signed_checkpoint_of_nothing,
    test_an_event_comes_back_as_its_canonical_form,
    test_an_event_is_an_object_of_bounded_length,
    test_an_index_that_is_not_there_is_refused,
    test_checkpoints_that_were_handed_out_are_kept_once,
    test_every_size_has_the_root_of_rfc_9162_under_the_logs_signature,
    test_retention_forgets_events_and_keeps_every_proof,
    test_together_means_all_or_none,
)


@pytest.fixture
def ledger(db: None) -> Iterator[Ledger]:  # noqa: ARG001
    with open_log_for_writing() as log:
        yield log


def test_what_one_opened_log_appends_another_sees_and_continues(ledger: Ledger) -> None:
    with open_log_for_writing() as other:
        for turn in range(6):
            (ledger, other)[turn % 2].append_many(events(50 * turn + 1))
        assert ledger.size == other.size == 756
        assert ledger.root() == naive.mth(list(other.events()))


@pytest.mark.usefixtures("db")
def test_proofs_of_several_sizes_verify_after_opening_again() -> None:
    sizes = [1, 256, 257, 600]
    for size in sizes:
        with open_log_for_writing() as log:
            log.append_many(events(size - log.size, log.size))
    with open_log() as reader:
        everything = list(reader.events())
        for old, new in pairwise(sizes):
            proof = reader.consistency(old, new)
            assert verify_consistency(old, new, naive.mth(everything[:old]), naive.mth(everything[:new]), proof)
            index = old - 1
            root = reader.root(new)
            assert verify_inclusion(leaf_hash(everything[index]), index, new, reader.inclusion(index, new), root)


def test_an_append_that_is_undone_with_its_transaction_leaves_the_log_as_it_was(ledger: Ledger) -> None:
    ledger.append({"act": "kept"})
    root = ledger.root()
    with transaction.atomic():
        open_log_for_writing().append({"act": "undone"})
        transaction.set_rollback(True)
    assert open_log().size == 1
    open_log_for_writing().append({"act": "next"})
    with open_log() as log:
        assert [json.loads(data)["act"] for data in log.events()] == ["kept", "next"]
        assert log.root(1) == root


def test_personal_values_open_their_commitments_until_they_are_erased(ledger: Ledger) -> None:
    entry = ledger.append({"act": "filed", "by": "李四", "to": "王五"}, personal=["by", "to"])
    assert all(verify_opening(json.loads(ledger.event(entry.index)), one) for one in ledger.openings(entry.index))
    assert ledger.erase(entry.index, ["by", "nothing"]) == ["by"]
    assert [one.name for one in ledger.openings(entry.index)] == ["to"]
    assert list(Erasure.objects.values_list("idx", "name")) == [(entry.index, "by")]
    assert ledger.erase(entry.index) == ["to"]
    assert ledger.erase(entry.index) == []
    assert ledger.inclusion(entry.index) == []


STATEMENTS = [
    "INSERT INTO evidence_event (idx, data) SELECT 302, data FROM evidence_event WHERE idx = 0",
    "INSERT INTO evidence_event (idx, data) SELECT -1, data FROM evidence_event WHERE idx = 0",
    "UPDATE evidence_retention SET minimum = 512",
    "UPDATE evidence_retention SET minimum = -1",
    "DELETE FROM evidence_retention",
    "INSERT INTO evidence_beside (idx, name, salt, value) SELECT 5, 'late', salt, value FROM evidence_beside",
]
ON_SQLITE = ["INSERT OR REPLACE INTO evidence_retention (id, minimum) VALUES (1, 0)"]
ON_POSTGRES = ["TRUNCATE evidence_retention"]


@pytest.mark.parametrize("statement", STATEMENTS + (ON_SQLITE if connection.vendor == "sqlite" else ON_POSTGRES))
def test_the_database_itself_refuses_what_is_out_of_order(ledger: Ledger, statement: str) -> None:
    ledger.append({"by": "李四"}, personal=["by"])
    ledger.append_many(events(299))
    ledger.checkpoint()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize("vendor", ["sqlite", "postgresql"])
def test_triggers_are_written_in_both_dialects(vendor: str) -> None:
    made = "\n".join(statements(append_only("log", "id"), vendor))
    assert ("RAISE(ABORT, 'append-only')" in made) == (vendor == "sqlite")
    assert ("BEFORE TRUNCATE ON log" in made) == (vendor == "postgresql")


def test_an_end_that_was_tampered_with_by_somebody_with_full_access_does_not_open(ledger: Ledger) -> None:
    ledger.append_many(events(5))
    with connection.cursor() as cursor:
        drop = "DROP TRIGGER evidence_event_update_refused"
        cursor.execute(drop if connection.vendor == "sqlite" else f"{drop} ON evidence_event")
    Event.objects.filter(idx=2).update(data=b"{}")
    with pytest.raises(StoreError, match=r"L136: .*do not give the root that was signed"):
        open_log()


@pytest.mark.usefixtures("db")
def test_another_key_than_the_logs_is_refused() -> None:
    with pytest.raises(KeyFileError, match="L115"):
        Ledger(TableStore(), SigningKey.generate("testserver/log"))


@pytest.mark.usefixtures("db")
def test_laying_the_log_again_changes_nothing() -> None:
    before = Log.objects.get().verifier
    assert not lay_log()
    assert Log.objects.get().verifier == before


@pytest.mark.usefixtures("own_database")
@pytest.mark.skipif(connection.vendor != "sqlite", reason="on PostgreSQL the bytes go when the server vacuums")
def test_what_is_erased_is_in_no_file_afterwards() -> None:
    secret = "不可留存的一句话".encode()
    with open_log_for_writing() as log:
        for number in range(20):
            log.append({"number": number, "said": secret.decode()}, personal=["said"])
        for number in range(20):
            log.erase(number)
    assert not Beside.objects.exists()
    connection.close()
    folder = Path(connection.settings_dict["NAME"]).parent
    files = sorted(folder.glob("own.sqlite3*"))
    assert files
    assert not [path.name for path in files if secret in path.read_bytes()]
