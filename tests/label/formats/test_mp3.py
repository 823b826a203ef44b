"""MP3 and AAC: the label goes into ID3v2 TXXX `AIGC`; every other tag and every packet stays."""

from __future__ import annotations

import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiju.label.errors import DamagedError, LabelError, RefusedError, TooLargeError
from guiju.label.formats import kind_of, xmp
from guiju.label.formats.sound import mp3
from guiju.label.source import Limits, Source
from tests.label.formats.build_audio import (
    ID3V1,
    LABEL,
    OTHER,
    ape,
    audio,
    fed,
    found,
    frame,
    id3,
    labelled,
    packets,
    synchsafe,
    tags,
    txxx,
)

BARE = LABEL.bare()
OURS = [("id3:TXXX", BARE)]
TITLES = {2: frame(2, b"TT2", b"\0Title"), 3: frame(3, b"TIT2", b"\0Title"), 4: frame(4, b"TIT2", b"\0Title")}


@pytest.fixture(scope="module")
def sound() -> bytes:
    """MPEG audio with no tag at all."""
    data = audio("mp3")
    return data[10 + int.from_bytes(data[8:10], "big") :]


@pytest.mark.parametrize("kind", ["mp3", "adts"])
def test_a_label_is_read_by_others_and_no_packet_changes(kind: str) -> None:
    before = audio(kind, title="标题")
    after = labelled(before, kind)
    assert packets(after) == packets(before)
    assert tags(after) == {**tags(before), "aigc": BARE}
    assert found(after, kind) == OURS
    assert labelled(after, kind) == after


@pytest.mark.parametrize("kind", ["mp3", "adts"])
def test_without_a_label_nothing_is_found(kind: str) -> None:
    assert found(audio(kind, title="标题"), kind) == []


def test_a_new_tag_is_of_version_2_3(sound: bytes) -> None:
    after = labelled(sound, "mp3")
    assert after[:5] == b"ID3\x03\0"
    assert after.endswith(sound)


@pytest.mark.parametrize("version", [2, 3, 4])
def test_the_version_of_a_tag_stays_and_padding_takes_the_label(sound: bytes, version: int) -> None:
    before = id3(version, TITLES[version], padding=600) + sound
    after = labelled(before, "mp3")
    assert after[3] == version
    assert len(after) == len(before)
    assert TITLES[version] in after
    assert after.endswith(sound)
    assert found(after, "mp3") == OURS
    assert tags(after)["title"] == "Title"


@pytest.mark.parametrize(("spare", "moves"), [(0, False), (-1, True)])
def test_audio_moves_only_when_the_padding_is_too_small(sound: bytes, spare: int, moves: bool) -> None:
    needed = len(txxx(3, "AIGC", BARE))
    before = id3(3, TITLES[3], padding=needed + spare) + sound
    after = labelled(before, "mp3")
    assert (len(after) > len(before)) is moves
    assert found(after, "mp3") == OURS
    assert after.endswith(sound)


@pytest.mark.parametrize("encoding", [0, 1, 2, 3])
def test_every_text_encoding_is_read(sound: bytes, encoding: int) -> None:
    data = id3(4, txxx(4, "aigc", BARE, encoding)) + sound
    assert found(data, "mp3") == OURS


def test_several_labels_become_one(sound: bytes) -> None:
    frames = txxx(3, "AIGC", OTHER.bare()) + TITLES[3] + txxx(3, "Aigc", BARE, 1) + txxx(3, "mood", "calm")
    before = id3(3, frames) + sound
    assert [text for _, text in found(before, "mp3")] == [OTHER.bare(), BARE]
    after = labelled(before, "mp3")
    assert found(after, "mp3") == OURS
    assert TITLES[3] + txxx(3, "mood", "calm") in after


