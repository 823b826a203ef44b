"""The proof that an act on an entry is in the log: the event as it was logged, its path, the signed checkpoint."""

from __future__ import annotations

import json
from typing import Any

from guiju.ledger.errors import RangeError
from guiju.ledger.proof_file import InclusionProof
from guiju.portal.cases.models import CaseEvent
from guiju.portal.evidence.opening import open_log
from guiju.portal.evidence.store import TableStore
from guiju.portal.registers.models import EntryVersion

FORMAT = "guiju-register-proof/1"


def proof_of(version: EntryVersion) -> tuple[InclusionProof, str] | None:
    """Return the proof of the act behind a version, and the log's public key; None where the log keeps it no more."""
    place = CaseEvent.objects.filter(case_id=version.case_id, seq=version.seq).values_list("idx", flat=True).first()
    if place is None:
        return None
    log = open_log()
    latest = log.latest()
    try:
        event = log.event(place)
    except RangeError:
        return None
    return InclusionProof(event, place, tuple(log.inclusion(place, latest.size)), latest.note), str(log.verifier)


def log_key() -> str:
    """Return the public key of the log."""
    return TableStore().verifier_text()


def shape_of(proof: InclusionProof, key: str) -> dict[str, Any]:
    """Return a proof as JSON. `tlog_proof` is the same in the form that `guiju ledger verify` reads."""
    return {
        "format": FORMAT,
        "log_key": key,
        "index": proof.index,
        "event": json.loads(proof.event),
        "path": [sibling.hex() for sibling in proof.path],
        "checkpoint": proof.note,
        "tlog_proof": str(proof),
    }
