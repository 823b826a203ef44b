"""Verify an exported log with nothing but its files and the public key: no database, no network, bounded memory.

Two questions are asked. Does the folder agree with itself: events with their hashes, hashes with the signed root? And
does it continue what was seen before: earlier checkpoints of one's own, checkpoints shown to others, an earlier copy?
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from guiju.bilingual import Bilingual
from guiju.ledger import findings as found
from guiju.ledger.checkpoint import Checkpoint, verify_checkpoint
from guiju.ledger.differences import Differences
from guiju.ledger.errors import ExportError
from guiju.ledger.exported import ExportedLog, Readable
from guiju.ledger.findings import Finding
from guiju.ledger.keys import VerifierKey
from guiju.ledger.marks import Marks
from guiju.ledger.tiles import hashes, tile_levels, tile_path, widths
from guiju.ledger.tree import HASH_SIZE, TILE_HEIGHT, TILE_WIDTH, Edge, FullTile, leaf_hash


@dataclass(frozen=True, slots=True)
class Expectations:
    """What the verifier brings along: the key, and what it or others have seen of this log before.

    `earlier` are checkpoints of one's own, `shown` those that others were shown, `copy` an earlier export that was
    verified; `minimum` is the index below which retention was agreed to have removed events.
    """

    log: VerifierKey
    witnesses: Sequence[VerifierKey] = ()
    earlier: Sequence[bytes] = ()
    shown: Sequence[bytes] = ()
    copy: ExportedLog | None = None
    minimum: int = 0


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a verification came to.

    `events` were read and hashed, of `pruned` ones only the hashes are left; `undecided` are sizes of checkpoints that
    others were shown and that reach beyond this export: it takes an export of that size to compare them.
    """

    checkpoint: Checkpoint
    events: int
    pruned: int
    findings: tuple[Finding, ...]
    undecided: tuple[int, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether nothing is wrong."""
        return not self.findings


def verify_export(exported: Readable, expected: Expectations) -> Verdict:
    """Read the whole export once and compare it with everything that is expected.

    Raises ExportError or NoteError if a checkpoint or the folder cannot be read at all; whatever else does not fit is
    a finding.
    """
    content = exported.checkpoint()
    checkpoint = Checkpoint.parse(content)
    marks = Marks(expected.log, expected.earlier, expected.shown, checkpoint.size)
    pass_ = _Pass(exported, expected, checkpoint, marks)
    complete = pass_.read_all()
    findings = []
    if verify_checkpoint(content, expected.log, expected.witnesses) is None:
        findings.append(found.not_signed("checkpoint"))
    findings += [*marks.unsigned, *marks.shortened, *pass_.findings]
    findings += _told(pass_, checkpoint, complete=complete)
    return Verdict(checkpoint, pass_.events, pass_.pruned, tuple(findings), marks.undecided)


def _told(pass_: _Pass, checkpoint: Checkpoint, *, complete: bool) -> list[Finding]:
    """Say of everything that differed what it means, now that it is known whether the signed root comes out."""
    rooted = complete and pass_.edge.root() == checkpoint.root
    own, mismatch = pass_.own, pass_.marks.mismatch
    told: list[Finding] = []
    if rooted:
        told += own.as_tiles()
    else:
        told += own.as_events()
    told += [finding for finding in pass_.copied.as_events() if finding not in told]
    if mismatch is not None and (rooted or not own.within(pass_.marks.good, mismatch.stop)):
        told.append(mismatch)
    if complete and not rooted and not own and mismatch is None and not pass_.findings:
        told.append(found.root_differs(pass_.marks.good, checkpoint.size))
    return told


@dataclass
class _Pass:
    """One pass over the files, from the first event to the last."""

    exported: Readable
    expected: Expectations
    checkpoint: Checkpoint
    marks: Marks
    edge: Edge = field(default_factory=Edge)
    own: Differences = field(default_factory=Differences)
    copied: Differences = field(default_factory=Differences)
    findings: list[Finding] = field(default_factory=list)
    events: int = 0
    pruned: int = 0

    def read_all(self) -> bool:
        """Read everything; False if it breaks off before the size that the checkpoint says."""
        size = self.checkpoint.size
        copy = self.expected.copy
        copy_size = Checkpoint.parse(copy.checkpoint()).size if copy else 0
        self._compare_root()
        for number, width in widths(size):
            start = number * TILE_WIDTH
            leaves = self._leaves(number, width)
            if copy is not None and start < copy_size:
                self.copied.compare(start, leaves, _known(copy, number, min(TILE_WIDTH, copy_size - start)))
            self._grow(leaves)
            if len(leaves) < width:
                left = start + len(leaves)
                self.findings.append(
                    found.tile_differs(0, number, left, start + width)
                    if self._gap(number)
                    else found.tail_removed(left, size)
                )
                return False
        self._compare_unfinished()
        return True

    def _leaves(self, number: int, width: int) -> list[bytes]:
        """Return the leaf hashes of one bundle: from its events, and from hashes alone where events are gone."""
        start = number * TILE_WIDTH
        stored = self._readable(self.exported.tile, (0, number, width), start, width)
        entries = self._readable(self.exported.entries, (number, width), start, width)
        leaves = [*map(leaf_hash, entries or [])]
        self.events += len(leaves)
        if entries is not None and (stored is None or len(stored) < len(leaves)):
            self.findings.append(found.tile_differs(0, number, start, start + width))
        hashed = stored or []
        self.own.compare(start, leaves, hashed)
        rest = hashed[len(leaves) :]
        if len(leaves) == width:
            return leaves
        if start + TILE_WIDTH <= self.expected.minimum:
            self.pruned += len(rest)
            return leaves + rest
        if self._gap(number):
            self._miss(start + len(leaves), start + width)
            return leaves + rest
        return leaves

    def _gap(self, number: int) -> bool:
        """Whether events are there behind this bundle: then what is missing is no removed tail."""
        return self._last_bundle > number

    @cached_property
    def _last_bundle(self) -> int:
        return self.exported.last_bundle()

    def _miss(self, start: int, stop: int) -> None:
        """Say that events are missing; once, where one missing bundle follows another."""
        last = self.findings[-1] if self.findings else None
        if last is not None and last == found.events_missing(last.start, start):
            self.findings.pop()
            start = last.start
        self.findings.append(found.events_missing(start, stop))

    def _readable(self, read: _Reader, what: tuple[int, ...], start: int, width: int) -> list[bytes] | None:
        try:
            return read(*what)
        except ExportError as error:
            problem = Bilingual(error.text("zh"), error.text("en"))
            self.findings.append(found.file_malformed(problem, start, start + width))
            return None

    def _grow(self, leaves: list[bytes]) -> None:
        """Take leaves in, stopping at each size at which a root is expected."""
        place = 0
        for size in self.marks.between(self.edge.size, self.edge.size + len(leaves)):
            step = size - self.edge.size
            self._compare_tiles(self.edge.extend(leaves[place : place + step]))
            self._compare_root()
            place += step
        self._compare_tiles(self.edge.extend(leaves[place:]))

    def _compare_root(self) -> None:
        self.marks.compare(self.edge.size, self.edge.root())

    def _compare_tiles(self, finished: list[FullTile]) -> None:
        for tile in finished:
            if tile.level:
                row = hashes(tile.nodes[: TILE_WIDTH * HASH_SIZE], "")
                self._compare_tile(tile.level, tile.number, row)

    def _compare_unfinished(self) -> None:
        for level in range(1, tile_levels(self.edge.size)):
            row = self.edge.tiles[level].rows[0]
            if row:
                self._compare_tile(level, self.edge.size >> TILE_HEIGHT * (level + 1), row)

    def _compare_tile(self, level: int, number: int, row: list[bytes]) -> None:
        span = 1 << TILE_HEIGHT * level
        first = number * TILE_WIDTH * span
        stored = self._readable(self.exported.tile, (level, number, len(row)), first, len(row) * span) or []
        if row == stored:
            return
        pairs = enumerate(zip(row, stored, strict=False))
        place = next((place for place, (own, other) in pairs if own != other), len(stored))
        start = first + min(place, len(row) - 1) * span
        if not self.own.within(start, start + span):
            self.findings.append(found.tile_differs(level, number, start, start + span))


def _known(copy: ExportedLog, number: int, width: int) -> list[bytes]:
    tile = copy.tile(0, number, width) or []
    if len(tile) < width:
        name = tile_path(0, number, width)
        raise ExportError(
            "L157",
            f"the earlier copy {copy.folder} lacks {name}: verify the copy first",
            f"较早的副本 {copy.folder} 缺少 {name}：请先验证该副本",
        )
    return tile


_Reader = Callable[..., list[bytes] | None]