def test_a_label_in_a_comment_is_seen_and_taken_over(sound: bytes) -> None:
    comment = frame(3, b"COMM", b"\0eng\0" + LABEL.wrapped().encode())
    plain = frame(3, b"COMM", b"\0eng\0just words {really}")
    before = id3(3, comment + plain) + sound
    assert found(before, "mp3") == [("id3:COMM", LABEL.wrapped())]
    after = labelled(before, "mp3")
    assert found(after, "mp3") == OURS
    assert plain in after


def test_a_comment_with_other_data_beside_the_label_is_not_thrown_away(sound: bytes) -> None:
    comment = frame(3, b"COMM", b'\0eng\0{"AIGC":{"Label":"1"},"mine":1}')
    with pytest.raises(RefusedError) as refusal:
        labelled(id3(3, comment) + sound, "mp3")
    assert refusal.value.code == "label_elsewhere"


def test_xmp_in_a_private_frame_is_seen_and_cleared(sound: bytes) -> None:
    packet = xmp.merged(None, BARE)
    before = id3(3, frame(3, b"PRIV", b"XMP\0" + packet) + frame(3, b"PRIV", b"WM/Mood\0x")) + sound
    assert found(before, "mp3") == [("id3:PRIV-xmp", BARE)]
    after = labelled(before, "mp3")
    assert found(after, "mp3") == OURS
    assert b"WM/Mood" in after


def test_compressed_and_encrypted_frames_stay_byte_for_byte(sound: bytes) -> None:
    text = b"\0AIGC\0" + OTHER.bare().encode()
    compressed = frame(3, b"TXXX", len(text).to_bytes(4, "big") + zlib.compress(text), flags=0x80)
    encrypted = frame(3, b"TXXX", b"\x80" + b"?" * 20, flags=0x40)
    picture = frame(3, b"APIC", (5000).to_bytes(4, "big") + zlib.compress(b"p" * 5000), flags=0x80)
    assert found(id3(3, compressed) + sound, "mp3") == [("id3:TXXX", OTHER.bare())]
    after = labelled(id3(3, encrypted + picture + compressed) + sound, "mp3")
    assert encrypted + picture in after
    assert found(after, "mp3") == OURS


def test_frames_of_2_4_with_group_length_and_unsynchronisation_are_read(sound: bytes) -> None:
    text = b"\x01" + "\ufeffAIGC\0".encode("utf-16-le") + ("\ufeff" + BARE).encode("utf-16-le")
    data = b"\x07" + synchsafe(len(text)) + text.replace(b"\xff", b"\xff\x00")
    assert found(id3(4, frame(4, b"TXXX", data, flags=0x43)) + sound, "mp3") == OURS


@pytest.mark.parametrize("version", [2, 3])
def test_an_unsynchronised_tag_stays_one(sound: bytes, version: int) -> None:
    name = b"GEO" if version == 2 else b"GEOB"
    raw = TITLES[version] + frame(version, name, b"\0\0\0\0\xff\xe0\xff\x00\xff\xff\xf0\xff.")
    stuffed = raw.replace(b"\xff", b"\xff\x00").replace(b"\xff\x00.", b"\xff.")
    before = id3(version, stuffed, flags=0x80) + sound
    after = labelled(before, "mp3")
    assert after[5] == 0x80
    assert stuffed in after
    assert found(after, "mp3") == OURS
    assert labelled(after, "mp3") == after


def test_the_sums_of_an_extended_header_follow(sound: bytes) -> None:
    head = (10).to_bytes(4, "big") + b"\x80\0" + (9).to_bytes(4, "big") + zlib.crc32(TITLES[3]).to_bytes(4, "big")
    after = labelled(id3(3, head + TITLES[3], flags=0x40, padding=9) + sound, "mp3")
    size = int.from_bytes(after[8:9], "big") << 7 | after[9]
    padding = int.from_bytes(after[16:20], "big")
    frames = after[24 : 10 + size - padding]
    assert frames == TITLES[3] + txxx(3, "AIGC", BARE)
    assert after[20:24] == zlib.crc32(frames).to_bytes(4, "big")
    assert found(after, "mp3") == OURS


