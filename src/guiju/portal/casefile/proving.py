"""The evidence of a case: where its events stand in the log, proofs to take along, and a check when it is asked for."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from typing import Any

from guiju.bilingual import Bilingual
from guiju.ledger.errors import LedgerError
from guiju.ledger.personal import MEMBER, verify_opening
from guiju.ledger.proof_file import verify_proof
from guiju.portal.casefile.reach import Reached
from guiju.portal.evidence.models import Erasure
from guiju.portal.evidence.opening import open_log
from guiju.portal.evidence.proving import Prover

SHOWN = ("content", "private")
"""What lies beside an event and goes with its proof; who did it does not."""
CONFIDENTIAL = ("private",)
"""What of it only those open who see confidential fields."""
_WRONG = Bilingual(zh="内容与日志中的承诺不符", en="its content is not what the log commits to")
_ERASED = Bilingual(
    zh="部分内容已擦除；其余与日志相符", en="part of it was erased; the rest is what the log commits to"
)
_HOLDS = Bilingual(zh="在日志中，内容相符", en="in the log, and its content is what the log commits to")
_PRUNED = Bilingual(zh="保存期限已满，日志只留哈希", en="retention has ended; the log keeps its hash only")


@dataclass(frozen=True, slots=True)
class Checked:
    """One event after the check."""

    seq: int
    index: int
    holds: bool
    said: Bilingual


@dataclass(frozen=True, slots=True)
class Verification:
    """What was checked against which state of the log."""

    events: tuple[Checked, ...]
    size: int
    root: str
    log: str

    @property
    def holds(self) -> bool:
        """Whether every event is in the log as it stands here."""
        return all(one.holds for one in self.events)


def proof_of(reached: Reached, seq: int) -> dict[str, Any]:
    """Return the proof that an event of the case is in the log, as plain data; raises KeyError, LedgerError.

    `proof` is a C2SP tlog-proof, which any tool for that format checks; `openings` open the event's commitments;
    `published` if it leads to a checkpoint that everybody can look up.
    """
    index = reached.recorded.indices[seq]
    with open_log() as log:
        prover = Prover.of(log)
        proof = prover.prove(index)
        return {
            "case": reached.case.number,
            "seq": seq,
            "index": index,
            "log": str(log.verifier),
            "published": prover.is_published(index),
            "event": json.loads(proof.event),
            "proof": str(proof),
            "openings": [
                {"name": one.name, "salt": base64.b64encode(one.salt).decode(), "value": one.value.decode()}
                for one in log.openings(index)
                if one.name in SHOWN and (reached.trusted or one.name not in CONFIDENTIAL)
            ],
        }


def verify(reached: Reached) -> Verification:
    """Check every event of the case against the log as its key signs it now. Raises StoreError where it is damaged."""
    with open_log() as log:
        checkpoint, prover = log.latest(), Prover.of(log)
        checked = tuple(_checked(prover, seq, index) for seq, index in reached.recorded.indices.items())
        return Verification(checked, checkpoint.size, checkpoint.root.hex(), checkpoint.origin)


def _checked(prover: Prover, seq: int, index: int) -> Checked:
    log = prover.log
    if index < log.minimum:
        return Checked(seq, index, holds=True, said=_PRUNED)
    try:
        proof = prover.prove(index)
    except LedgerError as error:
        return Checked(seq, index, holds=False, said=Bilingual(zh=error.text("zh"), en=error.text("en")))
    findings = verify_proof(proof, log.verifier)
    if findings:
        said = Bilingual(zh=findings[0].text("zh"), en=findings[0].text("en"))
        return Checked(seq, index, holds=False, said=said)
    event = json.loads(proof.event)
    committed = {name for name, value in event.items() if isinstance(value, dict) and MEMBER in value}
    opened = {one.name for one in log.openings(index) if verify_opening(event, one)}
    erased = set(Erasure.objects.filter(idx=index, name__in=committed - opened).values_list("name", flat=True))
    if committed - opened - erased:
        return Checked(seq, index, holds=False, said=_WRONG)
    return Checked(seq, index, holds=True, said=_ERASED if erased else _HOLDS)
