"""TIFF: both byte orders, both widths, several pages; offsets stay, new data goes to the end."""

import io
import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from guiju.label.errors import DamagedError, RefusedError, TooLargeError
from guiju.label.formats.images import ifd, tiff
from guiju.label.source import Limits, Source
from tests.label.formats.build_images import (
    LABEL,
    OTHER,
    Tags,
    animated,
    labelled,
    packet,
    pixels,
    places,
    saved,
    seals,
    texts,
    tiff_block,
    user_comment,
)

XMP = 700
MAKER = (2, b"Maker and more\x00")
ORDERS = pytest.mark.parametrize(("mark", "big"), [("<", False), (">", False), ("<", True), (">", True)])


def tags_of(data: bytes) -> dict[int, tuple[int, bytes]]:
    source = Source.of_bytes(data)
    layout = ifd.layout_of(source)
    assert layout is not None
    entries = list(ifd.directory(source, layout, layout.first).entries())
    assert [entry.tag for entry in entries] == sorted(entry.tag for entry in entries)
    return {entry.tag: (entry.kind, ifd.value(source, entry)) for entry in entries}


@ORDERS
def test_the_tag_joins_the_others_in_order(mark: str, big: bool) -> None:
    old: Tags = {0x010F: MAKER, 0x0112: (3, b"\x00\x01"), 0x8298: (2, b"rights\x00")}
    data = tiff_block(old, mark=mark, big=big)
    new = labelled(tiff, data)
    assert {tag: value for tag, value in tags_of(new).items() if tag != XMP} == old
    assert tags_of(new)[XMP][0] == 7
    assert texts(tiff, new) == [LABEL.bare()]
    assert len(new) - new.rindex(b"<?xpacket begin") == len(tags_of(new)[XMP][1])


