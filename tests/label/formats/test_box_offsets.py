"""Offsets in ISO media files: whatever stands in front grows, each offset still leads to the same bytes."""

import io
import struct

import pytest

from guiju.label.errors import RefusedError
from guiju.label.formats.boxes import mp4
from guiju.label.source import Source
from guiju.label.splice import Insert
from tests.label.formats import build_mp4 as build
from tests.label.formats.build_mp4 import CHUNKS, FTYP, LABEL, LONGER, box, co64, full, labelled, stco, track


def at(data: bytes, offset: int, length: int = 12) -> bytes:
    return data[offset : offset + length]


@pytest.mark.parametrize("wide", [False, True])
def test_chunk_offsets_follow_in_32_and_64_bits(wide: bool) -> None:
    film = build.handmade(wide=wide)
    new = labelled(mp4, film)
    assert len(new) > len(film)
    assert [at(new, offset) for offset in build.chunk_offsets(new)] == list(CHUNKS)


def test_nothing_is_patched_where_the_movie_header_stands_last() -> None:
    media = FTYP + box(b"mdat", *CHUNKS)
    moov = box(b"moov", track(stco(len(FTYP) + 8)))
    new = labelled(mp4, media + moov)
    assert new.startswith(media)
    assert track(stco(len(FTYP) + 8)) in new


def test_media_data_on_both_sides_of_the_header_follow_each_on_their_own() -> None:
    front = FTYP + box(b"mdat", CHUNKS[0])
    size = len(box(b"moov", track(stco(0, 0))))
    film = front + box(b"moov", track(stco(len(FTYP) + 8, len(front) + size + 8))) + box(b"mdat", CHUNKS[1])
    new = labelled(mp4, film)
    assert [at(new, offset) for offset in build.chunk_offsets(new)] == list(CHUNKS[:2])


def test_an_empty_free_box_behind_the_header_takes_up_the_growth() -> None:
    film = build.handmade(between=box(b"free", bytes(1000)))
    new = labelled(mp4, film)
    assert len(new) == len(film)
    assert build.chunk_offsets(new) == build.chunk_offsets(film)


def test_a_free_box_takes_back_what_a_shorter_label_leaves() -> None:
    film = labelled(mp4, build.handmade(between=box(b"free", bytes(5000))), LONGER)
    new = labelled(mp4, film)
    assert len(new) == len(film)
    assert new == labelled(mp4, build.handmade(between=box(b"free", bytes(5000))))


@pytest.mark.parametrize("free", [box(b"free", b"gps data" * 100), box(b"free", bytes(20)), box(b"wide")])
def test_a_free_box_with_data_or_too_small_stays(free: bytes) -> None:
    new = labelled(mp4, build.handmade(between=free))
    assert free in new
    assert [at(new, offset) for offset in build.chunk_offsets(new)] == list(CHUNKS)


@pytest.mark.parametrize(("growth", "kept"), [(-1, False), (0, True), (1, True)])
def test_a_free_box_must_hold_the_growth_and_its_own_header(growth: int, kept: bool) -> None:
    needed = len(labelled(mp4, build.handmade())) - len(build.handmade())
    film = build.handmade(between=box(b"free", bytes(needed + growth)))
    assert (len(labelled(mp4, film)) == len(film)) is kept


def test_sizes_of_64_bits_and_a_last_box_up_to_the_end_of_the_file() -> None:
    def build_film(start: int) -> bytes:
        return FTYP + box(b"moov", track(stco(start)), long=True) + struct.pack(">I4s", 0, b"mdat")

    film = build_film(len(build_film(0))) + CHUNKS[0]
    new = labelled(mp4, film)
    assert [at(new, offset) for offset in build.chunk_offsets(new)] == [CHUNKS[0]]
    assert at(new, len(FTYP), 8) == b"\0\0\0\1moov"


def test_offsets_of_auxiliary_information_follow() -> None:
    def build_film(start: int) -> bytes:
        tables = (
            full(b"saio", struct.pack(">II", 1, start)),
            full(b"saio", b"cenc\0\0\0\0", struct.pack(">IQ", 1, start + 12), version=1, flags=1),
        )
        return FTYP + box(b"moov", track(*tables)) + box(b"mdat")

    film = build_film(len(build_film(0)))[:-8] + box(b"mdat", *CHUNKS)
    new = labelled(mp4, film)
    (one, _), (two, _) = build.inside(new, "moov.trak.mdia.minf.stbl.saio")
    assert at(new, struct.unpack_from(">I", new, one + 8)[0]) == CHUNKS[0]
    assert at(new, struct.unpack_from(">Q", new, two + 16)[0]) == CHUNKS[1]


def test_items_of_a_meta_box_follow() -> None:
    def build_film(start: int) -> bytes:
        iloc = full(b"iloc", b"\x44\x00\x00\x01\x00\x05\x00\x00\x00\x01", struct.pack(">II", start, 12))
        return FTYP + box(b"moov", track(stco(start)), build.meta(b"null", iloc)) + box(b"mdat")

    film = build_film(len(build_film(0)))[:-8] + box(b"mdat", *CHUNKS)
    new = labelled(mp4, film)
    assert at(new, struct.unpack_from(">I", build.body_of(new, "moov.meta.iloc"), 14)[0]) == CHUNKS[0]