def test_the_sum_of_an_extended_header_of_2_4_follows(sound: bytes) -> None:
    head = synchsafe(12) + b"\x01\x20\x05" + bytes(5)
    after = labelled(id3(4, head + TITLES[4], flags=0x40) + sound, "mp3")
    size = after[8] << 7 | after[9]
    frames = after[22 : 10 + size]
    value = sum(byte << shift for byte, shift in zip(after[17:22], (28, 21, 14, 7, 0), strict=True))
    assert value == zlib.crc32(frames)
    assert found(after, "mp3") == OURS


def test_a_tag_with_a_footer_keeps_it_and_gets_no_padding(sound: bytes) -> None:
    after = labelled(id3(4, TITLES[4], flags=0x10) + sound, "mp3")
    size = after[8] << 7 | after[9]
    assert after[10 + size : 20 + size] == b"3DI" + after[3:10]
    assert after[10 : 10 + size] == TITLES[4] + txxx(4, "AIGC", BARE)
    assert found(after, "mp3") == OURS


def test_sizes_that_old_programs_wrote_wrong_in_2_4_are_understood(sound: bytes) -> None:
    long_text = b"\0" + b"x" * 500
    wrong = b"TIT2" + len(long_text).to_bytes(4, "big") + bytes(2) + long_text
    right = frame(4, b"TIT2", long_text)
    for old in (wrong, right):
        after = labelled(id3(4, old, padding=50) + sound, "mp3")
        assert old in after
        assert found(after, "mp3") == OURS


def test_id3v1_and_ape_tags_stay_and_a_label_in_ape_is_taken_over(sound: bytes) -> None:
    both = ape({"Title": "标题", "Artist": "x"}) + ID3V1
    assert labelled(sound + both, "mp3").endswith(sound + both)
    before = sound + ape({"Title": "标题", "aigc": OTHER.bare(), "Artist": "x"}) + ID3V1
    assert found(before, "mp3") == [("ape:AIGC", OTHER.bare())]
    after = labelled(before, "mp3")
    assert after.endswith(sound + both)
    assert found(after, "mp3") == OURS


def test_labels_in_a_second_and_in_an_appended_tag_are_taken_over(sound: bytes) -> None:
    second = id3(3, txxx(3, "AIGC", OTHER.bare()) + TITLES[3])
    appended = id3(4, txxx(4, "AIGC", OTHER.bare()) + TITLES[4], flags=0x10)
    before = id3(3, TITLES[3]) + second + sound + appended + ID3V1
    assert len(found(before, "mp3")) == 2
    after = labelled(before, "mp3")
    assert found(after, "mp3") == OURS
    assert after.endswith(sound + id3(4, TITLES[4], flags=0x10) + ID3V1)
    assert labelled(after, "mp3") == after


def test_what_stands_behind_the_tag_says_the_kind(sound: bytes) -> None:
    for tag in (id3(3, TITLES[3]), id3(4, TITLES[4], flags=0x10)):
        assert kind_of(Source.of_bytes(tag + sound)) == "mp3"
        assert kind_of(Source.of_bytes(tag + audio("adts"))) == "mp3"
        assert kind_of(Source.of_bytes(tag + audio("flac"))) == "flac"
    assert kind_of(Source.of_bytes(sound)) == "mp3"


def test_a_c2pa_manifest_is_a_seal(sound: bytes) -> None:
    data = id3(3, frame(3, b"GEOB", b"\0application/x-c2pa-manifest-store\0\0c2pa\0" + b"m" * 40)) + sound
    seals = mp3.contents(Source.of_bytes(data)).seals
    assert [(seal.kind, seal.where) for seal in seals] == [("c2pa", "id3:GEOB")]