@ORDERS
def test_only_the_offset_of_the_first_directory_changes_in_what_was_there(mark: str, big: bool) -> None:
    data = tiff_block({0x010F: MAKER}, mark=mark, big=big)
    new = labelled(tiff, data)
    start = 16 if big else 8
    assert new[start : len(data)] == data[start:]
    assert new[: start // 2] == data[: start // 2]


@settings(max_examples=50, deadline=None)
@given(
    st.dictionaries(
        st.integers(1, 0xFFFF).filter(lambda tag: tag not in {XMP, 0x010E, 0x9286, 0x8769, 0xCD41, 273, 279, 324, 325}),
        st.tuples(st.sampled_from([1, 2, 7]), st.binary(min_size=1, max_size=40)),
        max_size=12,
    ),
    st.sampled_from("<>"),
    st.booleans(),
)
def test_any_other_tags_keep_their_values(tags: Tags, mark: str, big: bool) -> None:
    data = tiff_block({**tags, 0x010F: MAKER}, mark=mark, big=big)
    new = labelled(tiff, labelled(tiff, data), OTHER)
    assert {tag: value for tag, value in tags_of(new).items() if tag != XMP} == tags_of(data)
    assert texts(tiff, new) == [OTHER.bare()]


@ORDERS
@pytest.mark.parametrize("kind", [1, 7, 2, 4])
def test_an_existing_packet_is_merged_into_at_the_end_if_it_grows(mark: str, big: bool, kind: int) -> None:
    old = packet() + b" " * (-len(packet()) % 4)
    data = tiff_block({XMP: (kind, old), 0x8298: (2, b"rights\x00")}, mark=mark, big=big)
    new = labelled(tiff, data)
    assert tags_of(new)[XMP][0] == (kind if kind in {1, 7} else 7)
    assert tags_of(new)[0x8298] == (2, b"rights\x00")
    assert "图 &amp; more".encode() in tags_of(new)[XMP][1]
    assert texts(tiff, new) == [LABEL.bare()]
    assert new.count(b"xpacket begin") == 1


def test_a_packet_that_does_not_grow_stays_in_its_place() -> None:
    data = tiff_block({XMP: (1, packet(OTHER.bare())), 0x8298: (2, b"rights\x00")})
    new = labelled(tiff, data)
    assert len(new) == len(data)
    assert tags_of(new)[XMP] == (1, packet(LABEL.bare()))


def test_a_packet_at_the_end_of_the_file_grows_there() -> None:
    data = saved("TIFF")
    once = labelled(tiff, data)
    assert labelled(tiff, labelled(tiff, once, OTHER))[: len(once) - 600] == once[: len(once) - 600]
    assert len(labelled(tiff, once, OTHER)) < len(once) + len(OTHER.bare()) * 2


@pytest.mark.parametrize("value", [b"", b"\x00", b"\x00" * 30])
def test_an_empty_tag_is_filled(value: bytes) -> None:
    data = tiff_block({XMP: (7, value), 0x8298: (2, b"rights\x00")})
    assert texts(tiff, data) == []
    assert texts(tiff, labelled(tiff, data)) == [LABEL.bare()]


def test_pillow_reads_the_packet_and_all_pages() -> None:
    data = animated("TIFF")
    new = labelled(tiff, data)
    with Image.open(io.BytesIO(new)) as image:
        assert b"<TC260:AIGC>" in image.info["xmp"]
        assert getattr(image, "n_frames", 0) == 3
    assert pixels(new) == pixels(data)


def two_pages(second: Tags) -> bytes:
    """A file whose second page, at the end, has these tags."""
    first = bytearray(tiff_block({0x010F: MAKER}))
    moved = tiff_block(second)
    base = len(first) - 8
    (count,) = struct.unpack_from("<H", moved, 8)
    page = bytearray(moved)
    for at in range(10, 10 + 12 * count, 12):
        kind, length, offset = struct.unpack_from("<HII", page, at + 2)
        if length * {2: 1, 7: 1}[kind] > 4:
            struct.pack_into("<I", page, at + 8, offset + base)
    struct.pack_into("<I", first, 8 + 2 + 12, len(first))
    return bytes(first + page[8:])


def test_a_label_on_a_later_page_moves_to_the_first_one() -> None:
    data = two_pages({XMP: (7, packet(OTHER.bare())), 0x010E: (2, OTHER.wrapped().encode() + b"\x00")})
    assert places(tiff, data) == [("xmp", True), ("exif:ImageDescription", False)]
    new = labelled(tiff, data)
    assert texts(tiff, new) == [LABEL.bare()]
    assert new.count(b"xpacket begin") == 2
    assert labelled(tiff, new) == new


@ORDERS
def test_a_label_in_exif_is_emptied_in_place(mark: str, big: bool) -> None:
    data = tiff_block({0x010F: MAKER}, exif={0x9286: user_comment(OTHER.wrapped())}, mark=mark, big=big)
    assert places(tiff, data) == [("exif:UserComment", False)]
    new = labelled(tiff, data)
    assert places(tiff, new) == [("xmp", True)]
    assert b"ASCII\x00\x00\x00" + b" " * len(OTHER.wrapped()) in new


def test_directories_in_a_circle_are_damaged() -> None:
    data = bytearray(tiff_block({0x0112: (3, b"\x01\x00")}))
    struct.pack_into("<I", data, 22, 8)
    with pytest.raises(DamagedError, match="the TIFF directories run in a circle"):
        texts(tiff, bytes(data))


@pytest.mark.parametrize(
    ("tags", "message"),
    [
        ({273: (4, struct.pack("<I", 8)), 279: (4, struct.pack("<I", 10**6))}, "the image data is cut off"),
        ({324: (3, b"\xff\xff"), 325: (3, b"\x01\x00")}, "the image data is cut off"),
    ],
)
def test_image_data_that_is_not_there_is_damage(tags: Tags, message: str) -> None:
    with pytest.raises(DamagedError, match=message):
        texts(tiff, tiff_block({**tags, 0x010F: MAKER}))


@pytest.mark.parametrize(
    "data", [b"II*\x00\x00\x00\x00\x00", b"II*\x00", b"II+\x00\x09\x00\x00\x00" + b"\x10" + b"\x00" * 9]
)
def test_a_header_without_a_directory_is_damaged(data: bytes) -> None:
    with pytest.raises(DamagedError, match="the TIFF header is wrong"):
        texts(tiff, data)


def test_more_entries_than_the_limit_are_too_large() -> None:
    data = tiff_block(dict.fromkeys(range(1000, 1050), (3, b"\x01\x00")))
    with pytest.raises(TooLargeError, match="too many entries"):
        tiff.contents(Source.of_bytes(data, Limits(reads=49)))


def test_a_full_directory_is_refused() -> None:
    entry = struct.pack("<HHII", 1, 1, 4, 0)
    data = b"II*\x00\x08\x00\x00\x00\xff\xff" + entry * 0xFFFF + b"\x00" * 4
    with pytest.raises(RefusedError) as caught:
        labelled(tiff, data)
    assert caught.value.code == "directory_full"


def test_two_tags_with_one_value_cannot_both_be_changed() -> None:
    old = OTHER.wrapped().encode() + b"\x00"
    data = bytearray(tiff_block({0x010E: (2, old), 0x9286: (2, old)}))
    data[10 + 12 + 8 : 10 + 12 + 12] = data[18:22]
    with pytest.raises(DamagedError, match="structures of the file overlap"):
        labelled(tiff, bytes(data))


def test_a_camera_raw_file_is_refused() -> None:
    data = tiff_block({0x010F: MAKER})
    raw = b"II*\x00" + struct.pack("<I", 16) + b"CR\x02\x00\x00\x00\x00\x00" + data[8:10] + data[10:]
    fixed = bytearray(raw)
    struct.pack_into("<I", fixed, 16 + 2 + 8, 16 + 2 + 12 + 4)
    with pytest.raises(RefusedError) as caught:
        labelled(tiff, bytes(fixed))
    assert caught.value.code == "camera_raw"


def test_c2pa_is_noticed() -> None:
    assert seals(tiff, tiff_block({0xCD41: (7, b"manifest")})) == ["tiff:0xCD41"]
