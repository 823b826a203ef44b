"""Labels in MP4 and its relatives: written where the guide says, all else byte for byte, other places taken over."""

import struct
from typing import Any

import pytest

from guiju.label.errors import DamagedError, RefusedError
from guiju.label.formats.boxes import mp4
from guiju.label.found import Seal
from guiju.label.source import Source
from tests.label.formats import build_heif
from tests.label.formats import build_mp4 as build
from tests.label.formats.build_heif import RDF, Shape, Thing
from tests.label.formats.build_mp4 import CHUNKS, COVER, LABEL, LAYOUTS, LONGER, TITLE, box, found, full, labelled

BARE = LABEL.bare()
OLD = '{"Label":"2","ContentProducer":"old"}'
WRAPPED = '{"AIGC":' + OLD + "}"
PACKET = (
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" dc:format="video/mp4"'
    ' xmlns:TC260="http://www.tc260.org.cn/ns/AIGC/1.0/"><TC260:AIGC>' + OLD + "</TC260:AIGC></rdf:Description>"
    "</rdf:RDF></x:xmpmeta>"
).encode()


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_label_is_read_back_and_every_packet_stays_in_every_layout(layout: str) -> None:
    film = build.movie(layout, title="影片")
    new = labelled(mp4, film)
    assert found(mp4, film) == []
    assert found(mp4, new) == [("mp4:keys", BARE)]
    assert build.packets(new) == build.packets(film)
    assert build.tags(new) == {**build.tags(film), "AIGC": BARE}
    assert labelled(mp4, new) == new


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_label_can_be_replaced_by_a_longer_and_a_shorter_one(layout: str) -> None:
    film = build.movie(layout)
    longer = labelled(mp4, labelled(mp4, film), LONGER)
    shorter = labelled(mp4, longer)
    assert found(mp4, longer) == [("mp4:keys", LONGER.bare())]
    assert found(mp4, shorter) == [("mp4:keys", BARE)]
    assert build.packets(shorter) == build.packets(longer) == build.packets(film)
    assert LONGER.produce_id.encode() not in shorter


def test_the_label_stands_where_the_guide_puts_it() -> None:
    new = labelled(mp4, build.handmade())
    assert build.body_of(new, "moov.udta.meta.hdlr")[8:12] == b"mdta"
    assert build.body_of(new, "moov.udta.meta.keys")[8:] == box(b"mdta", b"AIGC")
    assert build.body_of(new, "moov.udta.meta.ilst") == box(b"\0\0\0\x01", build.data_box(BARE.encode()))


def test_the_list_of_itunes_stays_first_with_title_and_cover() -> None:
    """Put first, the keyed list would hide the others from a common reader (trap 1 of the brief)."""
    old = build.itunes(TITLE, COVER)
    new = labelled(mp4, build.handmade(udta=old))
    (start, end), *_ = build.inside(new, "moov.udta")
    assert new[start:end].startswith(old)
    assert [new[at + 8 : at + 12] for at, _ in build.inside(new, "moov.udta.meta.hdlr")] == [b"mdir", b"mdta"]


@pytest.mark.parametrize("quicktime", [False, True])
def test_a_keyed_list_is_merged(quicktime: bool) -> None:
    udta = build.keyed([("make", "a"), ("model", "b")], quicktime=quicktime)
    new = labelled(mp4, build.handmade(udta=udta))
    ((start, end),) = build.inside(new, "moov.udta")
    expected = build.keyed([("make", "a"), ("model", "b"), ("AIGC", BARE)], quicktime=quicktime)
    assert new[start:end] == expected


@pytest.mark.parametrize("key", ["AIGC", "aigc", "Aigc"])
def test_an_old_label_is_replaced_under_its_key_in_any_letter_case(key: str) -> None:
    film = build.handmade(udta=build.keyed([("make", "a"), (key, OLD), ("model", "b")]))
    assert found(mp4, film) == [("mp4:keys", OLD)]
    new = labelled(mp4, film)
    assert build.body_of(new, "moov.udta") == build.keyed([("make", "a"), ("AIGC", BARE), ("model", "b")])


