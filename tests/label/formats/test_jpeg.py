"""JPEG: order and size of segments, one XMP packet, other images in the file, labels in the wild."""

import io
import struct

import pytest
from PIL import Image

from guiju.label.errors import DamagedError, RefusedError
from guiju.label.formats.images import jpeg
from guiju.label.source import Source
from tests.label.formats.build_images import (
    LABEL,
    OTHER,
    exif_with,
    jpeg_segment,
    jpeg_with,
    labelled,
    packet,
    pixels,
    places,
    saved,
    seals,
    texts,
    tiff_block,
)

XMP = b"http://ns.adobe.com/xap/1.0/\x00"
EXTENSION = b"http://ns.adobe.com/xmp/extension/\x00"
ROOM = 65533 - len(XMP)
BASELINE_PRIMARY = 0x030000
WHOLE = packet(OTHER.bare())


def xmp_segment(data: bytes) -> bytes:
    return jpeg_segment(0xE1, XMP + data)


def extension(whole: bytes, at: int, chunk: bytes) -> bytes:
    return jpeg_segment(0xE1, EXTENSION + b"A" * 32 + struct.pack(">II", len(whole), at) + chunk)


def markers(data: bytes) -> list[tuple[int, bytes]]:
    found, at = [], 2
    while data[at + 1] != 0xDA:
        length = int.from_bytes(data[at + 2 : at + 4], "big")
        found.append((data[at + 1], data[at + 4 : at + 2 + length]))
        at += 2 + length
    return found


def xmp_of(data: bytes) -> bytes:
    with Image.open(io.BytesIO(data)) as image:
        found = image.info["xmp"]
    assert isinstance(found, bytes)
    return found


def test_jfif_comes_first_then_exif_then_xmp() -> None:
    exif = tiff_block({0x010F: (2, b"Maker\x00")})
    data = jpeg_with(jpeg_segment(0xE1, b"Exif\x00\x00" + exif), jpeg_segment(0xE2, b"ICC_PROFILE\x00\x01\x01x"))
    starts = [payload[:4] for _, payload in markers(labelled(jpeg, data))[:4]]
    assert starts == [b"JFIF", b"Exif", b"http", b"ICC_"]


def test_without_jfif_and_exif_the_xmp_stands_behind_soi() -> None:
    data = saved("JPEG")
    new = labelled(jpeg, data[:2] + data[20:])
    assert markers(new)[0][1].startswith(XMP)
    assert pixels(new) == pixels(data)


def test_pillow_reads_the_packet() -> None:
    assert b"<TC260:AIGC>{&quot;Label&quot;:&quot;1&quot;," in xmp_of(labelled(jpeg, saved("JPEG")))


def test_an_existing_packet_is_merged_into() -> None:
    new = labelled(jpeg, jpeg_with(xmp_segment(packet())))
    assert sum(payload.startswith(XMP) for _, payload in markers(new)) == 1
    assert "图 &amp; more".encode() in xmp_of(new)
    assert texts(jpeg, new) == [LABEL.bare()]


def test_a_second_packet_loses_its_label_only() -> None:
    data = jpeg_with(xmp_segment(packet()), xmp_segment(packet(OTHER.bare(), about="second")))
    new = labelled(jpeg, data)
    assert texts(jpeg, new) == [LABEL.bare()]
    assert b'rdf:about="second"' in new


def padded_to(size: int) -> bytes:
    """A packet with a property and no padding, so that it has `size` bytes with the label."""
    bare = packet(LABEL.bare(), inner="<dc:rights></dc:rights>").replace(b"  \n" * 20, b"")
    return bare.replace(b"<dc:rights>", b"<dc:rights>" + b"r" * (size - len(bare)))


def test_a_packet_of_65533_bytes_with_its_name_fits_and_one_byte_more_is_refused() -> None:
    new = labelled(jpeg, jpeg_with(xmp_segment(padded_to(ROOM).replace(b'"1&quot;', b'"2&quot;'))))
    assert texts(jpeg, new) == [LABEL.bare()]
    short = padded_to(ROOM + 1).replace(b"&quot;ProduceID", b"ProduceID")
    with pytest.raises(RefusedError) as caught:
        labelled(jpeg, jpeg_with(xmp_segment(short)))
    assert caught.value.code == "xmp_full"
    assert caught.value.text("en") == "with the label, the XMP has 65505 bytes, more than a JPEG segment takes"
    assert caught.value.text("zh") == "加入标识后 XMP 为 65505 字节，超出 JPEG 一个段的容量"


