"""Broken and hostile MP4 files: an error in words or a result, never a crash, a hang or a false "no label"."""

import contextlib
import random
import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guiju.label.errors import DamagedError, LabelError, TooLargeError
from guiju.label.formats.boxes import mp4
from guiju.label.source import Limits, Source
from tests.label.formats import build_mp4 as build
from tests.label.formats.build_mp4 import CHUNKS, FTYP, LABEL, box, found, full, labelled, stco, track

MUTATIONS = 2000
RICH = labelled(
    mp4,
    build.handmade(
        udta=build.itunes(build.TITLE, build.COVER)
        + build.keyed([("make", "a")])
        + box(b"\xa9swr", b"\0\3\x55\xc4abc"),
        moov=build.keyed([("creator", "b")]),
        between=box(b"free", bytes(16)) + build.xmp_box(b'<x:xmpmeta xmlns:x="adobe:ns:meta/"/>'),
    ),
)


@pytest.mark.parametrize(
    "film", [RICH, labelled(mp4, build.movie("fragments with an index"))], ids=["plain", "fragments"]
)
def test_a_file_cut_short_is_never_without_a_label(film: bytes) -> None:
    for length in range(len(film) - 1):
        try:
            places = found(mp4, film[:length])
        except LabelError:
            continue
        assert places, f"cut at {length}"


def test_a_file_cut_between_its_header_and_its_media_is_damaged() -> None:
    film = build.handmade()
    with pytest.raises(DamagedError):
        mp4.contents(Source.of_bytes(film[: film.index(b"mdat") - 4]))


@pytest.mark.parametrize("film", [RICH, build.movie("fragments with absolute bases")], ids=["plain", "fragments"])
def test_changed_bytes_give_an_error_or_a_result(film: bytes) -> None:
    rng = random.Random(4)
    for _ in range(MUTATIONS // 2):
        changed = bytearray(film)
        for _ in range(rng.randint(1, 4)):
            changed[rng.randrange(len(changed))] = rng.choice((0, 1, 0x7F, 0x80, 0xFF, rng.randrange(256)))
        for action in (found, labelled):
            with contextlib.suppress(LabelError):
                action(mp4, bytes(changed))


@pytest.mark.parametrize("size", [2, 7, 2**31, 2**32 - 1])
@pytest.mark.parametrize("kind", [b"moov", b"udta", b"meta", b"keys", b"ilst", b"data", b"stco", b"mdat"])
def test_a_size_that_lies_is_damage(kind: bytes, size: int) -> None:
    at = RICH.index(kind) - 4
    film = RICH[:at] + struct.pack(">I", size) + RICH[at + 4 :]
    with pytest.raises(DamagedError):
        labelled(mp4, film)


def test_a_count_that_lies_is_damage() -> None:
    table = full(b"stco", struct.pack(">II", 2**32 - 1, 0))
    film = FTYP + box(b"moov", track(table)) + box(b"mdat", *CHUNKS)
    with pytest.raises(DamagedError):
        mp4.contents(Source.of_bytes(film))


def test_endless_boxes_end_at_the_limit() -> None:
    film = FTYP + box(b"moov", box(b"free") * 2000)
    with pytest.raises(TooLargeError):
        mp4.contents(Source.of_bytes(film, Limits(reads=1000)))


def test_deep_nesting_costs_nothing() -> None:
    nested = b""
    for _ in range(5000):
        nested = box(b"moov", nested)
    film = FTYP + nested
    assert found(mp4, film) == []


def test_a_value_longer_than_any_label_under_its_key_is_too_large() -> None:
    film = build.handmade(udta=build.keyed([("AIGC", "x" * 2**19)]))
    with pytest.raises(TooLargeError):
        mp4.contents(Source.of_bytes(film))


def test_large_pictures_in_a_list_are_not_read() -> None:
    cover = box(b"covr", build.data_box(bytes(2**21), 13))
    source = Source.of_bytes(build.handmade(udta=build.itunes(cover)), Limits(total=2**16))
    mp4.plan(source, LABEL)


def test_two_headers_are_damage() -> None:
    with pytest.raises(DamagedError, match="one box moov"):
        labelled(mp4, build.handmade() + box(b"moov"))


def test_an_item_without_a_key_is_damage_when_writing() -> None:
    item = box(struct.pack(">I", 9), build.data_box(b"x"))
    udta = build.meta(b"mdta", full(b"keys", bytes(4)), box(b"ilst", item))
    with pytest.raises(DamagedError, match="no key"):
        labelled(mp4, build.handmade(udta=udta))


NAMES = st.text(
    st.characters(min_codepoint=33, max_codepoint=0x4FFF, exclude_categories=["Cs"]), min_size=1, max_size=12
)
OTHER_NAMES = NAMES.filter(lambda name: "aigc" not in name.casefold())
ENTRIES = st.lists(st.tuples(OTHER_NAMES, st.text(max_size=30)), max_size=6)


@settings(max_examples=60, deadline=None)
@given(first=ENTRIES, second=ENTRIES, free=st.integers(0, 600), quicktime=st.booleans(), wide=st.booleans())
def test_any_lists_are_kept_and_any_offsets_followed(
    first: list[tuple[str, str]], second: list[tuple[str, str]], free: int, quicktime: bool, wide: bool
) -> None:
    film = build.handmade(
        udta=build.itunes(build.TITLE) + build.keyed(first, quicktime=quicktime),
        moov=build.keyed(second),
        between=box(b"free", bytes(free)),
        wide=wide,
    )
    new = labelled(mp4, film)
    assert found(mp4, new) == [("mp4:keys", LABEL.bare())]
    expected = build.keyed([*first, ("AIGC", LABEL.bare())], quicktime=quicktime)
    assert build.body_of(new, "moov.udta") == build.itunes(build.TITLE) + expected
    assert [new[at : at + 12] for at in build.chunk_offsets(new)] == list(CHUNKS)
    assert labelled(mp4, new) == new


@settings(max_examples=40, deadline=None)
@given(
    order=st.permutations(["moov", "a", "b", "free", "xmp"]),
    long=st.booleans(),
)
def test_any_order_of_boxes_keeps_every_chunk(order: list[str], long: bool) -> None:
    def build_film(places: dict[str, int]) -> tuple[bytes, dict[str, int]]:
        parts = {
            "moov": box(b"moov", track(stco(places["a"] + 4, places["b"])), long=long),
            "a": box(b"mdat", b"....", CHUNKS[0], long=long),
            "b": box(b"mdat", CHUNKS[1]),
            "free": box(b"free", bytes(40)),
            "xmp": build.xmp_box(b'<x:xmpmeta xmlns:x="adobe:ns:meta/"/>'),
        }
        film = FTYP
        for name in order:
            places[name] = len(film) + (16 if long and name == "a" else 8)
            film += parts[name]
        return film, places

    _, places = build_film(dict.fromkeys(order, 0))
    film, _ = build_film(places)
    new = labelled(mp4, film)
    assert [new[at : at + 12] for at in build.chunk_offsets(new)] == list(CHUNKS[:2])
    assert found(mp4, new) == [("mp4:keys", LABEL.bare())]