def test_other_keys_are_renumbered_when_a_second_label_goes() -> None:
    entries = [("com.apple.quicktime.AIGC", OLD), ("make", "a"), ("comment", WRAPPED), ("model", "b"), ("AIGC", OLD)]
    new = labelled(mp4, build.handmade(udta=build.keyed(entries)))
    assert build.body_of(new, "moov.udta") == build.keyed([("make", "a"), ("model", "b"), ("AIGC", BARE)])


def test_the_zero_bytes_that_close_quicktime_user_data_stay_last() -> None:
    text = box(b"\xa9swr", b"\x00\x03\x55\xc4abc")
    new = labelled(mp4, build.handmade(udta=text + bytes(4)))
    ((start, end),) = build.inside(new, "moov.udta")
    assert new[start:end].startswith(text)
    assert new[start:end].endswith(BARE.encode() + bytes(4))


ELSEWHERE: dict[str, tuple[str, dict[str, Any]]] = {
    "iTunes item": ("mp4:itunes", {"udta": build.itunes(TITLE, build.free_form("AIGC", OLD), COVER)}),
    "iTunes item, other case": ("mp4:itunes", {"udta": build.itunes(TITLE, build.free_form("aigc", OLD), COVER)}),
    "iTunes comment": (
        "mp4:comment",
        {"udta": build.itunes(TITLE, box(b"\xa9cmt", build.data_box(WRAPPED.encode())), COVER)},
    ),
    "iTunes comment in UTF-16": (
        "mp4:comment",
        {"udta": build.itunes(TITLE, box(b"\xa9cmt", build.data_box(WRAPPED.encode("utf-16-be"), 2)), COVER)},
    ),
    "list without names": (
        "mp4:list",
        {"udta": build.itunes(TITLE, box(bytes(4), build.data_box(OLD.encode(), 0)), COVER)},
    ),
    "list of bare values": ("mp4:list", {"udta": build.itunes(TITLE, build.data_box(OLD.encode()), COVER)}),
    "list of bare texts": ("mp4:list", {"udta": build.itunes(TITLE, box(b"\0\0\0\1", OLD.encode()), COVER)}),
    "QuickTime comment": ("mp4:comment", {"udta": box(b"\xa9cmt", b"\0\0\x15\xc7", WRAPPED.encode())}),
    "user data of its own": ("mp4:udta", {"udta": box(b"AIGC", OLD.encode())}),
    "key comment": ("mp4:comment", {"udta": build.keyed([("make", "a"), ("comment", WRAPPED)])}),
    "keys of the movie": ("mp4:moov-keys", {"moov": build.keyed([("make", "a"), ("AIGC", OLD)])}),
    "keys of the movie, ExifTool's name": (
        "mp4:moov-keys",
        {"moov": build.keyed([("com.apple.quicktime.AIGC", OLD), ("make", "a")], quicktime=True)},
    ),
    "keys of the file": ("mp4:file-keys", {"between": build.keyed([("make", "a"), ("AIGC", OLD)])}),
    "XMP": ("mp4:uuid-xmp", {"between": build.xmp_box(PACKET)}),
    "XMP in the movie": ("mp4:uuid-xmp", {"moov": build.xmp_box(PACKET)}),
    "XMP of QuickTime": ("mp4:udta-xmp", {"udta": box(b"XMP_", PACKET)}),
    "XMP with padding": ("mp4:uuid-xmp", {"between": build.xmp_box(PACKET + bytes(20))}),
    "XMP in UTF-16": ("mp4:uuid-xmp", {"between": build.xmp_box(b"\xff\xfe" + PACKET.decode().encode("utf-16-le"))}),
}


@pytest.mark.parametrize("case", ELSEWHERE)
def test_a_label_elsewhere_is_found_and_taken_over_into_the_main_place(case: str) -> None:
    place, parts = ELSEWHERE[case]
    film = build.handmade(**parts)
    assert [where for where, _ in found(mp4, film)] == [place]
    new = labelled(mp4, film)
    assert found(mp4, new) == [("mp4:keys", BARE)]
    assert OLD.encode() not in new
    assert labelled(mp4, new) == new
    assert [new[at : at + len(CHUNKS[0])] for at in build.chunk_offsets(new)] == list(CHUNKS)
    for kept in (TITLE, COVER, box(b"mdta", b"make"), b"dc:format"):
        assert (kept in new) == (kept in film)


