"""FLAC: the label is the Vorbis comment `AIGC`; blocks, their order, tags in front and audio stay."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiju.label.errors import DamagedError, RefusedError
from guiju.label.formats.sound import flac
from guiju.label.source import Limits, Source
from tests.label.formats.build_audio import (
    ID3V1,
    LABEL,
    OTHER,
    audio,
    comments,
    fed,
    found,
    frame,
    id3,
    labelled,
    packets,
    tags,
    txxx,
)

BARE = LABEL.bare()
OURS = [("vorbis:AIGC", BARE)]
STREAMINFO = (0, bytes.fromhex("1000100000000000000bb8000af000000000") + bytes(16))
FRAMES = b"\xff\xf8" + bytes(40)
PICTURE = (6, b"picture" * 30)
Blocks = list[tuple[int, bytes]]


def built(blocks: Blocks, frames: bytes = FRAMES) -> bytes:
    """Return a file with these metadata blocks."""
    last = len(blocks) - 1
    heads = [
        bytes([kind | (0x80 if n == last else 0)]) + len(data).to_bytes(3, "big")
        for n, (kind, data) in enumerate(blocks)
    ]
    return b"fLaC" + b"".join(head + data for head, (_, data) in zip(heads, blocks, strict=True)) + frames


def blocks_of(data: bytes) -> tuple[Blocks, bytes]:
    """Return the metadata blocks of a file and what follows them."""
    at, blocks, last = 4, [], False
    while not last:
        last, length = bool(data[at] & 0x80), int.from_bytes(data[at + 1 : at + 4], "big")
        blocks.append((data[at] & 0x7F, data[at + 4 : at + 4 + length]))
        at += 4 + length
    return blocks, data[at:]


def test_a_label_is_read_by_others_and_no_packet_changes() -> None:
    before = audio("flac", title="标题")
    after = labelled(before, "flac")
    assert packets(after) == packets(before)
    assert tags(after) == {**tags(before), "aigc": BARE}
    assert found(after, "flac") == OURS
    assert labelled(after, "flac") == after
    assert len(after) == len(before), "the padding that the encoder left takes the label"


def test_without_a_label_nothing_is_found() -> None:
    assert found(audio("flac", title="标题"), "flac") == []


ENTRY = 4 + len("AIGC=" + BARE)


@pytest.mark.parametrize(
    ("padding", "left"), [(ENTRY + 1, 1), (ENTRY, 0), (ENTRY - 4, None), (ENTRY - 1, ENTRY - 1), (ENTRY - 5, ENTRY - 5)]
)
def test_padding_gives_the_room_where_it_is_enough(padding: int, left: int | None) -> None:
    before = built([STREAMINFO, (4, comments("TITLE=x")), PICTURE, (1, bytes(padding))])
    blocks, frames = blocks_of(labelled(before, "flac"))
    expected: Blocks = [STREAMINFO, (4, comments("TITLE=x", f"AIGC={BARE}")), PICTURE]
    assert blocks == [*expected, *([] if left is None else [(1, bytes(left))])]
    assert frames == FRAMES


def test_a_shorter_label_gives_its_room_back_to_the_padding() -> None:
    before = built([STREAMINFO, (1, bytes(3)), (4, comments("AIGC=" + "x" * 3000))])
    after = labelled(before, "flac")
    assert len(after) == len(before)
    assert after.endswith(FRAMES)


def test_without_comments_a_block_is_added_behind_the_first() -> None:
    for rest in ([], [PICTURE], [PICTURE, (1, bytes(2000))]):
        before = built([STREAMINFO, *rest])
        blocks, frames = blocks_of(labelled(before, "flac"))
        assert blocks[0] == STREAMINFO
        assert blocks[1] == (4, comments(f"AIGC={BARE}", vendor="guiju"))
        assert [block for block in blocks[2:] if block[0] != 1] == rest[:1]
        assert frames == FRAMES


def test_several_labels_become_one_and_comments_keep_their_order() -> None:
    old = comments("TITLE=标题", f"aigc={OTHER.bare()}", "ARTIST=a", f"AIGC={BARE}", f"COMMENT={LABEL.wrapped()}")
    before = built([STREAMINFO, (4, old)])
    assert [place for place, _ in found(before, "flac")] == ["vorbis:AIGC", "vorbis:AIGC", "vorbis:comment"]
    blocks, _ = blocks_of(labelled(before, "flac"))
    assert blocks[1] == (4, comments("TITLE=标题", f"AIGC={BARE}", "ARTIST=a"))


def test_a_comment_with_other_data_beside_the_label_is_not_thrown_away() -> None:
    before = built([STREAMINFO, (4, comments('COMMENT={"AIGC":{"Label":"1"},"mine":1}'))])
    with pytest.raises(RefusedError) as refusal:
        labelled(before, "flac")
    assert refusal.value.code == "label_elsewhere"


def test_an_id3_tag_in_front_stays_and_gives_up_its_label() -> None:
    title = frame(3, b"TIT2", b"\0Title")
    before = id3(3, title + txxx(3, "AIGC", OTHER.bare())) + built([STREAMINFO]) + ID3V1
    assert found(before, "flac") == [("id3:TXXX", OTHER.bare())]
    after = labelled(before, "flac")
    assert found(after, "flac") == OURS
    assert after.startswith(b"ID3\x03")
    assert title in after
    assert after.endswith(FRAMES + ID3V1)
    untouched = id3(3, title, padding=9)
    assert labelled(untouched + built([STREAMINFO]), "flac").startswith(untouched + b"fLaC")


def test_a_full_comment_block_is_refused() -> None:
    entry = "PICTURE=" + "x" * (2**24 - 1 - len(comments("PICTURE=")))
    before = built([STREAMINFO, (4, comments(entry))])
    with pytest.raises(RefusedError) as refusal:
        labelled(before, "flac")
    assert refusal.value.code == "block_full"
    assert "24" in refusal.value.text("zh")


def test_pictures_are_not_read_for_reading_the_label() -> None:
    data = built([STREAMINFO, (6, bytes(3_000_000)), (4, comments(f"AIGC={BARE}"))])
    contents = flac.contents(Source.of_bytes(data, Limits(total=100_000)))
    assert [one.text for one in contents.found] == [BARE]


@pytest.mark.parametrize(
    "lie",
    [
        b"fLaC",
        b"fLaC" + b"\x80\xff\xff\xff" + bytes(34),
        built([(4, comments())]),
        built([STREAMINFO, (4, comments("A=b", count=2**32 - 1))]),
        built([STREAMINFO, (4, comments("A=b")[:-1])]),
        built([STREAMINFO, (4, b"\xff\xff\xff\xff")]),
        built([STREAMINFO, (4, b"\0\0\0\0\1")]),
        built([STREAMINFO, (127, b"")]),
        built([STREAMINFO], frames=b"no audio"),
        built([STREAMINFO], frames=b""),
    ],
)
def test_lies_about_sizes_are_damage_not_absence(lie: bytes) -> None:
    with pytest.raises(DamagedError):
        found(lie, "flac")


OTHERS = st.lists(st.tuples(st.sampled_from([1, 2, 3, 5, 6]), st.binary(max_size=500)), max_size=5)


@given(OTHERS, OTHERS, st.none() | st.lists(st.text("abc=", max_size=9), max_size=4))
def test_whatever_blocks_there_are_they_stay(front: Blocks, behind: Blocks, entries: list[str] | None) -> None:
    middle = [] if entries is None else [(4, comments(*entries))]
    before = built([STREAMINFO, *front, *middle, *behind])
    after = labelled(before, "flac")
    blocks, frames = blocks_of(after)
    assert frames == FRAMES
    assert [b for b in blocks if b[0] not in {1, 4}] == [b for b in [STREAMINFO, *front, *behind] if b[0] != 1]
    assert found(after, "flac") == OURS
    assert labelled(after, "flac") == after


def test_cut_and_changed_files_give_an_error_or_a_result() -> None:
    data = built([STREAMINFO, (4, comments("A=b", f"AIGC={BARE}")), PICTURE, (1, bytes(30))])
    codes = fed(lambda changed: (found(changed, "flac"), labelled(changed, "flac")), data)
    assert codes == {"", "damaged", "label_elsewhere"}
