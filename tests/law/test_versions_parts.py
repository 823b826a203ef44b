"""The pieces of a comparison of versions: assignment, likeness, order, marks; by property."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiju.law.address import Address
from guiju.law.versions.assignment import best_pairs
from guiju.law.versions.inline import mark_changes
from guiju.law.versions.order import out_of_order
from guiju.law.versions.similarity import Similarity, likeness

WEIGHT = st.integers(0, 20).map(lambda number: number / 20)
MATRIX = st.tuples(st.integers(1, 5), st.integers(1, 5)).flatmap(
    lambda size: st.lists(st.lists(WEIGHT, min_size=size[1], max_size=size[1]), min_size=size[0], max_size=size[0])
)


def tried_out(weights: list[list[float]]) -> float:
    """The greatest sum, by trying everything."""
    if len(weights) > len(weights[0]):
        weights = [list(column) for column in zip(*weights, strict=True)]
    columns = range(len(weights[0]))
    return max(
        sum(row[column] for row, column in zip(weights, chosen, strict=True))
        for chosen in permutations(columns, len(weights))
    )


@given(MATRIX)
def test_no_other_pairing_weighs_more(weights: list[list[float]]) -> None:
    pairs = best_pairs(weights)
    assert len(pairs) == min(len(weights), len(weights[0]))
    assert len({row for row, _ in pairs}) == len({column for _, column in pairs}) == len(pairs)
    assert sum(weights[row][column] for row, column in pairs) == pytest.approx(tried_out(weights))


def test_nothing_pairs_with_nothing() -> None:
    assert best_pairs([]) == ()
    assert best_pairs([[], []]) == ()


@given(st.lists(st.text("猫狗鸟鱼，。 abc", max_size=12), min_size=2, max_size=5), st.sampled_from(["zh", "en"]))
def test_likeness_is_symmetric_from_nought_to_one(texts: list[str], language: str) -> None:
    similarity = Similarity(texts, language)
    left, right = similarity.vector(texts[0]), similarity.vector(texts[1])
    assert likeness(left, right) == pytest.approx(likeness(right, left))
    assert -1e-9 <= likeness(left, right) <= 1 + 1e-9
    assert not left or likeness(left, left) == pytest.approx(1)


@given(st.permutations(range(1, 8)))
def test_what_did_not_move_stands_in_its_old_order_and_is_the_longest_such(order: list[int]) -> None:
    moved = out_of_order([(Address("cat", old), Address("cat", new), 0.5) for new, old in enumerate(order, start=1)])
    kept = [old for new, old in enumerate(order, start=1) if Address("cat", new) not in moved]
    assert kept == sorted(kept)
    longest = max(
        (chosen for size in range(8) for chosen in _subsequences(order, size) if list(chosen) == sorted(chosen)),
        key=len,
    )
    assert len(kept) == len(longest)


def _subsequences(values: list[int], size: int) -> list[tuple[int, ...]]:
    from itertools import combinations

    return list(combinations(values, size))


WORDS = st.text("猫狗 应当不得，,。ab1", max_size=30)


@given(WORDS, WORDS, st.sampled_from(["zh", "en"]))
def test_marked_pieces_join_to_the_texts_again(old: str, new: str, language: str) -> None:
    left, right = mark_changes(old, new, language)
    assert "".join(piece.text for piece in left) == old
    assert "".join(piece.text for piece in right) == new
    if old == new:
        assert all(piece.is_shared for piece in (*left, *right))


def test_only_the_words_that_changed_are_marked() -> None:
    left, right = mark_changes("保存五年以上。", "保存三年以上。", "zh")
    assert [(piece.text, piece.is_shared) for piece in left] == [("保存", True), ("五", False), ("年以上。", True)]
    assert [(piece.text, piece.is_shared) for piece in right] == [("保存", True), ("三", False), ("年以上。", True)]
    left, _ = mark_changes("kept for five years", "kept for three years", "en")
    assert [piece.text for piece in left if not piece.is_shared] == ["five"]


def test_one_shared_character_between_two_changes_does_not_tear_them_apart() -> None:
    left, _ = mark_changes("甲乙丙丁。", "子乙丑寅。", "zh")
    assert [piece.text for piece in left] == ["甲乙丙丁", "。"]