def test_the_main_place_is_read_first() -> None:
    udta = build.itunes(build.free_form("AIGC", OLD)) + build.keyed([("AIGC", BARE)])
    film = build.handmade(udta=udta, moov=build.keyed([("AIGC", OLD)]), between=build.xmp_box(PACKET))
    assert [place for place, _ in found(mp4, film)] == ["mp4:keys", "mp4:moov-keys", "mp4:itunes", "mp4:uuid-xmp"]


def test_a_label_in_an_item_of_the_file_is_taken_over() -> None:
    packet = build_heif.labelled_xmp(OLD)
    items = build_heif.handmade(Thing(3, b"mime", packet, RDF), shape=Shape(in_idat=True))
    film = build.handmade(between=items[items.index(b"meta") - 4 :])
    assert found(mp4, film) == [("xmp", OLD)]
    new = labelled(mp4, film)
    assert found(mp4, new) == [("mp4:keys", BARE)]
    assert b"dc:format" in build_heif.items_of(new)[3]


@pytest.mark.parametrize("text", ["a comment", '{"prompt": "a cat"}', "{", ""])
def test_other_comments_are_no_candidates_and_stay(text: str) -> None:
    comment = box(b"\xa9cmt", build.data_box(text.encode()))
    film = build.handmade(udta=build.itunes(comment))
    assert found(mp4, film) == []
    assert comment in labelled(mp4, film)


MIXED = WRAPPED[:-1] + ',"prompt":"a cat"}'


@pytest.mark.parametrize(
    "udta",
    [
        build.itunes(box(b"\xa9cmt", build.data_box(MIXED.encode()))),
        box(b"\xa9cmt", b"\0\0\x15\xc7", MIXED.encode()),
        build.keyed([("comment", MIXED)]),
    ],
)
def test_a_label_that_shares_its_comment_with_other_data_is_refused(udta: bytes) -> None:
    with pytest.raises(RefusedError) as caught:
        labelled(mp4, build.handmade(udta=udta))
    assert caught.value.code == "label_elsewhere"


def test_a_manifest_of_c2pa_is_a_seal() -> None:
    film = build.handmade(between=box(b"uuid", build.C2PA_UUID, bytes(30)))
    assert mp4.contents(Source.of_bytes(film)).seals == (Seal("c2pa", "iso:uuid"),)


def test_encrypted_samples_are_no_seal_for_labels_do_not_touch_them() -> None:
    film = build.handmade(moov=full(b"pssh", bytes(20)))
    assert mp4.contents(Source.of_bytes(film)).seals == ()
    assert found(mp4, labelled(mp4, film)) == [("mp4:keys", BARE)]


def test_media_data_are_not_read() -> None:
    film = build.handmade() + box(b"mdat", bytes(2**20))

    class Counting(Source):
        taken = 0

        def peek(self, offset: int, length: int) -> bytes:
            self.taken += length
            return super().peek(offset, length)

    source = Counting.of_bytes(labelled(mp4, film))
    assert isinstance(source, Counting)
    mp4.contents(source)
    mp4.plan(source, LABEL)
    assert source.taken < 8192


@pytest.mark.parametrize("film", [b"", build.FTYP, build.FTYP + box(b"mdat", b"x"), build.handmade()[8:]])
def test_a_file_without_a_readable_movie_is_damaged_and_not_without_a_label(film: bytes) -> None:
    with pytest.raises(DamagedError):
        mp4.contents(Source.of_bytes(film))


@pytest.mark.parametrize(
    ("moov", "code"),
    [
        (box(b"cmov", bytes(8)), "compressed_header"),
        (box(b"gps ", struct.pack(">II", 0, 0)), "private_offsets"),
    ],
)
def test_what_cannot_be_done_safely_is_refused(moov: bytes, code: str) -> None:
    with pytest.raises(RefusedError) as caught:
        labelled(mp4, build.handmade(moov=moov))
    assert caught.value.code == code


def test_canon_raw_files_are_refused_for_their_private_offsets() -> None:
    film = build.handmade().replace(b"ftypisom", b"ftypcrx ")
    with pytest.raises(RefusedError, match="maker's own boxes"):
        labelled(mp4, film)