def test_what_is_no_mpeg_audio_is_refused(sound: bytes) -> None:
    with pytest.raises(RefusedError) as refusal:
        labelled(id3(3, TITLES[3]) + b"TTA1" + b"no such audio" * 9, "mp3")
    assert refusal.value.code == "not_mpeg_audio"
    assert "MP3" in refusal.value.text("en")
    noise = bytes.fromhex("fffb9000") + bytes(300) + b"no frame where the next one should be" * 9
    for other in (b"fLaC\0" + sound, b"OggS" + sound, noise):
        with pytest.raises(RefusedError):
            labelled(id3(3, TITLES[3]) * 2 + other, "mp3")
    compressed_as_a_whole = id3(2, b"?" * 30, flags=0x40) + sound
    with pytest.raises(RefusedError) as refusal:
        labelled(compressed_as_a_whole, "mp3")
    assert refusal.value.code == "id3_compressed"


@pytest.mark.parametrize(
    "lie",
    [
        b"ID3\x03\0\0" + synchsafe(2**28 - 1),
        b"ID3\x03\0\0\x80\0\0\0",
        b"ID3\x09\0\0\0\0\0\0",
        id3(3, b"TIT2\xff\xff\xff\xff\0\0xx"),
        id3(3, b"tit2\0\0\0\x02\0\0xx"),
        id3(4, b"TIT2\xff\xff\xff\xff\0\0xx"),
        id3(3, (2**31).to_bytes(4, "big") + bytes(20), flags=0x40),
        id3(4, synchsafe(3) + bytes(20), flags=0x40),
        id3(3, frame(3, b"TXXX", b"\0\0\0\x09not zlib", flags=0x80)),
        id3(3, frame(3, b"TXXX", b"\0\0\0\x09" + zlib.compress(b"\0AIGC\0" + BARE.encode())[:-9], flags=0x80)),
    ],
)
def test_lies_about_sizes_are_damage_not_absence(sound: bytes, lie: bytes) -> None:
    with pytest.raises(DamagedError):
        found(lie + sound, "mp3")


@pytest.mark.parametrize("rest", [id3(3, TITLES[3])[:-3], id3(3, TITLES[3]), id3(3, TITLES[3]) + bytes(5000), b"ID3"])
def test_a_file_without_audio_is_damage_not_absence(rest: bytes) -> None:
    with pytest.raises(DamagedError):
        found(rest, "mp3")


def changed(data: bytes, at: int, new: bytes) -> bytes:
    """Return the bytes with some of them replaced from a place that counts from the end."""
    start = len(data) + at
    return data[:start] + new + data[start + len(new) :]


@pytest.mark.parametrize(
    "tag",
    [
        changed(ape({"Title": "x"}, header=False), -20, b"\xff\xff"),
        changed(ape({"Title": "x"}, header=False), -20, b"\x03"),
        changed(ape({"Title": "x"}, header=False), -16, b"\xff"),
        changed(ape({"Title": "x"}, header=False), -16, b"\x00"),
        changed(ape({"Title": "x"}, header=False), -9, b"\x80"),
        changed(ape({"Title": "x"}), -46, b"\xff"),
        id3(4, TITLES[4], flags=0x10)[:-1] + b"\x01",
        b"3DI\x04\0\x10\0\0\0\x09",
    ],
)
def test_tags_behind_the_audio_that_lie_are_damage(sound: bytes, tag: bytes) -> None:
    with pytest.raises(DamagedError):
        found(sound + tag, "mp3")


def test_lyrics_between_the_tags_are_passed_over(sound: bytes) -> None:
    lyrics = b"LYRICSBEGININD0000200"
    lyrics += b"%06d" % len(lyrics) + b"LYRICS200"
    before = sound + ape({"AIGC": BARE}) + lyrics + ID3V1
    assert found(before, "mp3") == [("ape:AIGC", BARE)]
    assert labelled(before, "mp3").endswith(sound + ape({}) + lyrics + ID3V1)


def test_a_binary_item_of_an_ape_tag_is_no_label(sound: bytes) -> None:
    tag = bytearray(ape({"AIGC": BARE}, header=False))
    tag[4] = 0x02
    assert found(sound + bytes(tag), "mp3") == []


