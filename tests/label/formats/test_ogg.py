"""Ogg: the label is a Vorbis comment; pages are cut anew with right numbers and checksums, audio packets stay."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiju.label.errors import DamagedError, RefusedError, TooLargeError
from guiju.label.formats.sound import ogg
from guiju.label.source import Limits, Source
from tests.label.formats.build_audio import (
    LABEL,
    OTHER,
    audio,
    comments,
    fed,
    found,
    labelled,
    ogg_crc,
    ogg_page,
    ogg_pages,
    opus,
    packets,
    tags,
)

BARE = LABEL.bare()
OURS = [("vorbis:AIGC", BARE)]
FULL = "COVER=" + "x" * (255 * 255 - 1 - 8 - len(comments("COVER=")))
"""A comment that fills its page to the last byte."""
KINDS = ["vorbis", "opus", "oggflac"]


def walked(data: bytes) -> list[tuple[int, int, bytes, bytes]]:
    """Return (flags, number, lacing, body) of every page, after checking its checksum."""
    pages, at = [], 0
    while data[at : at + 4] == b"OggS":
        lacing = data[at + 27 : at + 27 + data[at + 26]]
        end = at + 27 + len(lacing) + sum(lacing)
        page = data[at:end]
        assert int.from_bytes(page[22:26], "little") == ogg_crc(page[:22] + bytes(4) + page[26:])
        pages.append((page[5], int.from_bytes(page[18:22], "little"), lacing, page[27 + len(lacing) :]))
        at = end
    return pages


@pytest.mark.parametrize("kind", KINDS)
def test_a_label_is_read_by_others_and_no_packet_changes(kind: str) -> None:
    before = audio(kind, title="标题")
    after = labelled(before, kind)
    assert packets(after) == packets(before)
    assert tags(after) == {**tags(before), "aigc": BARE}
    assert found(after, kind) == OURS
    assert labelled(after, kind) == after


@pytest.mark.parametrize("kind", KINDS)
def test_without_a_label_nothing_is_found(kind: str) -> None:
    assert found(audio(kind, title="标题"), kind) == []


@pytest.mark.parametrize("kind", KINDS)
def test_numbers_and_checksums_are_right(kind: str) -> None:
    pages = walked(labelled(audio(kind), kind))
    assert [number for _, number, _, _ in pages] == list(range(len(pages)))


def test_with_room_on_the_page_only_that_page_changes() -> None:
    before = opus("TITLE=x")
    after = labelled(before, "ogg")
    assert len(walked(after)) == len(walked(before))
    assert walked(after)[2:] == walked(before)[2:]


def test_a_comment_over_several_pages_keeps_their_count() -> None:
    before = opus("COVER=" + "x" * 140_000)
    after = labelled(before, "ogg")
    assert len(walked(after)) == len(walked(before))
    assert after.endswith(before[-3 * 31 :])
    assert found(after, "ogg") == OURS
    assert labelled(after, "ogg") == after


def test_full_pages_grow_in_number_and_all_later_ones_are_renumbered() -> None:
    before = opus(FULL, pages=300)
    assert len(walked(before)) == 302
    after = labelled(before, "ogg")
    pages = walked(after)
    assert [number for _, number, _, _ in pages] == list(range(303))
    assert [page[2:] for page in pages[3:]] == [page[2:] for page in walked(before)[2:]]
    assert [flags for flags, *_ in pages[:4]] == [2, 0, 1, 0]
    assert found(after, "ogg") == OURS
    assert labelled(after, "ogg") == after


def test_one_byte_less_still_fits_one_page() -> None:
    room = 255 * 255 - 1 - 4 - len("AIGC=" + BARE)
    for spare, count in ((0, 5), (-1, 6)):
        entry = "COVER=" + "x" * (room - spare - 8 - len(comments("COVER=")))
        assert len(walked(labelled(opus(entry), "ogg"))) == count


def test_a_page_that_was_broken_stays_recognisable_after_renumbering() -> None:
    before = bytearray(opus(FULL, pages=5))
    before[-33] ^= 1  # the sound of the last page but one
    after = labelled(bytes(before), "ogg")
    with pytest.raises(AssertionError):
        walked(after)


def test_comments_pictures_and_what_follows_them_stay() -> None:
    before = opus("TITLE=标题", "METADATA_BLOCK_PICTURE=" + "QUJD" * 500, f"Aigc={OTHER.bare()}", rest=b"\x01binary")
    after = labelled(before, "ogg")
    expected = comments("TITLE=标题", "METADATA_BLOCK_PICTURE=" + "QUJD" * 500, f"AIGC={BARE}")
    assert walked(after)[1][3] == b"OpusTags" + expected + b"\x01binary"


def test_the_bit_behind_vorbis_comments_and_the_setup_packet_stay() -> None:
    before, after = walked(audio("vorbis")), walked(labelled(audio("vorbis"), "ogg"))
    setup = before[1][3].index(b"\x05vorbis")
    assert before[1][3][setup - 1] & 1
    assert after[1][3].endswith(before[1][3][setup - 1 :])


def chained() -> bytes:
    return opus("TITLE=one") + opus("TITLE=two", f"AIGC={BARE}", serial=8)


def side_by_side() -> bytes:
    one, two = opus("TITLE=one"), opus(f"AIGC={BARE}", serial=8)
    cut = 27 + 1 + 19
    return one[:cut] + two[:cut] + one[cut:] + two[cut:]


@pytest.mark.parametrize(("data", "code"), [(chained(), "chained"), (side_by_side(), "multiplexed")])
def test_several_streams_are_read_but_not_written(data: bytes, code: str) -> None:
    assert found(data, "ogg") == OURS
    with pytest.raises(RefusedError) as refusal:
        labelled(data, "ogg")
    assert refusal.value.code == code
    assert refusal.value.text("zh") != refusal.value.text("en")


def test_an_unknown_codec_and_a_header_that_shares_its_page_are_refused() -> None:
    head = b"CELT    " + bytes(50)
    unknown = ogg_page(1, 0, bytes([58]), head, flags=2) + ogg_page(1, 1, b"\x01", b"x")
    with pytest.raises(RefusedError) as refusal:
        labelled(unknown, "ogg")
    assert refusal.value.code == "codec"
    first = opus()[: 27 + 1 + 19]
    shared = first + b"".join(
        ogg_pages(7, [b"OpusTags" + comments(f"AIGC={BARE}"), b"\xf8\xff\xfe"], number=1, granule=960)
    )
    with pytest.raises(RefusedError) as refusal:
        labelled(shared, "ogg")
    assert refusal.value.code == "header_not_alone"
    assert found(shared, "ogg") == OURS


def test_tags_of_players_behind_the_last_page_stay() -> None:
    tail = b"TAG" + bytes(125)
    for data in (opus(), opus(FULL)):
        assert labelled(data + tail, "ogg") == labelled(data, "ogg") + tail


def test_reading_the_label_does_not_read_the_sound() -> None:
    data = opus(f"AIGC={BARE}", pages=9_000)
    contents = ogg.contents(Source.of_bytes(data, Limits(total=400_000, reads=100)))
    assert [one.text for one in contents.found] == [BARE]


def test_too_many_pages_to_renumber_are_an_error_not_a_hang() -> None:
    data = opus(FULL, pages=2000)
    with pytest.raises(TooLargeError):
        ogg.plan(Source.of_bytes(data, Limits(reads=1000)), LABEL)


FIRST = opus()[: 27 + 1 + 19]


@pytest.mark.parametrize(
    "lie",
    [
        b"OggS",
        FIRST,
        opus()[:-1],
        opus(block=comments("A=b", count=2**32 - 1)),
        opus(block=comments("A=b")[:-1]),
        opus(f"AIGC={BARE}").replace(b'"Label":"1"', b'"Label":"2"'),
        FIRST + FIRST,
        FIRST + opus()[47 + 27 + 1 :],
        FIRST + b"".join(ogg_pages(7, [b"OpusTags" + comments()], number=5)),
        FIRST + b"".join(ogg_pages(7, [b"NoneTags" + comments()], number=1)),
        audio("vorbis")[:70],
    ],
)
def test_broken_pages_and_comments_are_damage_not_absence(lie: bytes) -> None:
    with pytest.raises(DamagedError):
        found(lie, "ogg")


def test_what_comes_behind_may_not_lie_either() -> None:
    strange = ogg_page(99, 0, b"\x01", b"x")
    with pytest.raises(DamagedError):
        found(opus() + strange, "ogg")
    for behind in (strange + opus()[-31:], opus(serial=8) + opus()[-31:]):
        with pytest.raises(RefusedError):
            labelled(opus(FULL) + behind, "ogg")
    with pytest.raises(DamagedError):
        labelled(opus(FULL) + b"junk" + opus()[-31:], "ogg")


def test_too_many_streams_are_refused() -> None:
    first = b"".join(ogg_page(serial, 0, b"\x13", FIRST[28:], flags=2) for serial in range(40))
    with pytest.raises(TooLargeError):
        found(first, "ogg")


def test_flac_within_ogg_needs_its_comment_block() -> None:
    data = audio("oggflac")
    cut = data.index(b"OggS", 4)
    rest = data[data.index(b"OggS", cut + 4) :]
    with pytest.raises(DamagedError):
        found(data[:cut] + b"".join(ogg_pages(9, [b"\x81" + bytes(3)], number=1)) + rest, "ogg")


def test_endless_comments_are_refused_while_small() -> None:
    data = opus("COVER=" + "x" * 150_000)
    with pytest.raises(TooLargeError):
        ogg.contents(Source.of_bytes(data, Limits(block=100_000)))


@given(st.lists(st.text("abc=漢", max_size=300), max_size=8), st.integers(1, 255), st.integers(1, 4))
def test_however_the_comments_were_paged_they_stay(entries: list[str], most: int, pages: int) -> None:
    before = opus(*entries, most=most, pages=pages)
    after = labelled(before, "ogg")
    assert [number for _, number, _, _ in walked(after)] == list(range(len(walked(after))))
    assert found(after, "ogg") == OURS
    assert labelled(after, "ogg") == after
    header = b"".join(body for _, _, _, body in walked(after)[1:-pages])
    assert header == b"OpusTags" + comments(*entries, f"AIGC={BARE}")


def test_cut_and_changed_files_give_an_error_or_a_result() -> None:
    data = opus("A=b", f"AIGC={BARE}")
    codes = fed(lambda changed: (found(changed, "ogg"), labelled(changed, "ogg")), data)
    assert "damaged" in codes
    assert codes <= {"", "damaged", "codec", "multiplexed", "chained", "header_not_alone"}