def test_padding_makes_room() -> None:
    full = packet().replace(b"  \n" * 20, b" " * (ROOM - len(packet()) + 60))
    new = labelled(jpeg, jpeg_with(xmp_segment(full)))
    assert texts(jpeg, new) == [LABEL.bare()]
    assert labelled(jpeg, new) == new


def test_extended_xmp_is_kept_and_its_label_seen() -> None:
    halves = [extension(WHOLE, 300, WHOLE[300:]), extension(WHOLE, 0, WHOLE[:300])]
    data = jpeg_with(xmp_segment(packet()), *halves)
    assert texts(jpeg, data) == [OTHER.bare()]
    with pytest.raises(RefusedError, match="ExtendedXMP") as caught:
        labelled(jpeg, data)
    assert caught.value.code == "label_elsewhere"
    plain = packet(about="extended")
    new = labelled(jpeg, jpeg_with(xmp_segment(packet()), extension(plain, 0, plain)))
    assert texts(jpeg, new) == [LABEL.bare()]
    assert extension(plain, 0, plain) in new


@pytest.mark.parametrize(
    "parts",
    [
        [extension(WHOLE, 0, WHOLE[:300])],
        [extension(WHOLE, 300, WHOLE[300:])],
        [extension(WHOLE, 0, WHOLE[:300]), extension(WHOLE, 299, WHOLE[299:])],
        [extension(WHOLE, 0, WHOLE + b" ")],
        [jpeg_segment(0xE1, EXTENSION + b"short")],
    ],
    ids=["no end", "no start", "overlap", "too long", "no header"],
)
def test_extended_xmp_with_a_gap_is_damaged(parts: list[bytes]) -> None:
    with pytest.raises(DamagedError, match="the ExtendedXMP is incomplete"):
        texts(jpeg, jpeg_with(*parts))


@pytest.mark.parametrize(
    ("segment", "place"),
    [
        (jpeg_segment(0xEB, b"AIGC" + OTHER.bare().encode()), ("jpeg:APP11", True)),
        (jpeg_segment(0xEB, b"aigc\x00" + OTHER.bare().encode()), ("jpeg:APP11", True)),
        (jpeg_segment(0xED, b"AIGC" + OTHER.bare().encode()), ("jpeg:APP13", True)),
        (jpeg_segment(0xFE, b"AIGC:" + OTHER.bare().encode()), ("jpeg:COM", True)),
        (jpeg_segment(0xFE, OTHER.wrapped().encode() + b"\x00"), ("jpeg:COM", False)),
    ],
)
def test_labels_seen_in_the_wild_are_read_and_taken_over(segment: bytes, place: tuple[str, bool]) -> None:
    data = jpeg_with(segment, jpeg_segment(0xFE, b"a comment"))
    assert places(jpeg, data) == [place]
    assert texts(jpeg, data) in ([OTHER.bare()], [OTHER.wrapped()])
    new = labelled(jpeg, data)
    assert places(jpeg, new) == [("xmp", True)]
    assert segment not in new
    assert jpeg_segment(0xFE, b"a comment") in new


@pytest.mark.parametrize("text", [b"AIGC is discussed here", b'{"title":"AIGC"}', b'{"AIGC":', b"\xff\xfe"])
def test_comments_that_are_no_labels_stay(text: bytes) -> None:
    assert jpeg_segment(0xFE, text) in labelled(jpeg, jpeg_with(jpeg_segment(0xFE, text)))


def test_a_label_among_other_data_in_a_comment_is_refused() -> None:
    mixed = OTHER.wrapped()[:-1] + ',"prompt":"a cat"}'
    with pytest.raises(RefusedError, match="a label stands at jpeg:COM"):
        labelled(jpeg, jpeg_with(jpeg_segment(0xFE, mixed.encode())))


def test_a_label_in_exif_is_emptied_without_moving_a_byte_of_exif() -> None:
    exif = exif_with(OTHER)
    new = labelled(jpeg, jpeg_with(jpeg_segment(0xE1, b"Exif\x00\x00" + exif)))
    blank = exif.replace(OTHER.wrapped().encode(), b" " * len(OTHER.wrapped()))
    assert jpeg_segment(0xE1, b"Exif\x00\x00" + blank) in new


