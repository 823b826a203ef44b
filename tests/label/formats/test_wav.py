"""WAV: a chunk AIGC at the top level; the sound and every other chunk stay; sizes of 32 and of 64 bits are right."""

import io
import struct
import wave

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiju.label.errors import DamagedError, LabelError, RefusedError, TooLargeError
from guiju.label.formats import xmp
from guiju.label.formats.riff import Chunk
from guiju.label.formats.sound import id3
from guiju.label.formats.sound import wav as module
from guiju.label.formats.sound.wav_outline import Outline
from guiju.label.source import Limits, Source
from tests.label.formats import build_wav as build
from tests.label.formats.build_media import (
    LABEL,
    LONGER,
    MIXED,
    SHORTER,
    assert_bears,
    bytes_read,
    cut,
    found,
    labelled,
    mutated,
    packets,
)

ONE = [("wav:AIGC", LABEL.bare())]
KINDS = {
    "plain": build.wav(),
    "odd sound": build.wav(samples=build.SAMPLES[:-1]),
    "odd sound without its pad": build.wav(samples=build.SAMPLES[:-1], size=len(build.wav()) - 9)[:-1],
    "chunks on both sides": build.wav(build.chunk(b"cue ", bytes(4)), after=(build.chunk(b"smpl", bytes(36)),)),
    "texts": build.wav(build.info((b"INAM", b"name\0"), (b"ICMT", b"hi\0"))),
    "big-endian": build.big_endian(),
    "RF64": build.rf64(),
    "BW64, odd": build.rf64(name=b"BW64", samples=build.SAMPLES[:-1]),
    "RF64 with a chunk behind": build.rf64(build.chunk(b"smpl", bytes(36))),
    "stream": build.streamed(),
    "stream with zero sizes": build.streamed(0, 0),
    "stream with the sizes of an empty file": build.streamed(0, 36),
    "header counts itself": build.wav(size=len(build.wav())),
    "foreign bytes behind": build.wav() + b"TAG" + bytes(125),
}


@pytest.mark.parametrize("data", KINDS.values(), ids=KINDS)
def test_the_label_is_added_and_the_sound_stays(data: bytes) -> None:
    new = labelled(module, data)
    assert found(module, data) == []
    assert found(module, new) == ONE
    assert len(new) - len(data) in {8 + len(LABEL.bare()) + extra for extra in (0, 1, 2)}
    assert build.sound(new) == build.sound(data)
    assert packets(new) == packets(data)


@pytest.mark.parametrize("data", KINDS.values(), ids=KINDS)
def test_a_second_time_changes_no_byte_and_another_label_replaces_the_first(data: bytes) -> None:
    new = labelled(module, data)
    assert labelled(module, new) == new
    for label in (LONGER, SHORTER):
        new = labelled(module, new, label)
        assert found(module, new) == [("wav:AIGC", label.bare())]
    assert labelled(module, new) == labelled(module, data)


def test_the_chunk_holds_the_bare_json_and_nothing_else() -> None:
    new = labelled(module, build.wav())
    assert new == build.wav(after=(build.chunk(b"AIGC", LABEL.bare().encode()),))


def test_an_odd_sound_gets_the_pad_that_its_writer_left_out() -> None:
    whole = build.wav(samples=build.SAMPLES[:-1])
    without_pad = whole[:4] + struct.pack("<I", len(whole) - 9) + whole[8:-1]
    assert labelled(module, without_pad) == labelled(module, whole)


def test_sizes_of_64_bits_are_kept_right() -> None:
    new = labelled(module, build.rf64())
    assert new[4:8] == b"\xff\xff\xff\xff"
    assert struct.unpack("<QQ", new[20:36]) == (len(new) - 8, len(build.SAMPLES))


def test_a_label_in_a_stream_stands_before_the_sound() -> None:
    new = labelled(module, build.streamed())
    assert new.index(b"AIGC") < new.index(b"data")
    assert new[4:8] == b"\xff\xff\xff\xff"


def test_the_standard_library_reads_the_labelled_file() -> None:
    with wave.open(io.BytesIO(labelled(module, build.wav()))) as sound:
        assert sound.readframes(sound.getnframes()) == build.SAMPLES


def test_a_full_riff_is_refused_and_a_nearly_full_one_is_not() -> None:
    outline = Outline("little", 1, 2**32 - 10, (Chunk(b"data", 12, 0),), is_open=False, size64_at=None)
    assert outline.size_edits(16)[0].data == (2**32 - 2).to_bytes(4, "little")
    with pytest.raises(RefusedError) as refusal:
        outline.size_edits(17)
    assert refusal.value.code == "riff_full"


def id3_chunk() -> bytes:
    return build.chunk(b"id3 ", id3.new_tag(LABEL.bare()))


ELSEWHERE = {
    "id3:TXXX": id3_chunk(),
    "xmp": build.chunk(b"_PMX", xmp.merged(None, LABEL.bare())),
    "wav:bext": build.chunk(b"bext", LABEL.wrapped().encode()[:256].ljust(256, b"\0") + b"origin".ljust(346, b"\0")),
    "wav:INFO": build.info((b"ICMT", LABEL.wrapped().encode() + b"\0"), (b"INAM", b"name\0")),
    "wav:AIGC": build.chunk(b"aigc", LONGER.bare().encode()),
}


