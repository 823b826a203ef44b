"""The log itself: append, prove, sign. Everything that it promises is checked by others, in verifying.py."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType

import msgspec

from guiju.ledger.canonical import canonical_json
from guiju.ledger.checkpoint import Checkpoint, body, note_of
from guiju.ledger.errors import EventError, KeyFileError, RangeError, StoreError
from guiju.ledger.keys import SigningKey, VerifierKey
from guiju.ledger.personal import Draft, Opening, withheld
from guiju.ledger.proofs import consistency_proof, inclusion_proof, range_hash
from guiju.ledger.sqlite import SQLiteStore
from guiju.ledger.store import Head, PersonalRow, Store
from guiju.ledger.tree import EMPTY_ROOT, HASH_SIZE, TILE_HEIGHT, TILE_WIDTH, Edge, leaf_hash

LONGEST_EVENT = 0xFFFF
"""Bytes of canonical JSON; the bound of entry bundles in the tile layout."""


class Entry(msgspec.Struct, frozen=True):
    """Where an event came to stand, and its leaf hash."""

    index: int
    leaf_hash: bytes


class Ledger:
    """An open log. Reading needs no key; appending and checkpoints need the log's own. One object per thread.

    Several processes may have the same log open: writers wait for each other, readers see what is durable.
    """

    def __init__(self, store: Store, key: SigningKey | None = None) -> None:
        self._store = store
        self._verifier = VerifierKey.parse(store.verifier_text())
        if key is not None and key.verifier != self._verifier:
            store.close()
            mine, other = self._verifier.name, f"{key.verifier.name} {key.verifier.id.hex()}"
            raise KeyFileError(
                "L115",
                f"this is not the key of the log {mine}: it is {other}",
                f"这不是日志 {mine} 的密钥，而是 {other}",
            )
        self._key = key
        self._edge = Edge()
        self._head = _UNKNOWN
        self._tiles: dict[tuple[int, int], bytes] = {}
        self._refresh()

    @classmethod
    def create(cls, path: Path, key: SigningKey) -> Ledger:
        """Make a new, empty log in a file; raises StoreError if the file exists."""
        return cls(SQLiteStore.create(path, str(key.verifier), _signed_head(0, EMPTY_ROOT, key)), key)

    @classmethod
    def open(cls, path: Path, key: SigningKey | None = None) -> Ledger:
        """Open a log file; raises StoreError if it is missing or damaged, KeyFileError if the key is another's."""
        store = SQLiteStore(path)
        ledger = cls(store, key)
        if key is not None:
            with store.writing():
                store.sweep()
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
        self._refresh()
        return self._edge.size

    @property
    def minimum(self) -> int:
        """The index of the first event that retention has left."""
        return self._store.minimum()

    def append(self, event: Mapping[str, object], personal: Sequence[str] = ()) -> Entry:
        """Append one event; when this returns it is on disk, under a new signed root.

        The named top-level members hold personal data: the event gets commitments, the data lies beside. Raises
        EventError, leaving the log as it was, if the event cannot be written.
        """
        return self.append_many([Draft(event, tuple(personal))])[0]

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
        leaves = [*map(leaf_hash, datas)]
        try:
            with self._store.writing():
                self._refresh()
                first = self._edge.size
                beside = [PersonalRow(first + number, one.name, one.salt, one.value) for number, one in opened]
                tiles = self._edge.extend(leaves)
                head = _signed_head(self._edge.size, self._edge.root(), key)
                self._store.write(first, datas, tiles, head, beside)
                self._head = head
        except BaseException:
            self._forget()
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
        self._refresh()
        size, root = self._head.size, self._head.root
        text = body(self._verifier.name, size, root)
        return Checkpoint(self._verifier.name, size, root, note_of(text, self._verifier, self._head.signature))

    def checkpoints(self) -> list[Checkpoint]:
        """Return the checkpoints that were handed out, by size."""
        return [Checkpoint.parse(note) for note in self._store.checkpoints()]

    def root(self, size: int | None = None) -> bytes:
        """Return the root hash of the first `size` events."""
        size = self._checked_size(size)
        return range_hash(self._node, 0, size)

    def inclusion(self, index: int, size: int | None = None) -> list[bytes]:
        """Prove that the event at `index` is among the first `size`; works for pruned events too."""
        size = self._checked_size(size)
        if not 0 <= index < size:
            raise _no_index(index, size)
        return inclusion_proof(self._node, index, size)

    def consistency(self, old: int, new: int | None = None) -> list[bytes]:
        """Prove that the first `new` events begin with the first `old`."""
        new = self._checked_size(new)
        if not 0 <= old <= new:
            raise RangeError("L141", f"no size {old} before size {new}", f"大小 {new} 之前没有大小 {old}")
        return consistency_proof(self._node, old, new)

    def leaf(self, index: int) -> bytes:
        """Return the leaf hash of an event; works for pruned events too."""
        size = self.size
        if not 0 <= index < size:
            raise _no_index(index, size)
        return self._node(0, index)

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

    def nodes(self, level: int, number: int) -> bytes | None:
        """Return the nodes of a full tile (see tree.FullTile), for the export."""
        return self._store.nodes(level, number)

    def node(self, height: int, number: int) -> bytes:
        """Return the hash of a perfect subtree: 2**height leaves from number * 2**height; must lie within `size`."""
        return self._node(height, number)

    def openings(self, index: int) -> list[Opening]:
        """Return what is kept beside an event, with which its commitments can be opened."""
        return [Opening(row.name, row.salt, row.value) for row in self._store.personal(index)]

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
            self._refresh()
            minimum = max(min(before, self._edge.size - 1) // TILE_WIDTH * TILE_WIDTH, self._store.minimum())
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

    def _node(self, height: int, number: int) -> bytes:
        level, row = divmod(height, TILE_HEIGHT)
        tile, place = divmod(number, TILE_WIDTH >> row)
        if tile == self._edge.size >> TILE_HEIGHT * (level + 1):
            return self._edge.tiles[level].rows[row][place]
        nodes = self._tiles.get((level, tile))
        if nodes is None:
            nodes = self._store.nodes(level, tile)
            if nodes is None:
                raise _damaged(f"tile {level}/{tile} is missing", f"缺少哈希块 {level}/{tile}")
            if len(self._tiles) >= _CACHED_TILES:
                self._tiles.clear()
            self._tiles[level, tile] = nodes
        start = (2 * TILE_WIDTH - (2 * TILE_WIDTH >> row) + place) * HASH_SIZE
        return nodes[start : start + HASH_SIZE]

    def _forget(self) -> None:
        self._edge = Edge()
        self._head = _UNKNOWN

    def _refresh(self) -> None:
        """Take in what others have appended."""
        head = self._store.head()
        if head == self._head:
            return
        missing = head.size - self._edge.size
        if not 0 < missing <= TILE_WIDTH or self._edge.size < self._store.minimum():
            self._edge = self._loaded(head.size)
        else:
            leaves = [leaf_hash(data) for data in self._store.events(self._edge.size, head.size)]
            self._edge.extend(leaves)
        self._check(head)
        self._head = head

    def _loaded(self, size: int) -> Edge:
        edge = Edge()
        start = size // TILE_WIDTH * TILE_WIDTH
        tail = [leaf_hash(data) for data in self._store.events(start, size)]
        return edge.restored(size, tail, self._store.roots)

    def _check(self, head: Head) -> None:
        text = body(self._verifier.name, head.size, head.root)
        if not self._verifier.verifies(head.signature, text.encode()):
            raise _damaged("its head is not signed by its key", "其首部未由其密钥签名")
        if self._edge.size != head.size or self._edge.root() != head.root:
            raise _damaged(
                "what is stored does not give the root that was signed; export what is there and verify it",
                "所存内容与已签名的根哈希不符；请导出现有内容并验证",
            )


_CACHED_TILES = 64
_UNKNOWN = Head(-1, b"", b"")


def _signed_head(size: int, root: bytes, key: SigningKey) -> Head:
    return Head(size, root, key.sign(body(key.verifier.name, size, root).encode()))


def prepared(event: Mapping[str, object] | Draft, number: int = 0) -> tuple[bytes, Sequence[Opening]]:
    """Return what would be appended and what would lie beside; raises EventError if the event cannot be written."""
    openings: Sequence[Opening] = ()
    if type(event) is not dict:
        if isinstance(event, Draft):
            event, openings = withheld(event)
        elif not isinstance(event, Mapping):
            raise EventError("L100", f"event {number} is not a JSON object", f"第 {number} 个事件不是 JSON 对象")
    data = canonical_json(event)
    if len(data) > LONGEST_EVENT:
        raise EventError(
            "L109",
            f"the event has {len(data):,} bytes; at most {LONGEST_EVENT:,}: keep the document elsewhere, log its hash",
            f"事件有 {len(data):,} 字节，最多 {LONGEST_EVENT:,}；请将文件存于别处，只记录其哈希",
        )
    return data, openings


def _no_index(index: int, size: int) -> RangeError:
    return RangeError("L140", f"no event {index} among {size}", f"{size} 个事件中没有第 {index} 号")


def _damaged(en: str, zh: str) -> StoreError:
    return StoreError("L136", f"the log is damaged: {en}", f"日志已损坏：{zh}")
