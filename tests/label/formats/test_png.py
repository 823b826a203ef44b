"""PNG: chunks and their checksums, text chunks of all kinds, compressed ones within limits."""

import io
import struct
import zlib

import pytest
from PIL import Image

from guiju.label.errors import DamagedError, RefusedError, TooLargeError
from guiju.label.formats.images import png
from guiju.label.source import Limits, Source
from tests.label.formats.build_images import (
    LABEL,
    OTHER,
    animated,
    exif_with,
    labelled,
    packet,
    pixels,
    places,
    png_chunk,
    png_with,
    saved,
    seals,
    texts,
)

KEY = b"XML:com.adobe.xmp"
BARE = OTHER.bare().encode()
WRAPPED = OTHER.wrapped().encode()


def chunks(data: bytes) -> list[tuple[bytes, bytes]]:
    found, at = [], 8
    while at < len(data):
        length = int.from_bytes(data[at : at + 4], "big")
        name, body = data[at + 4 : at + 8], data[at + 8 : at + 8 + length]
        assert data[at + 8 + length : at + 12 + length] == struct.pack(">I", zlib.crc32(name + body))
        found.append((name, body))
        at += 12 + length
    return found


def xmp_of(data: bytes) -> bytes:
    with Image.open(io.BytesIO(data)) as image:
        image.load()
        found = image.info["xmp"]
    assert isinstance(found, bytes)
    return found


def itxt(keyword: bytes, text: bytes, *, compressed: bool = False) -> bytes:
    head = keyword + b"\x00" + (b"\x01\x00" if compressed else b"\x00\x00") + b"zh\x00\xe6\xa0\x87\x00"
    return png_chunk(b"iTXt", head + (zlib.compress(text) if compressed else text))


def ztxt(keyword: bytes, text: bytes) -> bytes:
    return png_chunk(b"zTXt", keyword + b"\x00\x00" + zlib.compress(text))


def test_the_chunk_stands_between_header_and_image_data() -> None:
    new = labelled(png, saved("PNG"))
    assert [name for name, _ in chunks(new)][:3] == [b"IHDR", b"iTXt", b"IDAT"]
    assert chunks(new)[1][1].startswith(KEY + b"\x00\x00\x00\x00\x00<?xpacket")
    assert b"<TC260:AIGC>" in xmp_of(new)


def test_the_frames_of_an_apng_keep_their_order_and_numbers() -> None:
    data = animated("PNG")
    new = labelled(png, data)
    assert [chunk for chunk in chunks(new) if chunk[0] != b"iTXt"] == chunks(data)


@pytest.mark.parametrize("compressed", [False, True])
def test_an_existing_packet_is_merged_into_with_its_language(compressed: bool) -> None:
    new = labelled(png, png_with(itxt(KEY, packet(), compressed=compressed)))
    assert [body[: len(KEY) + 10] for name, body in chunks(new) if name == b"iTXt"] == [
        KEY + b"\x00\x00\x00zh\x00\xe6\xa0\x87\x00"
    ]
    assert "图 &amp; more".encode() in xmp_of(new)
    assert texts(png, new) == [LABEL.bare()]


def test_a_compressed_packet_with_the_right_label_stays_as_it_is() -> None:
    data = png_with(itxt(KEY, packet(LABEL.bare()), compressed=True))
    assert labelled(png, data) == data


@pytest.mark.parametrize("chunk", [png_chunk(b"tEXt", KEY + b"\x00" + packet()), ztxt(KEY, packet(OTHER.bare()))])
def test_a_packet_in_the_wrong_kind_of_chunk_moves_into_the_right_one(chunk: bytes) -> None:
    new = labelled(png, png_with(chunk))
    assert [name for name, _ in chunks(new) if name != b"IDAT"] == [b"IHDR", b"iTXt", b"IEND"]
    assert "图 &amp; more".encode() in xmp_of(new)


def test_a_second_packet_loses_its_label_only() -> None:
    new = labelled(png, png_with(itxt(KEY, packet()), itxt(KEY, packet(OTHER.bare(), about="second"))))
    assert texts(png, new) == [LABEL.bare()]
    assert b'rdf:about="second"' in new


@pytest.mark.parametrize(
    ("chunk", "place"),
    [
        (png_chunk(b"tEXt", b"AIGC\x00" + BARE), ("png:tEXt", True)),
        (itxt(b"aigc", BARE), ("png:iTXt", True)),
        (itxt(b"AIGC", BARE, compressed=True), ("png:iTXt", True)),
        (ztxt(b"Aigc", BARE), ("png:zTXt", True)),
        (png_chunk(b"tEXt", b"Comment\x00" + WRAPPED), ("png:tEXt", False)),
        (ztxt(b"Description", WRAPPED), ("png:zTXt", False)),
        (png_chunk(b"eXIf", exif_with(OTHER)[:8] + exif_with(OTHER)[8:]), ("exif:UserComment", False)),
    ],
)
def test_other_places_are_read_and_taken_over(chunk: bytes, place: tuple[str, bool]) -> None:
    kept = png_chunk(b"tEXt", b"Title\x00kept")
    data = png_with(chunk, kept)
    assert places(png, data)[0] == place
    new = labelled(png, data)
    assert places(png, new) == [("xmp", True)]
    assert chunk not in new
    assert kept in new
    assert pixels(new) == pixels(data)
    chunks(new)


