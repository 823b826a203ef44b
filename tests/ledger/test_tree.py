"""Roots and proofs: the published vectors of Certificate Transparency, and RFC 9162 read literally."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiju.ledger.proofs import (
    consistency_proof,
    inclusion_proof,
    range_hash,
    verify_consistency,
    verify_inclusion,
)
from guiju.ledger.tree import TILE_HEIGHT, TILE_WIDTH, Edge, leaf_hash, node_hash
from tests.ledger import naive

CT_LEAVES = [
    bytes.fromhex(text)
    for text in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
]
CT_ROOTS = [
    bytes.fromhex(text)
    for text in (
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    )
]
CT_INCLUSION = {
    (0, 8): (
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ),
    (5, 8): (
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ),
}
CT_CONSISTENCY = {
    (2, 5): (
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ),
    (6, 8): (
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ),
}


class Tree:
    """Every perfect subtree of some leaves, by height and number."""

    def __init__(self, data: list[bytes]) -> None:
        self.rows = [[leaf_hash(item) for item in data]]
        while len(self.rows[-1]) > 1:
            row = self.rows[-1]
            self.rows.append([node_hash(*row[at : at + 2]) for at in range(0, len(row) - 1, 2)])

    def node(self, height: int, number: int) -> bytes:
        return self.rows[height][number]


def some_data(size: int) -> list[bytes]:
    return [b"%d" % number for number in range(size)]


def edge_of(data: list[bytes]) -> Edge:
    edge = Edge()
    edge.extend([leaf_hash(item) for item in data])
    return edge


@pytest.mark.parametrize("size", range(9))
def test_roots_are_those_of_certificate_transparency(size: int) -> None:
    assert edge_of(CT_LEAVES[:size]).root() == CT_ROOTS[size]


@pytest.mark.parametrize(("index", "size"), CT_INCLUSION)
def test_published_inclusion_proofs(index: int, size: int) -> None:
    published = [bytes.fromhex(text) for text in CT_INCLUSION[index, size]]
    assert inclusion_proof(Tree(CT_LEAVES).node, index, size) == published
    assert verify_inclusion(leaf_hash(CT_LEAVES[index]), index, size, published, CT_ROOTS[size])


@pytest.mark.parametrize(("old", "new"), CT_CONSISTENCY)
def test_published_consistency_proofs(old: int, new: int) -> None:
    published = [bytes.fromhex(text) for text in CT_CONSISTENCY[old, new]]
    assert consistency_proof(Tree(CT_LEAVES).node, old, new) == published
    assert verify_consistency(old, new, CT_ROOTS[old], CT_ROOTS[new], published)


@pytest.mark.parametrize("size", range(1, 34))
def test_every_proof_of_a_small_tree_is_the_one_of_the_text_and_verifies(size: int) -> None:
    data = some_data(size)
    node, root = Tree(data).node, naive.mth(data)
    for index in range(size):
        proof = inclusion_proof(node, index, size)
        assert proof == naive.path(index, data)
        assert verify_inclusion(leaf_hash(data[index]), index, size, proof, root)
    for old in range(size + 1):
        proof = consistency_proof(node, old, size)
        assert proof == naive.proof(old, data)
        assert verify_consistency(old, size, naive.mth(data[:old]), root, proof)
        assert range_hash(node, 0, old) == naive.mth(data[:old])


@given(st.lists(st.binary(max_size=4), max_size=700), st.lists(st.integers(1, 300), max_size=6))
def test_appending_in_any_pieces_gives_the_same_root(data: list[bytes], pieces: list[int]) -> None:
    leaves = [leaf_hash(item) for item in data]
    edge, start = Edge(), 0
    for piece in [*pieces, len(leaves)]:
        edge.extend(leaves[start : start + piece])
        start += piece
    assert edge.size == len(leaves)
    assert edge.root() == naive.mth(data)


@pytest.mark.parametrize("size", [0, 1, 255, 256, 257, 511, 512, 65_535, 65_536, 65_537, 65_536 + 256 + 3])
def test_an_edge_is_restored_from_finished_tiles_and_the_unfinished_tail(size: int) -> None:
    leaves = [leaf_hash(item) for item in some_data(size)]
    edge = Edge()
    roots = {(tile.level, tile.number): tile.root for tile in edge.extend(leaves)}

    def between(level: int, start: int, stop: int) -> list[bytes]:
        return [roots[level, number] for number in range(start, stop)]

    restored = Edge.restored(size, leaves[size // TILE_WIDTH * TILE_WIDTH :], between)
    assert restored.root() == edge.root()
    more = [leaf_hash(b"more")] * 300
    assert restored.extend(more) == edge.extend(more)
    assert restored.root() == edge.root()


def test_a_finished_tile_holds_every_node_of_its_subtree() -> None:
    data = some_data(256)
    (tile,) = Edge().extend([leaf_hash(item) for item in data])
    assert (tile.level, tile.number) == (0, 0)
    assert tile.root == naive.mth(data)
    assert len(tile.nodes) == 32 * (2 ** (TILE_HEIGHT + 1) - 1)


sizes = st.integers(1, 60)


@given(st.data())
def test_a_proof_that_was_touched_does_not_verify(data: st.DataObject) -> None:
    size = data.draw(sizes)
    items = some_data(size)
    index = data.draw(st.integers(0, size - 1))
    leaf, root, path = leaf_hash(items[index]), naive.mth(items), naive.path(index, items)
    place = data.draw(st.integers(0, len(path)))
    assert not verify_inclusion(leaf, index, size, [*path[:place], bytes(32), *path[place:]], root)
    assert not verify_inclusion(leaf_hash(b"other"), index, size, path, root)
    assert not verify_inclusion(leaf, index, size, path, bytes(32))
    if path:
        gone = data.draw(st.integers(0, len(path) - 1))
        assert not verify_inclusion(leaf, index, size, path[:gone] + path[gone + 1 :], root)
    wrong = data.draw(st.integers(-2, size + 2).filter(lambda other: other != index))
    assert not verify_inclusion(leaf, wrong, size, path, root)


@given(st.data())
def test_consistency_with_another_root_does_not_verify(data: st.DataObject) -> None:
    new = data.draw(st.integers(2, 60))
    old = data.draw(st.integers(1, new))
    items = some_data(new)
    old_root, root, path = naive.mth(items[:old]), naive.mth(items), naive.proof(old, items)
    assert not verify_consistency(old, new, bytes(32), root, path)
    assert not verify_consistency(old, new, old_root, bytes(32), path)
    assert not verify_consistency(old, new, old_root, root, [*path, bytes(32)])
    if path:
        assert not verify_consistency(old, new, old_root, root, path[:-1])


@pytest.mark.parametrize(("old", "new"), [(-1, 3), (4, 3)])
def test_sizes_that_cannot_be_are_inconsistent(old: int, new: int) -> None:
    assert not verify_consistency(old, new, CT_ROOTS[0], CT_ROOTS[3], [])


def test_nothing_is_consistent_with_everything_but_only_with_the_root_of_nothing() -> None:
    assert verify_consistency(0, 3, CT_ROOTS[0], CT_ROOTS[3], [])
    assert not verify_consistency(0, 3, CT_ROOTS[1], CT_ROOTS[3], [])
    assert not verify_consistency(3, 4, CT_ROOTS[3], CT_ROOTS[4], [])


def test_a_path_of_another_length_than_the_size_asks_for_does_not_verify() -> None:
    leaf, other = leaf_hash(b"a"), leaf_hash(b"b")
    assert not verify_inclusion(leaf, 0, 2, [], leaf)
    assert not verify_inclusion(leaf, 0, 1, [other], node_hash(other, leaf))
    assert not verify_consistency(2, 4, leaf, leaf, [])
    assert not verify_consistency(1, 2, leaf, node_hash(node_hash(leaf, other), other), [other, other])
