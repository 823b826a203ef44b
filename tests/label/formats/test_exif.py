"""Labels in Exif: read in both byte orders and both places, emptied in place when they move, nothing else touched."""

import pytest

from guiju.label.errors import DamagedError, RefusedError, TooLargeError
from guiju.label.formats.images import exif
from guiju.label.source import Limits, Source
from guiju.label.splice import Plan
from tests.label.formats.build_images import LABEL, tiff_block, user_comment

WRAPPED = LABEL.wrapped()


def block_with_comment(value: tuple[int, bytes], mark: str = "<", *, big: bool = False) -> bytes:
    return tiff_block(
        {0x010F: (2, b"Maker\x00")}, exif={0x9003: (2, b"2025:09:01\x00"), 0x9286: value}, mark=mark, big=big
    )


def texts(block: bytes) -> list[tuple[str, str]]:
    return [(slot.place, slot.text) for slot in exif.slots(Source.of_bytes(block))]


@pytest.mark.parametrize("mark", ["<", ">"])
@pytest.mark.parametrize("big", [False, True])
@pytest.mark.parametrize("code", [b"ASCII\x00\x00\x00", b"\x00" * 8, b""])
def test_the_user_comment_is_read_in_every_byte_order_and_width(mark: str, big: bool, code: bytes) -> None:
    block = block_with_comment(user_comment(WRAPPED, code), mark, big=big)
    assert texts(block) == [("exif:UserComment", WRAPPED)]


@pytest.mark.parametrize("mark", ["<", ">"])
@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-8"])
def test_a_unicode_comment_is_read_whatever_its_writer_took_for_unicode(mark: str, encoding: str) -> None:
    block = block_with_comment((7, b"UNICODE\x00" + WRAPPED.encode(encoding)), mark)
    assert texts(block) == [("exif:UserComment", WRAPPED)]


def test_the_image_description_is_read_behind_the_user_comment() -> None:
    block = tiff_block({0x010E: (2, WRAPPED.encode() + b"\x00")}, exif={0x9286: user_comment(WRAPPED)})
    assert [place for place, _ in texts(block)] == ["exif:UserComment", "exif:ImageDescription"]


@pytest.mark.parametrize("text", ["a picture of a cat", '{"title": "cat"}', "", "AIGC"])
def test_other_texts_are_no_candidates(text: str) -> None:
    assert texts(tiff_block({0x010E: (2, text.encode() + b"\x00")}, exif={0x9286: user_comment(text)})) == []


def test_a_label_is_blanked_and_every_other_byte_stays() -> None:
    block = block_with_comment(user_comment(WRAPPED))
    source = Source.of_bytes(block)
    plan = Plan.of_edits(len(block), [exif.blanked(slot) for slot in exif.labels(source)])
    assert b"".join(plan.blocks(source)) == block.replace(WRAPPED.encode(), b" " * len(WRAPPED))


def test_a_label_among_other_data_is_not_blanked() -> None:
    mixed = WRAPPED[:-1] + ',"prompt":"a cat"}'
    (slot,) = exif.labels(Source.of_bytes(block_with_comment(user_comment(mixed))))
    with pytest.raises(RefusedError) as caught:
        exif.blanked(slot)
    assert caught.value.code == "label_elsewhere"
    assert caught.value.text("en") == (
        "a label stands at exif:UserComment and cannot be removed safely, and a file may have only one"
    )
    assert caught.value.text("zh") == "exif:UserComment 处已有标识，无法安全移除，而一个文件只能有一个标识"


def test_a_block_without_a_header_is_no_exif() -> None:
    assert texts(b"") == texts(b"II") == texts(b"not a TIFF header at all") == []


def test_a_block_that_ends_early_is_damaged() -> None:
    block = block_with_comment(user_comment(WRAPPED))
    for length in range(8, len(block.rstrip(b"\x00"))):
        with pytest.raises(DamagedError):
            exif.slots(Source.of_bytes(block[:length]))


def test_a_text_of_any_claimed_size_takes_no_memory() -> None:
    block = tiff_block({0x010E: (2, b"x" * 3000)})
    with pytest.raises(TooLargeError):
        exif.slots(Source.of_bytes(block, Limits(block=2000)))