def test_a_label_behind_the_image_data_is_found() -> None:
    data = saved("PNG")
    end = len(data) - 12
    late = data[:end] + png_chunk(b"tEXt", b"AIGC\x00" + BARE) + data[end:]
    assert texts(png, late) == [OTHER.bare()]


@pytest.mark.parametrize(
    "text", [b"parameters\x00AIGC cat, 20 steps", b'prompt\x00{"Label of": "cat"}', b"Note\x00" + b"x" * 70000]
)
def test_texts_that_are_no_labels_stay(text: bytes) -> None:
    chunk = png_chunk(b"tEXt", text)
    assert chunk in labelled(png, png_with(chunk))


def test_a_label_among_other_data_is_refused() -> None:
    mixed = OTHER.wrapped()[:-1] + ',"prompt":"a cat"}'
    with pytest.raises(RefusedError, match="a label stands at png:tEXt"):
        labelled(png, png_with(png_chunk(b"tEXt", b"Comment\x00" + mixed.encode())))


def raw_profile(data: bytes) -> bytes:
    return ztxt(b"Raw profile type xmp", f"\nxmp\n{len(data):8}\n{data.hex()}\n".encode())


def test_the_raw_profile_of_imagemagick_is_read_but_not_rewritten() -> None:
    data = png_with(raw_profile(packet(OTHER.bare())))
    assert texts(png, data) == [OTHER.bare()]
    with pytest.raises(RefusedError, match="a label stands at png:raw-profile"):
        labelled(png, data)
    assert raw_profile(packet()) in labelled(png, png_with(raw_profile(packet())))
    with pytest.raises(DamagedError, match="a raw profile cannot be read"):
        texts(png, png_with(ztxt(b"Raw profile type xmp", b"\nxmp\n 4\nzz\n")))


BOMB = zlib.compress(b"\x00" * (40 * 2**20), 9)


@pytest.mark.parametrize(
    "chunk",
    [
        png_chunk(b"zTXt", b"AIGC\x00\x00" + BOMB),
        png_chunk(b"iTXt", b"AIGC\x00\x01\x00\x00\x00" + BOMB),
        png_chunk(b"iTXt", KEY + b"\x00\x01\x00\x00\x00" + BOMB),
    ],
)
def test_a_bomb_where_a_label_stands_is_too_large(chunk: bytes) -> None:
    with pytest.raises(TooLargeError, match="a compressed text is too large"):
        texts(png, png_with(chunk))


def test_a_bomb_in_a_comment_is_passed_by_but_not_any_number_of_them() -> None:
    bomb = png_chunk(b"zTXt", b"Comment\x00\x00" + BOMB)
    assert texts(png, png_with(bomb)) == []
    limits = Limits(total=2**20, label=2**18)
    many = png_with(*[png_chunk(b"zTXt", b"Comment\x00\x00" + zlib.compress(b"\x00" * 2**19))] * 8)
    with pytest.raises(TooLargeError):
        png.contents(Source.of_bytes(many, limits))


@pytest.mark.parametrize(
    "chunk",
    [
        png_chunk(b"tEXt", b"AIGC"),
        png_chunk(b"zTXt", b"AIGC\x00\x00not deflate"),
        png_chunk(b"zTXt", b"AIGC\x00\x00" + zlib.compress(BARE)[:-9]),
        png_chunk(b"iTXt", b"AIGC\x00\x00\x00zh"),
        png_chunk(b"tEXt", b"AIGC\x00" + BARE)[:-1] + b"\x00",
        png_chunk(b"t\x00Xt", b"x"),
        struct.pack(">I", 2**31) + b"tEXt",
    ],
    ids=["no separator", "no deflate", "cut deflate", "cut iTXt", "wrong checksum", "wrong name", "length"],
)
def test_broken_chunks_are_damaged(chunk: bytes) -> None:
    with pytest.raises(DamagedError):
        texts(png, png_with(chunk))


def test_a_file_that_does_not_begin_with_its_header_is_damaged() -> None:
    data = saved("PNG")
    with pytest.raises(DamagedError, match="the first chunk is not IHDR"):
        texts(png, data[:8] + png_chunk(b"CgBI", b"\x00" * 4) + data[8:])


def test_c2pa_is_noticed() -> None:
    assert seals(png, png_with(png_chunk(b"caBX", b"\x00" * 20))) == ["png:caBX"]
    assert seals(png, saved("PNG")) == []
