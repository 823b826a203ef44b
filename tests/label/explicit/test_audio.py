"""The rhythm on sound: A and I in Morse with the right gaps, audible beside the content, which stays as it was."""

from __future__ import annotations

import struct
from array import array
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guiju.label import LabelError, explicit
from guiju.label.explicit.rhythm import UNIT, find_rhythms, rhythm, signs
from tests.label.explicit.making import float_wav, hum, wav

RATE = 8000
LENGTH = 20  # units of a rhythm with its silences


def test_the_letter_gap_is_three_units_or_it_would_read_as_l() -> None:
    assert signs() == [
        (True, 1),
        (False, 1),
        (True, 3),
        (False, 3),
        (True, 1),
        (False, 1),
        (True, 1),
    ]


def test_the_envelope_of_the_written_sound_follows_the_signs() -> None:
    samples = rhythm(RATE, 0.2, before_content=True)
    unit = round(UNIT * RATE)
    sounding = [max(abs(at) for at in samples[start : start + unit]) > 0.1 for start in range(0, len(samples), unit)]
    assert "".join("#" if on else "." for on in sounding) == "..#.###...#.#......."


@given(rate=st.sampled_from([4000, 8000, 11025, 22050, 48000]), level=st.floats(0.01, 0.35))
@settings(max_examples=15, deadline=None)
def test_what_was_made_is_heard_at_its_level_and_unit(rate: int, level: float) -> None:
    (heard,) = find_rhythms(rhythm(rate, level, before_content=True), rate)
    assert heard.unit == pytest.approx(UNIT, rel=0.04)
    assert heard.level == pytest.approx(level, rel=0.12)


@pytest.mark.parametrize(
    "units",
    [
        [1, 1, 3, 1, 1, 1, 1],  # one equal gap: the letter L
        [1, 1, 1, 3, 1, 1, 1],
        [3, 1, 1, 3, 1, 1, 1],
        [1, 3, 3, 3, 1, 1, 1],
    ],
)
def test_another_rhythm_is_not_taken_for_it(units: list[int]) -> None:
    tone = rhythm(RATE, 0.2, before_content=True)
    unit = round(UNIT * RATE)
    dash = tone[unit * 4 : unit * 7]
    samples: array[float] = array("f", bytes(4 * unit * 3))
    for place, length in enumerate(units):
        samples.extend(dash[: unit * length] if place % 2 == 0 else array("f", bytes(4 * unit * length)))
    samples.extend(array("f", bytes(4 * unit * 8)))
    assert find_rhythms(samples, RATE) == []


def test_neither_content_nor_silence_is_taken_for_it() -> None:
    assert find_rhythms(hum(RATE, 6), RATE) == []
    assert find_rhythms([0.0] * RATE * 3, RATE) == []
    assert find_rhythms([], RATE) == []


@pytest.mark.parametrize(("where", "places"), [("start", ["start"]), ("end", ["end"]), ("both", ["start", "end"])])
@pytest.mark.parametrize("shape", [(8000, 1, 1), (22050, 2, 2), (8000, 2, 3), (11025, 1, 4)])
def test_a_wav_keeps_every_sample_and_is_not_labelled_twice(
    where: str, places: list[str], shape: tuple[int, int, int], tmp_path: Path
) -> None:
    rate, channels, width = shape
    path = tmp_path / "a.wav"
    old = wav(hum(rate, 2), rate=rate, channels=channels, width=width)
    path.write_bytes(old)
    result = explicit.write(path, where=where)
    new = path.read_bytes()
    assert [finding.place for finding in result.findings] == places
    assert all(finding.ok for finding in result.findings)
    assert old[44:] in new
    added = round(LENGTH * UNIT * rate) * channels * width * len(places)
    assert abs(len(new) - len(old) - added) <= 8 * channels * width * len(places)
    assert struct.unpack_from("<I", new, 4)[0] == len(new) - 8
    assert not explicit.write(path, where=where).changed
    assert path.read_bytes() == new