@pytest.mark.parametrize("place", ELSEWHERE)
def test_a_label_seen_elsewhere_is_read_and_moves_to_its_place(place: str) -> None:
    data = build.wav(ELSEWHERE[place], after=(build.chunk(b"smpl", bytes(36)),))
    assert [one for one, _ in found(module, data)] == [place]
    new = labelled(module, data)
    assert found(module, new) == ONE
    assert build.sound(new) == build.SAMPLES
    assert build.chunk(b"smpl", bytes(36)) in new
    assert labelled(module, new) == new
    for kept in (b"origin", b"name\0") if place in {"wav:bext", "wav:INFO"} else ():
        assert (kept in new) == (kept in data)


def test_labels_in_several_places_become_one() -> None:
    data = build.wav(*ELSEWHERE.values(), after=tuple(ELSEWHERE.values()))
    assert found(module, data)[0][0] == "wav:AIGC"
    assert len(found(module, data)) == 10
    assert found(module, labelled(module, data)) == ONE


def test_a_comment_that_holds_more_than_a_label_is_not_thrown_away() -> None:
    with pytest.raises(RefusedError) as refusal:
        labelled(module, build.wav(build.info((b"ICMT", MIXED.encode()))))
    assert refusal.value.code == "label_elsewhere"


def test_a_c2pa_manifest_is_a_seal() -> None:
    data = build.wav(after=(build.chunk(b"C2PA", b"manifest"),))
    assert [seal.kind for seal in module.contents(Source.of_bytes(data)).seals] == ["c2pa"]


@pytest.mark.parametrize("data", [build.wav(), build.rf64(), build.big_endian()], ids=["RIFF", "RF64", "RIFX"])
def test_a_file_that_ends_early_is_damaged_and_never_without_a_label(data: bytes) -> None:
    whole = labelled(module, data)
    for length, part in cut(whole):
        if length == len(whole) - 1:
            continue  # a last pad byte may be missing: the label is there, or what is left of it is no label
        with pytest.raises(DamagedError):
            module.contents(Source.of_bytes(part))


@pytest.mark.parametrize(
    "data",
    [
        build.wav(size=len(build.wav()) + 1),
        build.wav(size=3),
        build.rf64(sizes=(2**63, 4096)),
        build.rf64(sizes=(39, 4096)),
        build.rf64(sizes=(len(build.rf64()) - 8, 2**63)),
        b"RF64\xff\xff\xff\xffWAVE" + build.chunk(b"fmt ", build.FORMAT),
    ],
    ids=["file size", "too small", "64-bit file size", "too small for ds64", "64-bit sound size", "no ds64"],
)
def test_lies_about_sizes_are_damage(data: bytes) -> None:
    with pytest.raises(DamagedError):
        module.contents(Source.of_bytes(data))


def test_the_error_says_what_and_where_in_both_languages() -> None:
    with pytest.raises(DamagedError) as error:
        module.contents(Source.of_bytes(build.wav()[:-100]))
    assert error.value.text("en") == "the file is damaged: the header says 2092 bytes, but the file has only 1992"
    assert error.value.text("zh") == "文件损坏：文件头称有 2092 字节，实际只有 1992 字节"


def test_limits_hold() -> None:
    many = build.wav(*[build.chunk(b"JUNK", b"")] * 50)
    with pytest.raises(TooLargeError):
        module.contents(Source.of_bytes(many, Limits(reads=30)))
    with pytest.raises(TooLargeError):
        module.contents(Source.of_bytes(build.wav(build.chunk(b"AIGC", b"x" * 70_000))))
    with pytest.raises(TooLargeError):
        module.contents(Source.of_bytes(build.wav(build.chunk(b"LIST", b"INFO" + bytes(3 * 2**20)))))


def test_the_sound_is_not_read() -> None:
    assert bytes_read(module, labelled(module, build.wav(samples=bytes(10**6)))) < 1000


def test_damaged_files_give_an_error_or_a_result() -> None:
    data = labelled(module, build.wav(*ELSEWHERE.values(), samples=build.SAMPLES[:64]))
    for changed in (*mutated(data, 1000), *mutated(labelled(module, build.rf64(samples=build.SAMPLES[:64])), 1000)):
        assert_bears(module, changed)


@given(st.lists(st.tuples(st.sampled_from([b"cue ", b"fact", b"JUNK", b"zzzz"]), st.binary(max_size=9)), max_size=5))
def test_whatever_chunks_there_are_they_stay_in_order(chunks: list[tuple[bytes, bytes]]) -> None:
    made = [build.chunk(*one) for one in chunks]
    new = labelled(module, build.wav(*made[:2], after=tuple(made[2:])))
    assert new == build.wav(*made[:2], after=(*made[2:], build.chunk(b"AIGC", LABEL.bare().encode())))


@given(st.binary(max_size=80))
def test_arbitrary_bytes_behind_the_signature_never_crash(rest: bytes) -> None:
    data = b"RIFF" + struct.pack("<I", len(rest) + 4) + b"WAVE" + rest
    try:
        module.contents(Source.of_bytes(data))
    except LabelError:
        return
