"""Checkpoints that were seen before, and whether a log that is read from its beginning passes through them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from guiju.ledger import findings as found
from guiju.ledger.checkpoint import Checkpoint, verify_checkpoint
from guiju.ledger.findings import Finding
from guiju.ledger.keys import VerifierKey


@dataclass(frozen=True, slots=True)
class _Mark:
    root: bytes
    shown: bool
    """Whether others were shown it; otherwise it is an earlier one of one's own."""


@dataclass
class Marks:
    """The roots expected at certain sizes of a log that now has `size` events."""

    log: VerifierKey
    earlier: Sequence[bytes]
    shown: Sequence[bytes]
    size: int
    good: int = 0
    """The largest size that was passed with the expected root."""
    mismatch: Finding | None = None
    """The first size at which another root was expected."""
    unsigned: list[Finding] = field(default_factory=list)
    shortened: list[Finding] = field(default_factory=list)
    undecided: tuple[int, ...] = ()
    _at: dict[int, list[_Mark]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for content in self.earlier:
            checkpoint = self._read(content, shown=False)
            if checkpoint is not None and checkpoint.size > self.size:
                self.shortened.append(found.tail_removed(self.size, checkpoint.size))
        for content in self.shown:
            checkpoint = self._read(content, shown=True)
            if checkpoint is not None and checkpoint.size > self.size:
                self.undecided += (checkpoint.size,)

    def _read(self, content: bytes, *, shown: bool) -> Checkpoint | None:
        checkpoint = Checkpoint.parse(content)
        if verify_checkpoint(content, self.log) is None:
            self.unsigned.append(found.not_signed(f"checkpoint of size {checkpoint.size}"))
            return None
        self._at.setdefault(checkpoint.size, []).append(_Mark(checkpoint.root, shown))
        return checkpoint

    def between(self, start: int, stop: int) -> list[int]:
        """Return the sizes above start, up to stop, at which a root is expected."""
        return sorted(size for size in self._at if start < size <= stop)

    def compare(self, size: int, root: bytes) -> None:
        """Compare the root that a log has at this size."""
        marks = self._at.get(size, [])
        if self.mismatch is not None or not marks:
            return
        other = next((mark for mark in marks if mark.root != root), None)
        if other is None:
            self.good = size
        else:
            self.mismatch = (found.forked if other.shown else found.history_rewritten)(self.good, size)
