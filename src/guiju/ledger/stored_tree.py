"""The tree of a stored log: its growing edge in memory, everything to the left of it read tile by tile."""

from __future__ import annotations

from collections.abc import Sequence

from guiju.ledger.checkpoint import body
from guiju.ledger.errors import StoreError
from guiju.ledger.keys import SigningKey, VerifierKey
from guiju.ledger.store import Head, Store
from guiju.ledger.tree import HASH_SIZE, TILE_HEIGHT, TILE_NODES, TILE_WIDTH, Edge, FullTile, leaf_hash

_CACHED_TILES = 64
_UNKNOWN = Head(-1, b"", b"")


class StoredTree:
    """The tree as of the newest head that was read; `refresh` takes in what others have appended since."""

    def __init__(self, store: Store, verifier: VerifierKey) -> None:
        self._store = store
        self._verifier = verifier
        self._tiles: dict[tuple[int, int], bytes] = {}
        self.forget()

    @property
    def size(self) -> int:
        """How many leaves it has."""
        return self._edge.size

    @property
    def head(self) -> Head:
        """The signed head that it was checked against, or that it was last extended to."""
        return self._head

    def forget(self) -> None:
        """Read everything again at the next refresh: an extension was not stored."""
        self._edge = Edge()
        self._head = _UNKNOWN

    def refresh(self) -> None:
        """Read up to the newest head; raises StoreError if what is stored does not give the root that was signed."""
        head = self._store.head()
        if head == self._head:
            return
        missing = head.size - self._edge.size
        if not 0 < missing <= TILE_WIDTH or self._edge.size < self._store.minimum():
            self._edge = self._loaded(head.size)
        else:
            self._edge.extend([leaf_hash(data) for data in self._store.events(self._edge.size, head.size)])
        self._check(head)
        self._head = head

    def extend(self, leaves: Sequence[bytes], key: SigningKey) -> list[FullTile]:
        """Add leaves and sign the new head; returns the tiles that this finished."""
        tiles = self._edge.extend(leaves)
        self._head = signed_head(self._edge.size, self._edge.root(), key)
        return tiles

    def node(self, height: int, number: int) -> bytes:
        """Return the hash of a perfect subtree: 2**height leaves from number * 2**height; must lie within `size`."""
        level, row = divmod(height, TILE_HEIGHT)
        tile, place = divmod(number, TILE_WIDTH >> row)
        if tile == self._edge.size >> TILE_HEIGHT * (level + 1):
            return self._edge.tiles[level].rows[row][place]
        nodes = self._tiles.get((level, tile))
        if nodes is None:
            nodes = self.nodes(level, tile)
            if len(self._tiles) >= _CACHED_TILES:
                self._tiles.clear()
            self._tiles[level, tile] = nodes
        start = (2 * TILE_WIDTH - (2 * TILE_WIDTH >> row) + place) * HASH_SIZE
        return nodes[start : start + HASH_SIZE]

    def nodes(self, level: int, number: int) -> bytes:
        """Return the nodes of a full tile (see tree.FullTile)."""
        nodes = self._store.nodes(level, number)
        if nodes is None or len(nodes) != TILE_NODES * HASH_SIZE:
            raise _damaged(f"tile {level}/{number} is missing or cut short", f"哈希块 {level}/{number} 缺失或不完整")
        return nodes

    def _loaded(self, size: int) -> Edge:
        start = size // TILE_WIDTH * TILE_WIDTH
        tail = [leaf_hash(data) for data in self._store.events(start, size)]
        return Edge.restored(size, tail, self._store.roots)

    def _check(self, head: Head) -> None:
        text = body(self._verifier.name, head.size, head.root)
        if not self._verifier.verifies(head.signature, text.encode()):
            raise _damaged("its head is not signed by its key", "其首部未由其密钥签名")
        if self._edge.size != head.size or self._edge.root() != head.root:
            raise _damaged(
                "its last events or hashes do not give the root that was signed; "
                "bring it back from a backup and from what was exported since",
                "末尾的事件或哈希与已签名的根哈希不符；请用备份及其后的导出内容恢复",
            )


def signed_head(size: int, root: bytes, key: SigningKey) -> Head:
    """Sign that the log has this size and root."""
    return Head(size, root, key.sign(body(key.verifier.name, size, root).encode()))


def _damaged(en: str, zh: str) -> StoreError:
    return StoreError("L136", f"the log is damaged: {en}", f"日志已损坏：{zh}")
