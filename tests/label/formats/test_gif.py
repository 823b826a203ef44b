"""GIF: the packet with its magic trailer, versions, extensions that must keep their places."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guiju.label.errors import DamagedError, RefusedError, TooLargeError
from guiju.label.fields import Label
from guiju.label.formats.images import gif
from guiju.label.source import Limits, Source
from tests.label.formats.build_images import (
    LABEL,
    OTHER,
    animated,
    labelled,
    noise,
    packet,
    pixels,
    places,
    saved,
    seals,
    texts,
)

MAGIC = b"\x01" + bytes(range(255, -1, -1)) + b"\x00"
XMP = b"\x21\xff\x0bXMP Data" + b"XMP"


def sub_blocks(data: bytes) -> bytes:
    pieces = [data[at : at + 255] for at in range(0, len(data), 255)]
    return b"".join(bytes([len(piece)]) + piece for piece in pieces) + b"\x00"


def plain() -> bytes:
    return saved("GIF", noise("P"))


def with_extension(block: bytes, data: bytes | None = None) -> bytes:
    """A GIF file with an extension in front of its trailer."""
    data = data or plain()
    return data[:-1] + block + b";"


def behind_sub_blocks(data: bytes, at: int) -> int:
    """Walk as readers do that know nothing of XMP."""
    while data[at]:
        at += 1 + data[at]
    return at + 1


def test_the_packet_is_whole_and_its_trailer_leads_out_of_it() -> None:
    new = labelled(gif, plain())
    start = new.index(XMP) + len(XMP)
    end = new.index(MAGIC, start) + len(MAGIC)
    assert len(MAGIC) == 258
    assert new[start:end].startswith(b"<?xpacket")
    assert behind_sub_blocks(new, start) == end


@settings(max_examples=40, deadline=None)
@given(st.text(st.characters(categories=["L", "N", "S"]), max_size=300))
def test_any_packet_can_be_walked_over(text: str) -> None:
    data = with_extension(XMP + packet(inner=f"<dc:a>{text.replace('<', '')}</dc:a>".replace("&", "")) + MAGIC)
    new = labelled(gif, data, Label.by_generator("a", "b"))
    start = new.index(XMP) + len(XMP)
    assert behind_sub_blocks(new, start) == new.index(MAGIC, start) + len(MAGIC)
    assert pixels(new) == pixels(data)


def test_a_file_of_the_old_version_becomes_one_that_may_have_extensions() -> None:
    old = b"GIF87a" + plain()[6:]
    assert labelled(gif, old).startswith(b"GIF89a")
    assert labelled(gif, old) == labelled(gif, plain())


def test_the_loop_extension_stays_in_front() -> None:
    data = animated("GIF")
    new = labelled(gif, data)
    assert 0 < new.index(b"NETSCAPE2.0") == data.index(b"NETSCAPE2.0") < new.index(XMP) < new.index(b"\x21\xf9")


def test_the_packet_of_an_animation_stands_before_its_first_frame() -> None:
    new = labelled(gif, animated("GIF"))
    assert new.count(XMP) == 1
    assert new.index(MAGIC) < new.index(b"\x2c\x00\x00")


@pytest.mark.parametrize("block", [XMP + packet() + MAGIC, XMP + sub_blocks(packet())], ids=["raw", "sub-blocks"])
def test_an_existing_packet_is_merged_into_and_written_raw(block: bytes) -> None:
    new = labelled(gif, with_extension(block))
    assert new.count(XMP) == 1
    assert "图 &amp; more".encode() in new
    assert new.endswith(MAGIC + b";")
    assert texts(gif, new) == [LABEL.bare()]


def test_a_second_packet_loses_its_label_only() -> None:
    data = with_extension(XMP + packet(OTHER.bare(), about="second") + MAGIC, labelled(gif, plain()))
    new = labelled(gif, data)
    assert texts(gif, new) == [LABEL.bare()]
    assert b'rdf:about="second"' in new


def test_a_label_in_a_comment_is_read_and_taken_over() -> None:
    comment = b"\x21\xfe" + sub_blocks(OTHER.wrapped().encode())
    kept = b"\x21\xfe" + sub_blocks(b"made by hand")
    data = with_extension(comment + kept)
    assert places(gif, data) == [("gif:comment", False)]
    new = labelled(gif, data)
    assert places(gif, new) == [("xmp", True)]
    assert comment not in new
    assert kept in new


def test_a_packet_that_is_not_utf8_is_refused() -> None:
    data = with_extension(XMP + sub_blocks(packet().decode().encode("utf-16-le")))
    with pytest.raises(RefusedError) as caught:
        labelled(gif, data)
    assert caught.value.code == "xmp_encoding"
    assert caught.value.text("en") == "the XMP in a GIF file must be UTF-8, and this one is not"
    assert caught.value.text("zh") == "GIF 中的 XMP 须为 UTF-8"


def test_stray_terminators_between_blocks_are_passed_by() -> None:
    data = plain()[:-1] + b"\x00\x00;"
    assert labelled(gif, data).endswith(b"\x00\x00;")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (plain()[:-1], "the file ends before its trailer"),
        (plain()[:-1] + b"x;", "an unknown block stands at byte"),
        (plain()[:-1] + b"\x21\xfe\xff;", "the file ends before its trailer"),
    ],
)
def test_broken_files_are_damaged(data: bytes, message: str) -> None:
    with pytest.raises(DamagedError, match=message):
        texts(gif, data)


def test_endless_blocks_are_too_large() -> None:
    data = plain()[:-1] + b"\x00" * 500 + b";"
    with pytest.raises(TooLargeError, match="too many blocks"):
        gif.contents(Source.of_bytes(data, Limits(reads=400)))


def test_endless_sub_blocks_are_too_large() -> None:
    with pytest.raises(TooLargeError, match="too many sub-blocks"):
        texts(gif, plain()[:-1] + b"\x21\xfe" + b"\x01a" * 2_100_000 + b"\x00;")


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from([1, 7, 254, 255, 255, 255]), max_size=700))
def test_sub_blocks_of_any_length_are_walked_over(lengths: list[int]) -> None:
    block = b"".join(bytes([length]) + b"\x00" * length for length in lengths) + b"\x00"
    assert texts(gif, labelled(gif, with_extension(b"\x21\xfe" + block))) == [LABEL.bare()]


def test_c2pa_is_noticed() -> None:
    assert seals(gif, with_extension(b"\x21\xff\x0bC2PA_GIF\x01\x00\x00" + sub_blocks(b"x"))) == ["gif:C2PA_GIF"]