def test_the_mark_of_the_description_counts_for_the_text(sound: bytes) -> None:
    data = b"\x01\xfe\xff" + "AIGC\0".encode("utf-16-be") + BARE.encode("utf-16-be")
    assert found(id3(3, frame(3, b"TXXX", data)) + sound, "mp3") == OURS


def test_a_label_in_compressed_xmp_cannot_be_taken_out(sound: bytes) -> None:
    data = b"XMP\0" + xmp.merged(None, BARE)
    private = frame(3, b"PRIV", len(data).to_bytes(4, "big") + zlib.compress(data), flags=0x80)
    with pytest.raises(RefusedError) as refusal:
        labelled(id3(3, private) + sound, "mp3")
    assert refusal.value.code == "label_elsewhere"


def test_zeros_and_rests_of_a_frame_before_the_audio_do_not_matter(sound: bytes) -> None:
    for before in (bytes(99) + sound, b"rest of a frame \xff\xfb\x90" + sound):
        assert labelled(before, "mp3").endswith(before)
        assert found(labelled(before, "mp3"), "mp3") == OURS


def test_a_cut_first_frame_is_damage(sound: bytes) -> None:
    with pytest.raises(DamagedError):
        found(sound[:100], "mp3")


def test_bombs_are_refused_while_small(sound: bytes) -> None:
    bomb = zlib.compress(b"\0AIGC\0" + b"{" * 30_000_000)
    with pytest.raises(TooLargeError):
        found(id3(3, frame(3, b"TXXX", bytes(4) + bomb, flags=0x80)) + sound, "mp3")
    with pytest.raises(TooLargeError):
        found(id3(3, txxx(3, "AIGC", "x" * 400_000)) + sound, "mp3")
    with pytest.raises(TooLargeError):
        found(id3(3, b"") * 40 + sound, "mp3")
    many = Source.of_bytes(id3(3, frame(3, b"TXXX", b"") * 2000) + sound, Limits(reads=1000))
    with pytest.raises(TooLargeError):
        mp3.contents(many)


def test_a_large_picture_is_not_read_for_reading_the_label(sound: bytes) -> None:
    data = id3(3, frame(3, b"APIC", bytes(3_000_000)) + txxx(3, "AIGC", BARE)) + sound
    contents = mp3.contents(Source.of_bytes(data, Limits(total=100_000)))
    assert [one.text for one in contents.found] == [BARE]


FRAMES = st.lists(
    st.tuples(st.sampled_from([b"TIT2", b"TXXX", b"COMM", b"PRIV", b"APIC"]), st.binary(max_size=60)), max_size=6
)


@given(FRAMES, st.sampled_from([3, 4]), st.sampled_from([0, 0x80]), st.integers(0, 600))
def test_whatever_frames_there_are_they_stay(
    frames: list[tuple[bytes, bytes]], version: int, flags: int, padding: int
) -> None:
    sound = bytes.fromhex("fffb9000") + bytes(413)
    raw = b"".join(frame(version, name, data.replace(b"\xff", b"")) for name, data in frames)
    before = id3(version, raw, flags=flags, padding=padding) + sound
    try:
        after = labelled(before, "mp3")
    except LabelError:
        return
    assert raw in after
    assert after.endswith(sound)
    assert found(after, "mp3") == OURS
    assert labelled(after, "mp3") == after
    assert labelled(labelled(after, "mp3", OTHER), "mp3") == after


def test_cut_and_changed_files_give_an_error_or_a_result(sound: bytes) -> None:
    tag = id3(4, TITLES[4] + txxx(4, "AIGC", BARE, 1) + frame(4, b"COMM", b"\0eng\0{}"), padding=40)
    data = tag + sound[:1500] + ape({"Title": "x", "AIGC": BARE}) + ID3V1
    codes = fed(lambda changed: (found(changed, "mp3"), labelled(changed, "mp3")), data, step=3)
    assert {"", "damaged"} <= codes
