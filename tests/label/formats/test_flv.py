"""FLV: the property AIGC of onMetaData; positions of key frames move with what is inserted; media tags stay."""

import struct
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guiju.label.errors import DamagedError, RefusedError, TooLargeError
from guiju.label.fields import Label
from guiju.label.formats import xmp
from guiju.label.formats.film import flv as module
from guiju.label.source import Limits, Source
from tests.label.formats import build_flv as build
from tests.label.formats.build_flv import array, indexed, number, plain_object, script, strict, text
from tests.label.formats.build_flv import flv as made
from tests.label.formats.build_media import (
    LABEL,
    LONGER,
    MIXED,
    SHORTER,
    assert_bears,
    assert_same_film,
    bytes_read,
    cut,
    found,
    labelled,
    mutated,
    tags,
    video,
)

ONE = [("flv:onMetaData", LABEL.bare())]
WIDTH, ARTIST = ("width", number(64)), ("artist", text("某人"))
KINDS = {
    "no script": made(),
    "array": made(script(array(WIDTH, ARTIST))),
    "array that counts wrongly": made(script(array(WIDTH, ARTIST, count=0))),
    "array without its end": made(script(array(WIDTH, ARTIST, closed=False))),
    "object": made(script(plain_object(WIDTH, ARTIST))),
    "all types": made(
        script(
            array(
                ("a", b"\x01\x01"),
                ("b", b"\x05"),
                ("c", b"\x06"),
                ("d", b"\x0b" + bytes(10)),
                ("e", text("x" * 70_000)),
                ("f", strict(text("y"), plain_object(WIDTH), array(ARTIST))),
                ("g", b"\x10\x00\x01C" + build.pairs(WIDTH) + b"\x00\x00\x09"),
                ARTIST,
            )
        )
    ),
    "keyframe index": indexed(WIDTH, ARTIST),
    "another script first": made(script(text("x"), "onCuePoint"), script(array(ARTIST))),
    "set by an encoder": made(build.tag(18, text("@setDataFrame") + text("onMetaData") + array(ARTIST))),
    "metadata twice": made(script(array(ARTIST)), script(array(WIDTH))),
    "metadata without properties": made(script(number(1)), script(b"")),
    "header only": made(frames=[]),
}


@pytest.mark.parametrize("data", KINDS.values(), ids=KINDS)
def test_the_label_is_added_and_media_and_other_properties_stay(data: bytes) -> None:
    new = labelled(module, data)
    assert found(module, data) == []
    assert found(module, new) == ONE
    assert [one for one in build.tags_of(new) if one[1] == 9] == [
        (at + len(new) - len(data), kind, body) for at, kind, body in build.tags_of(data) if kind == 9
    ]
    assert (ARTIST[1] in new) == (ARTIST[1] in data)


@pytest.mark.parametrize("data", KINDS.values(), ids=KINDS)
def test_a_second_time_changes_no_byte_and_another_label_replaces_the_first(data: bytes) -> None:
    first = new = labelled(module, data)
    assert labelled(module, new) == new
    for label in (LONGER, SHORTER):
        new = labelled(module, new, label)
        assert found(module, new) == [("flv:onMetaData", label.bare())]
    assert labelled(module, new) == first


@pytest.mark.parametrize("count", [2, 0, 7])
def test_the_count_of_an_array_grows_only_if_it_was_right(count: int) -> None:
    new = labelled(module, made(script(array(WIDTH, ARTIST, count=count))))
    at = new.index(b"onMetaData") + 11
    assert struct.unpack(">I", new[at : at + 4])[0] == (3 if count == 2 else count)


@pytest.mark.parametrize("label", [SHORTER, LABEL, LONGER, Label.by_generator("p", "x" * 70_000)])
def test_positions_of_key_frames_and_the_size_of_the_file_stay_true(label: Label) -> None:
    data = indexed(WIDTH, ("comment", text(LONGER.wrapped())))
    new = labelled(module, data, label)
    places = build.keyframe_places(new)
    assert places != build.keyframe_places(data)
    assert build.numbers_behind(new, b"filepositions") == places
    assert build.numbers_behind(new, b"lastkeyframelocation") == [places[-1]]
    assert build.numbers_behind(new, b"filesize") == [len(new)]
    assert build.numbers_behind(new, b"times") == [0.0, 0.16]


def test_positions_also_move_with_a_second_script_that_gets_shorter() -> None:
    new = labelled(module, indexed(WIDTH, more=script(array(("AIGC", text(LONGER.bare())), ARTIST))))
    assert found(module, new) == ONE
    assert build.numbers_behind(new, b"filepositions") == build.keyframe_places(new)
    assert build.numbers_behind(new, b"filesize") == [len(new)]


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -5.0])
def test_numbers_that_are_no_positions_stay(value: float) -> None:
    keyframes = plain_object(("filepositions", strict(number(value), text("x"))))
    new = labelled(module, made(script(array(("keyframes", keyframes), ("filesize", number(value))))))
    assert new.count(number(value)) == 2


@pytest.mark.parametrize("options", [{}, {"flvflags": "add_keyframe_index"}], ids=["plain", "indexed"])
def test_films_of_pyav_keep_packets_seeking_and_tags(tmp_path: Path, options: dict[str, str]) -> None:
    data = video(tmp_path / "film.flv", "flv", "flv1", options=options, artist="me", comment=LABEL.wrapped())
    new = labelled(module, data)
    assert_same_film(data, new)
    assert tags(new)["aigc"] == LABEL.bare()
    assert tags(new)["artist"] == "me"
    assert "comment" not in tags(new)
    if options:
        places = build.numbers_behind(new, b"filepositions")
        assert len(places) > 2
        assert set(places[1:]) <= set(build.keyframe_places(new))


