"""WebP: the extended form, its flags and canvas, sizes and pads."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from guiju.label.errors import DamagedError
from guiju.label.fields import Label
from guiju.label.formats.images import webp
from tests.label.formats.build_images import (
    LABEL,
    OTHER,
    animated,
    exif_with,
    labelled,
    noise,
    packet,
    pixels,
    places,
    saved,
    seals,
    texts,
    tiff_block,
    translucent,
)

XMP_FLAG, EXIF_FLAG, ALPHA_FLAG, ANIMATION_FLAG = 0x04, 0x08, 0x10, 0x02
MAKER = tiff_block({0x010F: (2, b"Maker\x00")})


def chunk(name: bytes, data: bytes) -> bytes:
    return name + len(data).to_bytes(4, "little") + data + b"\x00" * (len(data) % 2)


def riff(*chunks: bytes) -> bytes:
    body = b"WEBP" + b"".join(chunks)
    return b"RIFF" + len(body).to_bytes(4, "little") + body


def chunks(data: bytes) -> list[tuple[bytes, bytes]]:
    assert int.from_bytes(data[4:8], "little") == len(data) - 8
    found, at = [], 12
    while at < len(data):
        size = int.from_bytes(data[at + 4 : at + 8], "little")
        found.append((data[at : at + 4], data[at + 8 : at + 8 + size]))
        at += 8 + size + size % 2
    assert at == len(data)
    return found


def flags(data: bytes) -> int:
    name, body = chunks(data)[0]
    assert name == b"VP8X"
    return body[0]


@pytest.mark.parametrize("size", [(1, 1), (16, 3), (257, 300)])
@pytest.mark.parametrize("lossless", [False, True])
def test_a_simple_file_becomes_an_extended_one_of_the_same_size(size: tuple[int, int], lossless: bool) -> None:
    data = saved("WEBP", noise(size=size), lossless=lossless)
    new = labelled(webp, data)
    assert [name for name, _ in chunks(new)] == [b"VP8X", chunks(data)[0][0], b"XMP "]
    canvas = chunks(new)[0][1][4:]
    assert (int.from_bytes(canvas[:3], "little") + 1, int.from_bytes(canvas[3:], "little") + 1) == size
    assert flags(new) == XMP_FLAG
    assert chunks(new)[1] == chunks(data)[0]
    with Image.open(io.BytesIO(new)) as image:
        assert b"<TC260:AIGC>" in image.info["xmp"]


def test_transparency_in_a_lossless_picture_is_declared() -> None:
    new = labelled(webp, saved("WEBP", translucent(), lossless=True))
    assert flags(new) == XMP_FLAG | ALPHA_FLAG
    with Image.open(io.BytesIO(new)) as image:
        assert image.mode == "RGBA"


def test_an_extended_file_keeps_its_other_flags() -> None:
    assert flags(labelled(webp, animated("WEBP"))) == XMP_FLAG | ANIMATION_FLAG | flags(animated("WEBP"))
    assert flags(labelled(webp, saved("WEBP", exif=MAKER))) == XMP_FLAG | EXIF_FLAG


def test_the_packet_stands_behind_exif_and_before_unknown_chunks() -> None:
    body = chunks(saved("WEBP", exif=MAKER))
    data = riff(*(chunk(*one) for one in body), chunk(b"ZZZZ", b"odd"))
    assert [name for name, _ in chunks(labelled(webp, data))] == [b"VP8X", b"VP8 ", b"EXIF", b"XMP ", b"ZZZZ"]
    assert chunk(b"ZZZZ", b"odd") in labelled(webp, data)


@settings(max_examples=30, deadline=None)
@given(st.text("x", max_size=3))
def test_sizes_are_right_for_odd_and_even_packets(text: str) -> None:
    new = labelled(webp, saved("WEBP"), Label.by_generator(text, text))
    assert len(new) % 2 == 0
    chunks(new)
    assert texts(webp, labelled(webp, new, OTHER)) == [OTHER.bare()]
    chunks(labelled(webp, new, OTHER))


def test_a_missing_last_pad_byte_is_made_up_for() -> None:
    picture = chunks(saved("WEBP"))[0]
    odd = chunk(b"ZZZZ", b"odd")[:-1]
    data = riff(chunk(*picture), odd)
    assert len(data) % 2
    new = labelled(webp, data)
    assert chunks(new)[-1] == (b"ZZZZ", b"odd")
    assert texts(webp, new) == [LABEL.bare()]
    assert labelled(webp, new) == new
    unpadded_xmp = riff(chunk(*picture), chunk(b"XMP ", packet() + b" " * (1 - len(packet()) % 2))[:-1])
    assert texts(webp, labelled(webp, unpadded_xmp)) == [LABEL.bare()]
    chunks(labelled(webp, unpadded_xmp))


def test_an_existing_packet_is_merged_into_and_a_second_one_loses_its_label() -> None:
    body = [chunk(*one) for one in chunks(saved("WEBP", xmp=packet()))]
    new = labelled(webp, riff(*body, chunk(b"XMP ", packet(OTHER.bare(), about="second"))))
    assert texts(webp, new) == [LABEL.bare()]
    assert "图 &amp; more".encode() in new
    assert b'rdf:about="second"' in new


def test_the_name_that_some_writers_give_the_chunk_is_read_and_put_right() -> None:
    picture = chunk(*chunks(saved("WEBP"))[0])
    data = riff(picture, chunk(b"XMP\x00", packet(LABEL.bare())))
    assert texts(webp, data) == [LABEL.bare()]
    assert [name for name, _ in chunks(labelled(webp, data))] == [b"VP8X", b"VP8 ", b"XMP "]


@pytest.mark.parametrize("prefix", [b"", b"Exif\x00\x00"])
def test_a_label_in_exif_is_read_and_emptied(prefix: bytes) -> None:
    body = [chunk(*one) for one in chunks(saved("WEBP", exif=MAKER))]
    data = riff(*body[:-1], chunk(b"EXIF", prefix + exif_with(OTHER)))
    assert places(webp, data) == [("exif:UserComment", False), ("exif:ImageDescription", False)]
    new = labelled(webp, data)
    assert places(webp, new) == [("xmp", True)]
    blank = exif_with(OTHER).replace(OTHER.wrapped().encode(), b" " * len(OTHER.wrapped()))
    assert (b"EXIF", prefix + blank) in chunks(new)
    assert pixels(new) == pixels(data)


def test_bytes_behind_the_riff_chunk_are_not_counted_in() -> None:
    new = labelled(webp, saved("WEBP") + b"tail")
    assert new.endswith(b"tail")
    chunks(new[:-4])


@pytest.mark.parametrize(
    "data",
    [
        b"RIFF\xff\xff\xff\x7fWEBP" + saved("WEBP")[12:],
        b"RIFF\x04\x00\x00\x00WEBP",
        riff(chunk(b"ZZZZ", b"no picture")),
        riff(chunk(b"ANMF", b"x" * 16)),
        riff(chunk(b"VP8 ", b"x" * 20)),
        riff(chunk(b"VP8L", b"x" * 20)),
        riff(b"VP8 \xff\xff\xff\xffxx"),
    ],
    ids=["size", "empty", "no picture", "frames only", "no VP8", "no VP8L", "chunk size"],
)
def test_broken_files_are_damaged(data: bytes) -> None:
    with pytest.raises(DamagedError):
        labelled(webp, data)


def test_c2pa_is_noticed() -> None:
    assert seals(webp, riff(*(chunk(*one) for one in chunks(saved("WEBP"))), chunk(b"C2PA", b"x"))) == ["webp:C2PA"]