MOVIE = box(b"moov", box(b"mvex"))


def fragmented(*, index_first: bool = False) -> bytes:
    """A fragment with an absolute base; an index in front, before or behind `moov`, and one behind."""

    def build_film(moof_at: int, first: int) -> bytes:
        header = full(b"tfhd", struct.pack(">IQ", 1, moof_at), flags=1)
        fragment = box(b"moof", box(b"traf", header)) + box(b"mdat", CHUNKS[0])
        sidx = full(b"sidx", struct.pack(">IIIIHHIII", 1, 1000, 0, first, 0, 1, len(fragment), 1, 0))
        tfra = full(b"tfra", struct.pack(">IIIII", 1, 0, 1, 0, moof_at), b"\1\1\1")
        front = sidx + MOVIE if index_first else MOVIE + sidx
        return FTYP + front + box(b"free", b"!!") + fragment + box(b"mfra", tfra, full(b"mfro", bytes(4)))

    moof_at = build_film(0, 0).index(b"moof") - 4
    return build_film(moof_at, 10 + (len(MOVIE) if index_first else 0))


@pytest.mark.parametrize("index_first", [False, True])
def test_the_offsets_of_fragments_follow(index_first: bool) -> None:
    film = fragmented(index_first=index_first)
    new = labelled(mp4, film)
    ((moof, _),) = build.inside(new, "moof")
    header = build.body_of(new, "moof.traf.tfhd")
    assert struct.unpack_from(">Q", header, 8)[0] == moof - 8
    assert struct.unpack_from(">I", build.body_of(new, "mfra.tfra"), 20)[0] == moof - 8
    ((start, end),) = build.inside(new, "sidx")
    assert end + struct.unpack_from(">I", new, start + 16)[0] == moof - 8
    assert new[start + 20 : end] == build.body_of(film, "sidx")[20:]


def test_an_index_over_a_header_that_grows_learns_of_it() -> None:
    """Odd, but legal: the indexed stretch begins at `moov` itself."""
    sidx = full(b"sidx", struct.pack(">IIIIHHIII", 1, 1000, 0, 0, 0, 1, len(MOVIE) + 20, 1, 0))
    film = FTYP + sidx + MOVIE + box(b"mdat", CHUNKS[0])
    new = labelled(mp4, film)
    grown = len(new) - len(film)
    assert struct.unpack_from(">I", build.body_of(new, "sidx"), 24)[0] == len(MOVIE) + 20 + grown


class Sparse(io.RawIOBase):
    """A file of several GiB of zero bytes with something in front."""

    def __init__(self, front: bytes, size: int) -> None:
        self.front, self.size, self.place = front, size, 0

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        self.place = offset if whence == io.SEEK_SET else self.size
        return self.place

    def read(self, length: int = -1) -> bytes:
        piece = self.front[self.place : self.place + length].ljust(min(length, self.size - self.place), b"\0")
        self.place += len(piece)
        return piece


def test_chunk_offsets_that_outgrow_32_bits_get_64() -> None:
    size = 2**32 + 2**20
    moov = box(b"moov", track(stco(5000, 2**32 - 10)))
    front = FTYP + moov + struct.pack(">I4sQ", 1, b"mdat", size - len(FTYP + moov))
    plan = mp4.plan(Source(Sparse(front, size)), LABEL)  # type: ignore[arg-type]
    grown = plan.size - size
    inserted = b"".join(piece.data for piece in plan.pieces if isinstance(piece, Insert))
    assert co64(5000 + grown, 2**32 - 10 + grown) in inserted
    assert grown > len(co64(0, 0)) - len(stco(0, 0)) + len(LABEL.bare())


def test_other_offsets_that_outgrow_32_bits_are_refused() -> None:
    size = 2**32 + 2**20
    moov = box(b"moov", track(full(b"saio", struct.pack(">II", 1, 2**32 - 10))))
    front = FTYP + moov + struct.pack(">I4sQ", 1, b"mdat", size - len(FTYP + moov))
    with pytest.raises(RefusedError) as caught:
        mp4.plan(Source(Sparse(front, size)), LABEL)  # type: ignore[arg-type]
    assert caught.value.code == "offset_overflow"


def external(*flags: int) -> bytes:
    entries = [full(b"url ", flags=flag) for flag in flags]
    media = box(b"dinf", full(b"dref", struct.pack(">I", len(entries)), *entries))
    return FTYP + box(b"moov", track(stco(200), media=media)) + box(b"mdat", bytes(200))


@pytest.mark.parametrize(("flag", "stays"), [(0, True), (1, False)])
def test_offsets_into_other_files_stay(flag: int, stays: bool) -> None:
    assert (build.chunk_offsets(labelled(mp4, external(flag))) == [200]) is stays


def test_a_track_in_two_files_is_refused() -> None:
    with pytest.raises(RefusedError) as caught:
        labelled(mp4, external(0, 1))
    assert caught.value.code == "external_media"
