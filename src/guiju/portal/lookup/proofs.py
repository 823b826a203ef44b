"""The proof that an act on an entry is in the log: the event as it was logged, its path, the signed checkpoint."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from guiju.ledger.errors import RangeError
from guiju.ledger.proof_file import InclusionProof
from guiju.portal.cases.models import CaseEvent
from guiju.portal.evidence.opening import open_log
from guiju.portal.evidence.proving import Prover
from guiju.portal.evidence.store import TableStore
from guiju.portal.registers.models import EntryVersion

FORMAT = "guiju-register-proof/1"


@dataclass(frozen=True, slots=True)
class Proven:
    """A proof and the log's public key; `published` if it leads to a checkpoint that everybody can look up."""

    proof: InclusionProof
    key: str
    published: bool


def proof_of(version: EntryVersion) -> Proven | None:
    """Return the proof of the act behind a version; None where the log keeps it no more."""
    place = CaseEvent.objects.filter(case_id=version.case_id, seq=version.seq).values_list("idx", flat=True).first()
    if place is None:
        return None
    log = open_log()
    prover = Prover.of(log)
    try:
        proof = prover.prove(place)
    except RangeError:
        return None
    return Proven(proof, str(log.verifier), prover.is_published(place))


def log_key() -> str:
    """Return the public key of the log."""
    return TableStore().verifier_text()


def shape_of(proven: Proven) -> dict[str, Any]:
    """Return a proof as JSON. `tlog_proof` is the same in the form that `guiju ledger verify` reads."""
    proof = proven.proof
    return {
        "format": FORMAT,
        "log_key": proven.key,
        "published": proven.published,
        "index": proof.index,
        "event": json.loads(proof.event),
        "path": [sibling.hex() for sibling in proof.path],
        "checkpoint": proof.note,
        "tlog_proof": str(proof),
    }
