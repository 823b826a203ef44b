"""Proofs of events, made against the latest published checkpoint, so that whoever holds one can compare."""

from __future__ import annotations

from dataclasses import dataclass

from guiju.ledger.checkpoint import Checkpoint
from guiju.ledger.log import Ledger
from guiju.ledger.proof_file import InclusionProof
from guiju.portal.evidence.checkpoints import latest


@dataclass(frozen=True, slots=True)
class Prover:
    """Proves events of a log up to the `published` checkpoint, and what is newer up to the log as it stands."""

    log: Ledger
    published: Checkpoint | None

    @classmethod
    def of(cls, log: Ledger) -> Prover:
        """Make it for an open log, with what is published now."""
        kept = latest()
        return cls(log, Checkpoint.parse(kept.note) if kept is not None else None)

    def is_published(self, index: int) -> bool:
        """Whether the published checkpoint covers an event. One beyond the log's end covers nothing: it was cut."""
        return self.published is not None and index < self.published.size <= self.log.size

    def prove(self, index: int) -> InclusionProof:
        """Prove an event. Raises RangeError where there is none, or retention has removed it."""
        stated = self.published if self.published is not None and self.is_published(index) else self.log.latest()
        return InclusionProof(self.log.event(index), index, tuple(self.log.inclusion(index, stated.size)), stated.note)