@pytest.mark.parametrize("level", [0.0, 0.001, 0.05, 0.9])
def test_the_rhythm_is_as_loud_as_the_content_within_what_is_heard_and_not_harsh(level: float, tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    path.write_bytes(wav(hum(RATE, 3, level)))
    (finding,) = explicit.write(path).findings
    assert finding.ok
    loud = float(finding.figures["level_dbfs"])
    assert -34 <= loud <= -8
    assert loud >= float(finding.figures["content_dbfs"]) - 6


def test_a_rhythm_that_is_far_too_quiet_beside_its_content_is_not_passed(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    quiet = list(rhythm(RATE, 0.004, before_content=True))
    path.write_bytes(wav(quiet + hum(RATE, 3, 0.8)))
    assert [finding.ok for finding in explicit.check(path)] == [False]


def test_cue_points_loops_and_counts_move_with_the_content(tmp_path: Path) -> None:
    cue = struct.pack("<IIIIIII", 1, 7, 100, int.from_bytes(b"data", "little"), 0, 0, 100)
    loop = bytes(28) + struct.pack("<II", 1, 0) + struct.pack("<IIIIII", 0, 0, 200, 300, 0, 0)
    fact = struct.pack("<I", 2 * RATE)
    old = float_wav(hum(RATE, 2), RATE, (b"fact", fact), (b"cue ", cue), (b"smpl", loop), (b"AIGC", b"odd"))
    path = tmp_path / "a.wav"
    path.write_bytes(old)
    explicit.write(path)
    new = path.read_bytes()
    shift = (len(new) - len(old)) // 4
    at = new.index(b"cue ") + 8
    assert struct.unpack_from("<I", new, at + 8)[0] == 100 + shift
    assert struct.unpack_from("<I", new, at + 24)[0] == 100 + shift
    assert struct.unpack_from("<II", new, new.index(b"smpl") + 8 + 44) == (200 + shift, 300 + shift)
    assert struct.unpack_from("<I", new, new.index(b"fact") + 8)[0] == 2 * RATE + shift
    assert b"AIGC\x03\x00\x00\x00odd\x00" in new


def test_an_odd_number_of_bytes_keeps_its_pad_and_the_chunks_behind_it(tmp_path: Path) -> None:
    old = wav(hum(RATE, 2)[:-1], width=1)
    assert old[40] % 2
    tail = b"\0LIST\x04\0\0\0INFO"
    old = old[:4] + struct.pack("<I", len(old) - 8 + len(tail)) + old[8:] + tail
    path = tmp_path / "a.wav"
    path.write_bytes(old)
    explicit.write(path, where="both")
    new = path.read_bytes()
    assert new.endswith(tail)
    assert struct.unpack_from("<I", new, 4)[0] == len(new) - 8


def test_rf64_sizes_stand_in_their_own_chunk(tmp_path: Path) -> None:
    plain = float_wav(hum(RATE, 2), RATE)
    data = plain[plain.index(b"data") + 8 :]
    sizes = struct.pack("<QQQI", len(plain) + 36 - 8, len(data), len(data) // 4, 0)
    wide = (
        b"RF64\xff\xff\xff\xffWAVEds64"
        + struct.pack("<I", 28)
        + sizes
        + plain[12 : -len(data) - 4]
        + b"\xff" * 4
        + data
    )
    path = tmp_path / "a.wav"
    path.write_bytes(wide)
    explicit.write(path)
    new = path.read_bytes()
    riff, length, samples = struct.unpack_from("<QQQ", new, 20)
    assert riff == len(new) - 8
    assert length == len(data) + len(new) - len(wide)
    assert samples == length // 4
    assert new[4:8] == b"\xff" * 4


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (wav(hum(8000, 1))[:-100], "damaged"),
        (wav([]), "empty"),
        (wav(hum(2000, 1), rate=2000), "rate"),
        (wav(hum(8000, 1)).replace(b"\x01\x00\x01\x00\x40\x1f", b"\x07\x00\x01\x00\x40\x1f", 1), "codec"),
    ],
)
def test_a_wav_that_cannot_be_labelled_stays_and_the_reason_is_told(content: bytes, code: str, tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    path.write_bytes(content)
    with pytest.raises(LabelError) as caught:
        explicit.write(path)
    assert caught.value.code == code
    assert path.read_bytes() == content
    assert [each.name for each in tmp_path.iterdir()] == ["a.wav"]
