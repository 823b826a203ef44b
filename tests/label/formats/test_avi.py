"""AVI: a text AIGC in the INFO list, in front where blank filler has room, else behind it; indexes stay right."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guiju.label.errors import DamagedError, RefusedError, TooLargeError
from guiju.label.formats import xmp
from guiju.label.formats.film import avi as module
from guiju.label.source import Limits, Source
from tests.label.formats import build_avi as build
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

ONE = [("avi:INFO", LABEL.bare())]
TEXTS = build.info((b"INAM", b"name\0"), (b"ISFT", b"writer\0"))
BLANK = build.chunk(b"JUNK", bytes(400))
USED = build.chunk(b"JUNK", b"maker's notes".ljust(400, b"\0"))
KINDS = {
    "bare": build.simple(),
    "absolute index": build.simple(absolute=True),
    "texts": build.simple(TEXTS),
    "texts and blank filler": build.simple(TEXTS, BLANK),
    "blank filler": build.simple(BLANK),
    "texts, and blank filler elsewhere": build.simple(TEXTS, USED, BLANK),
    "blank filler that is too small": build.simple(TEXTS, build.chunk(b"JUNK", bytes(100))),
    "filler with data": build.simple(TEXTS, USED),
    "texts behind the media": build.simple(behind=(TEXTS, build.chunk(b"JUNK", bytes(20)))),
    "several RIFFs": build.open_dml(TEXTS),
    "several RIFFs and filler": build.open_dml(TEXTS, BLANK),
    "foreign bytes behind": build.simple() + b"foreign",
}
SHIFTS_NOTHING = [
    "texts and blank filler",
    "blank filler",
    "texts, and blank filler elsewhere",
    "several RIFFs and filler",
]


@pytest.mark.parametrize("data", KINDS.values(), ids=KINDS)
def test_the_label_is_added_and_the_film_and_other_texts_stay(data: bytes) -> None:
    new = labelled(module, data)
    assert found(module, data) == []
    assert found(module, new) == ONE
    assert_same_film(data, new)
    assert tags(new) == {**tags(data), "aigc": LABEL.bare()}


@pytest.mark.parametrize("data", KINDS.values(), ids=KINDS)
def test_a_second_time_changes_no_byte_and_another_label_replaces_the_first(data: bytes) -> None:
    new = labelled(module, data)
    assert labelled(module, new) == new
    for label in (LONGER, SHORTER, LABEL):
        new = labelled(module, new, label)
        assert found(module, new) == [("avi:INFO", label.bare())]
        assert_same_film(data, new)
        assert tags(new) == {**tags(data), "aigc": label.bare()}


@pytest.mark.parametrize("kind", SHIFTS_NOTHING)
def test_blank_filler_takes_the_label_and_nothing_moves(kind: str) -> None:
    data = KINDS[kind]
    new = labelled(module, data)
    assert len(new) == len(data)
    media = data.index(b"movi")
    assert new[media:] == data[media:]


def test_filler_that_holds_data_is_left_alone() -> None:
    assert USED in labelled(module, KINDS["filler with data"])


def test_without_filler_the_label_stands_behind_the_index() -> None:
    data = build.simple()
    new = labelled(module, data)
    assert new[8 : len(data)] == data[8:]
    assert new[len(data) :] == build.info((b"AIGC", LABEL.bare().encode() + b"\0"))


@pytest.mark.parametrize("riffs", [1, 2, 3])
@pytest.mark.parametrize("before", [(), (TEXTS,), (TEXTS, USED)], ids=["bare", "texts", "texts and used filler"])
def test_open_dml_has_the_label_in_front_and_positions_move_with_the_media(
    riffs: int, before: tuple[bytes, ...]
) -> None:
    data = build.open_dml(*before, riffs=riffs)
    new = labelled(module, data)
    assert len(new) > len(data)
    assert new.index(b"AIGC") < new.index(b"movi")
    assert build.frames_by_index(new) == build.frames_by_index(data) == build.frames()


def test_an_index_that_counts_from_the_start_of_the_file_is_refused() -> None:
    with pytest.raises(RefusedError) as refusal:
        labelled(module, build.open_dml(base=0))
    assert refusal.value.code == "absolute_positions"
    assert found(module, labelled(module, build.open_dml(BLANK, base=0))) == ONE


def test_films_of_pyav_are_labelled_without_moving_a_byte_of_media(tmp_path: Path) -> None:
    for codec in ("mpeg4", "mjpeg"):
        data = video(tmp_path / "film.avi", "avi", codec, title="a title", comment=LABEL.wrapped())
        new = labelled(module, data)
        assert_same_film(data, new)
        assert len(new) == len(data)
        assert {name: text for name, text in tags(new).items() if name in {"title", "aigc", "comment"}} == {
            "title": "a title",
            "aigc": LABEL.bare(),
        }


ELSEWHERE = {
    "chunk": build.simple(TEXTS, build.chunk(b"AIGC", LONGER.bare().encode())),
    "chunk in small letters": build.simple(build.chunk(b"aigc", LONGER.bare().encode()), TEXTS),
    "text in small letters": build.simple(build.info((b"aigc", LONGER.bare().encode()), (b"INAM", b"name\0"))),
    "comment": build.simple(behind=(build.info((b"ICMT", LONGER.wrapped().encode()), (b"INAM", b"name\0")),)),
    "second list": build.simple(TEXTS, behind=(build.info((b"AIGC", LONGER.bare().encode())),)),
    "third list": build.simple(
        build.info((b"AIGC", LONGER.bare().encode()), (b"INAM", b"name\0")),
        behind=(build.info((b"ICMT", LONGER.wrapped().encode()), (b"IART", b"me")),),
    ),
    "later RIFF": build.open_dml(TEXTS, last=build.info((b"AIGC", LONGER.bare().encode()))),
    "XMP": build.simple(TEXTS, build.chunk(b"_PMX", xmp.merged(None, LONGER.bare()))),
}


@pytest.mark.parametrize("data", ELSEWHERE.values(), ids=ELSEWHERE)
def test_a_label_seen_elsewhere_is_read_and_becomes_one_in_its_place(data: bytes) -> None:
    assert {text for _, text in found(module, data)} <= {LONGER.bare(), LONGER.wrapped()}
    new = labelled(module, data)
    assert found(module, data) != []
    assert found(module, new) == ONE
    assert LONGER.propagator.encode() not in new
    assert b"name\0" in new
    assert labelled(module, new) == new
    assert_same_film(data, new)


def test_a_comment_that_holds_more_than_a_label_is_not_thrown_away() -> None:
    with pytest.raises(RefusedError) as refusal:
        labelled(module, build.simple(build.info((b"ICMT", MIXED.encode()))))
    assert refusal.value.code == "label_elsewhere"


def test_a_c2pa_manifest_is_a_seal() -> None:
    data = build.simple(build.chunk(b"C2PA", b"manifest"))
    assert [seal.kind for seal in module.contents(Source.of_bytes(data)).seals] == ["c2pa"]


def test_a_file_that_ends_early_is_damaged_and_never_without_a_label() -> None:
    whole = labelled(module, build.simple(count=2))
    for _, part in cut(whole):
        with pytest.raises(DamagedError):
            module.contents(Source.of_bytes(part))


def test_a_recording_that_was_never_finished_is_damaged() -> None:
    data = build.simple()
    with pytest.raises(DamagedError) as error:
        module.contents(Source.of_bytes(data[:4] + bytes(4) + data[8:]))
    assert error.value.text("en").startswith("the file is damaged: the RIFF at byte 0 should reach byte 8")
    assert error.value.text("zh").startswith("文件损坏：第 0 字节处的 RIFF 应至第 8 字节")


def test_limits_hold() -> None:
    with pytest.raises(TooLargeError):
        module.contents(Source.of_bytes(build.simple(*[BLANK] * 40), Limits(reads=30)))
    nested = build.chunk(b"indx", bytes(24))
    for _ in range(50):
        nested = build.listed(b"strl", nested)
    assert found(module, labelled(module, build.open_dml(nested))) == ONE


def test_the_media_are_not_read() -> None:
    data = build.simple(TEXTS, build.chunk(b"LIST", b"movi" + bytes(10**6)))
    assert bytes_read(module, labelled(module, data)) < 1000


def test_damaged_files_give_an_error_or_a_result() -> None:
    for data in (build.simple(TEXTS, BLANK, count=3), build.open_dml(TEXTS, count=3)):
        for changed in (*mutated(data, 500), *mutated(labelled(module, data), 500)):
            assert_bears(module, changed)


ENTRIES = st.lists(
    st.tuples(st.sampled_from([b"INAM", b"IART", b"ICMT", b"ISFT"]), st.binary(max_size=9)),
    max_size=4,
    unique_by=lambda x: x[0],
)


@settings(max_examples=60)
@given(front=ENTRIES, behind=ENTRIES, filler=st.integers(0, 300))
def test_whatever_texts_and_filler_there_are_the_rest_stays(
    front: list[tuple[bytes, bytes]], behind: list[tuple[bytes, bytes]], filler: int
) -> None:
    before = [build.info(*front)] if front else []
    after = (build.info(*behind),) if behind else ()
    new = labelled(module, build.simple(*before, build.chunk(b"JUNK", bytes(filler)), behind=after, count=1))
    assert found(module, new) == ONE
    assert labelled(module, new) == new
    for name, text in (*front, *behind):
        assert build.chunk(name, text) in new
