"""Proofs as files: an event is in, the log only grew; and what is said when it is not so."""

from __future__ import annotations

import pytest

from guiju.ledger.errors import NoteError
from guiju.ledger.keys import SigningKey
from guiju.ledger.log import Ledger
from guiju.ledger.proof_file import FIRST_LINE, GrowthProof, InclusionProof, verify_growth, verify_proof
from tests.ledger.test_log import events


def proof_of(ledger: Ledger, index: int) -> InclusionProof:
    latest = ledger.latest()
    return InclusionProof(ledger.event(index), index, tuple(ledger.inclusion(index, latest.size)), latest.note)


@pytest.mark.parametrize(("size", "index"), [(1, 0), (2, 1), (300, 256), (300, 0)])
def test_a_proof_is_read_as_written_and_verifies_with_the_public_key(ledger: Ledger, size: int, index: int) -> None:
    ledger.append_many(events(size))
    proof = proof_of(ledger, index)
    assert InclusionProof.parse(str(proof)) == proof
    assert verify_proof(proof, ledger.verifier) == []


def test_a_proof_has_the_form_of_the_specification(ledger: Ledger) -> None:
    ledger.append_many(events(2))
    lines = str(proof_of(ledger, 1)).split("\n")
    assert lines[0] == "c2sp.org/tlog-proof@v1"
    assert lines[1].startswith("extra ")
    assert lines[2] == "index 1"
    assert lines[4] == ""
    assert "\n".join(lines[5:]) == ledger.latest().note


def test_a_proof_of_another_event_or_by_another_key_is_none(ledger: Ledger) -> None:
    ledger.append_many(events(5))
    proof = proof_of(ledger, 2)
    other = InclusionProof(b'{"number":9}', 2, proof.path, proof.note)
    assert [finding.code for finding in verify_proof(other, ledger.verifier)] == ["V210"]
    moved = InclusionProof(proof.event, 3, proof.path, proof.note)
    assert [finding.text("en") for finding in verify_proof(moved, ledger.verifier)] == [
        "V210: the proof does not show this event at 3 among 5"
    ]
    stranger = SigningKey.generate(ledger.verifier.name).verifier
    assert [finding.code for finding in verify_proof(proof, stranger)] == ["V208"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "c2sp.org/tlog-proof@v1\nindex 0\n\nnote",
        "c2sp.org/tlog-proof@v1\nextra e30=\nindex 00\n\nnote",
        "c2sp.org/tlog-proof@v1\nextra e30=\nindex ٣\n\nnote",
        f"c2sp.org/tlog-proof@v1\nextra e30=\nindex {'9' * 5000}\n\nnote",
        "c2sp.org/tlog-proof@v1\nextra ?\nindex 0\n\nnote",
        "c2sp.org/tlog-proof@v1\nextra e30=\nindex 0\nAAAA\n\nnote",
        "c2sp.org/tlog-proof@v2\nextra e30=\nindex 0\n\nnote",
    ],
)
def test_what_is_no_proof_is_refused(text: str) -> None:
    assert FIRST_LINE == "c2sp.org/tlog-proof@v1"
    with pytest.raises(NoteError, match="L122"):
        InclusionProof.parse(text)


@pytest.mark.parametrize(("old", "new"), [(0, 3), (3, 3), (3, 300), (256, 512)])
def test_that_the_log_only_grew_is_shown_from_checkpoint_to_checkpoint(ledger: Ledger, old: int, new: int) -> None:
    ledger.append_many(events(old))
    earlier = ledger.checkpoint().note
    ledger.append_many(events(new - old))
    proof = GrowthProof(old, tuple(ledger.consistency(old)), ledger.latest().note)
    assert GrowthProof.parse(str(proof)) == proof
    assert verify_growth(proof, earlier, ledger.verifier) == []


def test_a_log_that_was_rewritten_or_cut_cannot_show_that_it_grew(
    ledger: Ledger, key: SigningKey, tmp_path_factory: pytest.TempPathFactory
) -> None:
    ledger.append_many(events(4))
    proof = GrowthProof(3, tuple(ledger.consistency(3)), ledger.latest().note)
    with Ledger.create(tmp_path_factory.mktemp("forged") / "log.db", key) as forged:
        forged.append_many(events(3, start=7))
        earlier = forged.checkpoint().note
        forged.append_many(events(3))
        later = forged.checkpoint().note
    assert [finding.code for finding in verify_growth(proof, earlier, key.verifier)] == ["V204"]
    assert [finding.code for finding in verify_growth(proof, later, key.verifier)] == ["V203"]
    with pytest.raises(NoteError, match="L124: the proof is about 2 events, the earlier checkpoint about 3"):
        verify_growth(GrowthProof(2, (), proof.note), earlier, key.verifier)


@pytest.mark.parametrize("text", ["{", '{"old_size":"1","path":[],"checkpoint":""}', '{"old_size":1,"path":["x"]}'])
def test_what_is_no_proof_of_growth_is_refused(text: str) -> None:
    with pytest.raises(NoteError, match="L122"):
        GrowthProof.parse(text)
