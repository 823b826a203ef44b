"""The log itself: append, prove, sign. Everything that it promises is checked by others, in verifying.py."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType

import msgspec

from guiju.ledger.checkpoint import Checkpoint, body, note_of
from guiju.ledger.errors import KeyFileError, RangeError
from guiju.ledger.event import prepared
from guiju.ledger.keys import LOG, SigningKey, VerifierKey
from guiju.ledger.personal import Draft, Opening, verify_opening
from guiju.ledger.proofs import consistency_proof, inclusion_proof, range_hash
from guiju.ledger.sqlite import SQLiteStore
from guiju.ledger.store import PersonalRow, Store
from guiju.ledger.stored_tree import StoredTree, signed_head
from guiju.ledger.tree import EMPTY_ROOT, TILE_WIDTH, leaf_hash


class Entry(msgspec.Struct, frozen=True, gc=False):
    """Where an event came to stand, and its leaf hash."""

    index: int
    leaf_hash: bytes


class Ledger:
    """An open log. Reading needs no key; appending and checkpoints need the log's own. One object per thread.

    Several processes may have the same log open: writers wait for each other, readers see what is durable.
    """

    def __init__(self, store: Store, key: SigningKey | None = None) -> None:
        self._store = store
        self._key = key
        try:
            self._verifier = VerifierKey.parse(store.verifier_text())
            _check_key(key, self._verifier)
            self._tree = StoredTree(store, self._verifier)
            self._tree.refresh()
        except BaseException:
            store.close()
            raise

    @classmethod
    def create(cls, path: Path, key: SigningKey) -> Ledger:
        """Make a new, empty log in a file; raises StoreError if it exists, KeyFileError if the key is a witness's."""
        if key.verifier.kind != LOG:
            name = key.verifier.name
            raise KeyFileError("L119", f"{name} is the key of a witness, not of a log", f"{name} 是见证人的密钥")
        return cls(SQLiteStore.create(path, str(key.verifier), signed_head(0, EMPTY_ROOT, key)), key)

    @classmethod
    def open(cls, path: Path, key: SigningKey | None = None) -> Ledger:
        """Open a log file; raises StoreError if it is missing or damaged, KeyFileError if the key is another's."""
        store = SQLiteStore(path)
        ledger = cls(store, key)
        if key is not None:
            try:
                with store.writing():
                    store.sweep()
            except BaseException:
                store.close()
                raise
        return ledger

    def __enter__(self) -> Ledger:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the files."""
        self._store.close()

    @property
    def verifier(self) -> VerifierKey:
        """The public key with which everybody checks this log."""
        return self._verifier

    @property
    def size(self) -> int:
        """How many events the log holds."""
        self._tree.refresh()
        return self._tree.size

    @property
    def minimum(self) -> int:
        """The index of the first event that retention has left."""
        return self._store.minimum()

    def append(self, event: Mapping[str, object], personal: Sequence[str] = ()) -> Entry:
        """Append one event; when this returns it is on disk, under a new signed root.

        The named top-level members hold personal data: the event gets commitments, the data lies beside. Raises
        EventError, leaving the log as it was, if the event cannot be written.
        """
        return self.append_many([Draft(event, tuple(personal)) if personal else event])[0]

    def append_many(self, events: Iterable[Mapping[str, object] | Draft]) -> list[Entry]:
        """Append events together, all or none, with one sync and one signature for all of them."""
        key = self._own_key()
        datas: list[bytes] = []
        opened: list[tuple[int, Opening]] = []
        for number, event in enumerate(events):
            data, openings = prepared(event, number)
            datas.append(data)
            if openings:
                opened += [(number, opening) for opening in openings]
        if not datas:
            return []
        leaves = [leaf_hash(data) for data in datas]
        tree = self._tree
        try:
            with self._store.writing():
                tree.refresh()
                first = tree.size
                beside = [PersonalRow(first + number, one.name, one.salt, one.value) for number, one in opened]
                tiles = tree.extend(leaves, key)
                self._store.write(first, datas, tiles, tree.head, beside)
        except BaseException:
            tree.forget()
            raise
        return [*map(Entry, range(first, first + len(leaves)), leaves)]

    def checkpoint(self) -> Checkpoint:
        """Return the signed checkpoint of the log as it stands, and keep it among those handed out."""
        self._own_key()
        with self._store.writing():
            checkpoint = self.latest()
            self._store.keep_checkpoint(checkpoint.size, checkpoint.note)
        return checkpoint

    def latest(self) -> Checkpoint:
        """Return the signed checkpoint of the log as it stands; needs no key, keeps nothing."""
        self._tree.refresh()
        head, name = self._tree.head, self._verifier.name
        note = note_of(body(name, head.size, head.root), self._verifier, head.signature)
        return Checkpoint(name, head.size, head.root, note)

    def checkpoints(self) -> list[Checkpoint]:
        """Return the checkpoints that were handed out, by size."""
        return [Checkpoint.parse(note) for note in self._store.checkpoints()]

    def root(self, size: int | None = None) -> bytes:
        """Return the root hash of the first `size` events."""
        size = self._checked_size(size)
        return range_hash(self._tree.node, 0, size)

    def inclusion(self, index: int, size: int | None = None) -> list[bytes]:
        """Prove that the event at `index` is among the first `size`; works for pruned events too."""
        size = self._checked_size(size)
        if not 0 <= index < size:
            raise _no_index(index, size)
        return inclusion_proof(self._tree.node, index, size)

    def consistency(self, old: int, new: int | None = None) -> list[bytes]:
        """Prove that the first `new` events begin with the first `old`."""
        new = self._checked_size(new)
        if not 0 <= old <= new:
            raise RangeError("L141", f"no size {old} before size {new}", f"大小 {new} 之前没有大小 {old}")
        return consistency_proof(self._tree.node, old, new)

    def leaf(self, index: int) -> bytes:
        """Return the leaf hash of an event; works for pruned events too."""
        size = self.size
        if not 0 <= index < size:
            raise _no_index(index, size)
        return self._tree.node(0, index)

    def event(self, index: int) -> bytes:
        """Return the canonical JSON of an event; raises RangeError if there is none or retention has removed it."""
        size = self.size
        if not 0 <= index < size:
            raise _no_index(index, size)
        for data in self._store.events(index, index + 1):
            return data
        raise RangeError(
            "L142",
            f"event {index} was removed by retention; its hash is kept, and proofs still verify",
            f"事件 {index} 已按保存期限删除；其哈希仍在，证明依然有效",
        )

    def events(self, start: int = 0, stop: int | None = None) -> Iterator[bytes]:
        """Yield the kept events as canonical JSON, in bounded memory."""
        return self._store.events(start, self._checked_size(stop))

    def nodes(self, level: int, number: int) -> bytes:
        """Return the nodes of a full tile (see tree.FullTile), for the export."""
        return self._tree.nodes(level, number)

    def node(self, height: int, number: int) -> bytes:
        """Return the hash of a perfect subtree: 2**height leaves from number * 2**height; must lie within `size`."""
        return self._tree.node(height, number)

    def openings(self, index: int) -> list[Opening]:
        """Return what is kept beside an event, with which its commitments can be opened."""
        openings = [Opening(row.name, row.salt, row.value) for row in self._store.personal(index)]
        if not openings or index < self.minimum:
            return openings
        event = json.loads(self.event(index))
        return [opening for opening in openings if verify_opening(event, opening)]

    def erase(self, index: int, names: Sequence[str] | None = None) -> list[str]:
        """Remove personal data and salts beside an event for good; no proof changes. Returns the names removed."""
        size = self.size
        if not 0 <= index < size:
            raise _no_index(index, size)
        return self._store.erase(index, names)

    def prune(self, before: int) -> int:
        """Forget the events below `before`, rounded down to whole tiles; hashes stay, and so does the last event.

        Returns the new minimum: the index of the first event that is left.
        """
        self._own_key()
        with self._store.writing():
            self._tree.refresh()
            minimum = max(min(before, self._tree.size - 1) // TILE_WIDTH * TILE_WIDTH, self._store.minimum())
            self._store.prune(minimum)
        return minimum

    def _own_key(self) -> SigningKey:
        if self._key is None:
            raise KeyFileError("L116", "this needs the log's private key", "此操作需要日志的私钥")
        return self._key

    def _checked_size(self, size: int | None) -> int:
        mine = self.size
        if size is None:
            return mine
        if not 0 <= size <= mine:
            raise RangeError("L141", f"the log has {mine} events, not {size}", f"日志有 {mine} 个事件，没有 {size} 个")
        return size


def _check_key(key: SigningKey | None, verifier: VerifierKey) -> None:
    if key is not None and key.verifier != verifier:
        mine, other = verifier.name, f"{key.verifier.name} {key.verifier.id.hex()}"
        raise KeyFileError(
            "L115", f"this is not the key of the log {mine}: it is {other}", f"这不是日志 {mine} 的密钥，而是 {other}"
        )


def _no_index(index: int, size: int) -> RangeError:
    return RangeError("L140", f"no event {index} among {size}", f"{size} 个事件中没有第 {index} 号")