ELSEWHERE = {
    "small letters": made(script(array(ARTIST, ("aigc", text(LONGER.bare()))))),
    "comment": made(script(array(("comment", text(LONGER.wrapped())), ARTIST))),
    "twice": made(script(array(("AIGC", text(LONGER.bare())), ARTIST, ("AIGC", text(LONGER.bare()))))),
    "second script": made(script(array(ARTIST)), script(array(("AIGC", text(LONGER.bare()))))),
    "no text": made(script(array(ARTIST, ("AIGC", number(1))))),
}


@pytest.mark.parametrize("data", ELSEWHERE.values(), ids=ELSEWHERE)
def test_a_label_seen_elsewhere_is_read_and_becomes_one_in_its_place(data: bytes) -> None:
    assert {text for _, text in found(module, data)} <= {LONGER.bare(), LONGER.wrapped(), ""}
    assert found(module, data) != []
    new = labelled(module, data)
    assert found(module, new) == ONE
    assert b"someone-else" not in new
    assert ARTIST[1] in new


@pytest.mark.parametrize(
    "script_tag",
    [
        script(array(("comment", text(MIXED)))),
        script(array(("liveXML", text(xmp.merged(None, LABEL.bare()).decode()))), "onXMPData"),
    ],
    ids=["comment with other data", "XMP"],
)
def test_a_label_that_cannot_be_removed_without_harm_is_refused(script_tag: bytes) -> None:
    data = made(script_tag)
    assert len(found(module, data)) == 1
    with pytest.raises(RefusedError) as refusal:
        labelled(module, data)
    assert refusal.value.code == "label_elsewhere"


def test_a_tag_is_never_made_larger_than_what_this_room_reads() -> None:
    def padded(size: int) -> bytes:
        return made(script(array(("x", text("y" * (size - 29))))))

    with pytest.raises(TooLargeError):
        labelled(module, padded(2**21 + 1))
    with pytest.raises(RefusedError) as refusal:
        labelled(module, padded(2**21))
    assert refusal.value.code == "slot_full"
    assert found(module, labelled(module, padded(2**21 - 300))) == ONE


def test_encrypted_tags_are_a_seal() -> None:
    data = made(frames=[build.tag(9 | 0x20, bytes(20))])
    assert [seal.kind for seal in module.contents(Source.of_bytes(data)).seals] == ["encryption"]


def test_a_file_that_ends_early_is_damaged_and_never_without_a_label() -> None:
    whole = labelled(module, made())
    ends = {at for at, _, _ in build.tags_of(whole)}
    for length, part in cut(whole):
        if length not in ends:
            with pytest.raises(DamagedError):
                module.contents(Source.of_bytes(part))


def test_a_size_behind_the_last_tag_that_is_not_true_only_costs_a_walk() -> None:
    data = labelled(module, made())
    assert found(module, data[:-4] + bytes(4)) == ONE
    with pytest.raises(TooLargeError):
        module.contents(Source.of_bytes(made(frames=build.media(200))[:-4] + bytes(4), Limits(reads=120)))


@pytest.mark.parametrize(
    ("value", "error"),
    [
        (b"\x08\x00\x00\x00\x01\x00\x01x\x7f", DamagedError),
        (array(("x", strict(number(1))[:-3]), closed=False), DamagedError),
        (array(("x", b"\x0a\xff\xff\xff\xff")), DamagedError),
        (array(*[("", b"\x05")] * 20_001), TooLargeError),
        (b"\x03\x00\x01x" * 40, TooLargeError),
        (b"\x03\x00\x01x" + b"\x0a\x00\x00\x00\x01" * 40 + bytes(9), TooLargeError),
    ],
    ids=["unknown type", "early end", "array without end", "many properties", "deep objects", "deep arrays"],
)
def test_hostile_script_data_end_in_an_error(value: bytes, error: type[Exception]) -> None:
    with pytest.raises(error):
        module.contents(Source.of_bytes(made(script(value))))


def test_the_error_says_what_and_where_in_both_languages() -> None:
    with pytest.raises(DamagedError) as error:
        module.contents(Source.of_bytes(made(frames=build.media(1))[:-10]))
    assert error.value.text("en") == (
        "the file is damaged: the tag at byte 13 should reach byte 59, but the file has only 49"
    )
    assert error.value.text("zh") == "文件损坏：第 13 字节处的标签应至第 59 字节，文件只有 49 字节"


def test_the_media_are_not_read() -> None:
    frames = [build.tag(9, bytes(10_000), one) for one in range(300)]
    assert bytes_read(module, labelled(module, made(script(array(ARTIST)), frames=frames))) < 3000


def test_damaged_files_give_an_error_or_a_result() -> None:
    for data in (indexed(WIDTH, ARTIST), labelled(module, KINDS["set by an encoder"])):
        for changed in mutated(data, 1000):
            assert_bears(module, changed)


NAMES = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=6).filter(
    lambda name: name.lower() != "aigc"
)
VALUES = st.recursive(
    st.one_of(st.floats(width=64).map(number), st.text(max_size=5).map(text), st.just(b"\x05")),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda values: strict(*values)),
        st.lists(st.tuples(st.text("abc", min_size=1, max_size=3), inner), max_size=3).map(
            lambda one: plain_object(*one)
        ),
    ),
    max_leaves=8,
)


@settings(max_examples=60)
@given(st.lists(st.tuples(NAMES, VALUES), max_size=5))
def test_whatever_properties_there_are_they_stay_in_order(properties: list[tuple[str, bytes]]) -> None:
    new = labelled(module, made(script(array(*properties))))
    assert build.tags_of(new)[0][2] == text("onMetaData") + array(*properties, ("AIGC", text(LABEL.bare())))