def two_images(*, index_first: bool, mark: str = "<") -> bytes:
    """A file with a second image behind the first, and an MPF index that stands before or behind the Exif block."""
    exif = jpeg_segment(0xE1, b"Exif\x00\x00" + tiff_block({0x010F: (2, b"Maker\x00")}))
    second = saved("JPEG")

    def first(size: int, offset: int) -> bytes:
        entries = struct.pack(mark + "IIII", BASELINE_PRIMARY, size, 0, 0)
        entries += struct.pack(mark + "IIII", 0, len(second), offset, 0)
        tags = {0xB000: (7, b"0100"), 0xB001: (4, struct.pack(mark + "I", 2)), 0xB002: (7, entries)}
        index = jpeg_segment(0xE2, b"MPF\x00" + tiff_block(tags, mark=mark))
        return jpeg_with(*((index, exif) if index_first else (exif, index)))

    size = len(first(0, 0))
    base = first(0, 0).index(b"MPF\x00") + 4
    return first(size, size - base) + second


@pytest.mark.parametrize("index_first", [True, False])
@pytest.mark.parametrize("mark", ["<", ">"])
def test_other_images_of_the_file_are_still_found(index_first: bool, mark: str) -> None:
    data = two_images(index_first=index_first, mark=mark)
    new = labelled(jpeg, data)
    assert labelled(jpeg, new) == new
    base = new.index(b"MPF\x00") + 4
    entries = new.index(struct.pack(mark + "II", 0, len(saved("JPEG"))), base) - 16
    (_, size, zero, _), (_, length, offset, _) = struct.iter_unpack(mark + "4sIII", new[entries : entries + 32])
    assert zero == 0
    assert new[:size].endswith(b"\xff\xd9")
    assert new[base + offset :] == data[-length:] == new[size:]
    with Image.open(io.BytesIO(new)) as image:
        assert getattr(image, "n_frames", 0) == 2
    assert pixels(new) == pixels(data)


@pytest.mark.parametrize("index", [b"MPF\x00garbage", b"MPF\x00" + tiff_block({0xB002: (7, b"x" * 40)})])
def test_an_index_that_cannot_be_read_is_refused(index: bytes) -> None:
    with pytest.raises(RefusedError) as caught:
        labelled(jpeg, jpeg_with(jpeg_segment(0xE2, index)))
    assert caught.value.code == "multi_image_index"
    assert caught.value.text("en") == (
        "the file holds several images (MPF) and their index cannot be read: a label would lose the other images"
    )


def test_two_indexes_are_refused() -> None:
    index = jpeg_segment(0xE2, b"MPF\x00" + tiff_block({0xB000: (7, b"0100")}))
    with pytest.raises(RefusedError, match="more than one index"):
        labelled(jpeg, jpeg_with(index, index))


def test_c2pa_is_noticed_and_other_jumbf_is_not() -> None:
    def box(kind: bytes) -> bytes:
        return b"JP\x00\x01\x00\x00\x00\x01" + struct.pack(">I4sI4s", 60, b"jumb", 40, b"jumd") + kind + b"\x00" * 40

    assert seals(jpeg, jpeg_with(jpeg_segment(0xEB, box(b"c2pa")))) == ["jpeg:APP11 JUMBF"]
    assert seals(jpeg, jpeg_with(jpeg_segment(0xEB, box(b"json")))) == []
    remote = '<t:provenance xmlns:t="http://purl.org/dc/terms/">https://host.example/m</t:provenance>'
    assert seals(jpeg, jpeg_with(xmp_segment(packet(inner=remote)))) == ["xmp dcterms:provenance"]


def test_fill_bytes_between_segments_are_kept() -> None:
    data = jpeg_with(b"\xff\xff\xff" + jpeg_segment(0xFE, b"comment"))
    assert b"\xff\xff\xff\xff\xfe" in labelled(jpeg, data)


def test_an_end_marker_in_the_trailing_bytes_does_not_make_up_for_a_missing_one() -> None:
    data = saved("JPEG")
    with pytest.raises(DamagedError, match=r"the image data has no end \(EOI\)"):
        jpeg.contents(Source.of_bytes(data[:-2] + b"\x00\x00"))


def test_garbage_where_a_marker_should_stand_is_damaged() -> None:
    with pytest.raises(DamagedError, match="a marker should stand at byte 20"):
        texts(jpeg, jpeg_with(b"garbage"))
