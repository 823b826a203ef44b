"""Matroska and WebM: a SimpleTag AIGC in the Tags; positions stay true, whether anything has to move or not."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guiju.label.errors import DamagedError, RefusedError, TooLargeError
from guiju.label.fields import Label
from guiju.label.formats.film import matroska as module
from guiju.label.source import Limits, Source
from tests.label.formats.build_matroska import (
    ORDER,
    assert_positions_true,
    checked,
    clusters_of,
    element,
    matroska,
    segment_of,
    simple,
    tag,
    vint,
    void,
)
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

ONE = [("matroska:tag", LABEL.bare())]
TITLE = tag(simple("TITLE", "a title"), simple("ARTIST", "某人"))
FRONT = ("info", "tracks")
KINDS = {
    "bare": matroska(*FRONT, "clusters"),
    "index behind, no SeekHead": matroska(*FRONT, "clusters", "cues"),
    "index in front, no SeekHead": matroska(*FRONT, "cues", "clusters", width=3),
    "SeekHead without room": matroska("seek", *FRONT, "clusters", "cues"),
    "SeekHead with room": matroska("seek", void(60), *FRONT, "clusters", "cues"),
    "filler for all": matroska("seek", void(500), *FRONT, "clusters", "cues"),
    "filler elsewhere": matroska("seek", void(40), *FRONT, void(300), "clusters", "cues"),
    "tags in front": matroska(*ORDER, tags=TITLE),
    "tags in front, SeekHead with room": matroska("seek", void(60), *ORDER[1:], tags=TITLE),
    "tags in front, filler behind": matroska(
        "seek", "info", "tracks", "tags", void(400), "clusters", "cues", tags=TITLE
    ),
    "tags at the end": matroska("seek", *FRONT, "clusters", "cues", "tags", tags=TITLE),
    "tags at the end, unlisted": matroska("seek", *FRONT, "clusters", "cues", "tags", tags=TITLE, listed=("info",)),
    "tags before the index behind": matroska("seek", *FRONT, "clusters", "tags", "cues", tags=TITLE),
    "checksums": matroska(*ORDER, tags=TITLE, crc=True),
    "checksums, SeekHead with room": matroska("seek", void(60), *ORDER[1:], tags=TITLE, crc=True),
    "live": matroska(*FRONT, "clusters", open_segment=True, open_clusters=True),
    "live, tags in front": matroska(*FRONT, "tags", "clusters", tags=TITLE, open_segment=True, open_clusters=True),
    "live, SeekHead": matroska("seek", *FRONT, "tags", "clusters", tags=TITLE, open_segment=True),
    "positions in clusters": matroska("seek", void(60), *FRONT, "clusters", "cues", positions=True),
    "wide positions": matroska(*ORDER, tags=TITLE, width=8),
    "narrow size of the Segment": matroska(*ORDER, tags=TITLE, segment_width=1),
    "two SeekHeads": matroska("seek", *FRONT, "seek", "tags", "clusters", "cues", tags=TITLE),
    "foreign bytes behind": matroska(*ORDER, tags=TITLE, behind=b"\x00foreign"),
    "filler behind": matroska("seek", *FRONT, "clusters", "cues", "tags", void(30), tags=TITLE),
}
MOVES_NOTHING = [
    "SeekHead with room",
    "filler for all",
    "filler elsewhere",
    "tags in front, SeekHead with room",
    "tags in front, filler behind",
    "tags at the end",
    "positions in clusters",
    "filler behind",
]


@pytest.mark.parametrize("data", KINDS.values(), ids=KINDS)
def test_the_label_is_added_and_film_positions_and_other_tags_stay(data: bytes) -> None:
    new = labelled(module, data)
    assert found(module, data) == []
    assert found(module, new) == ONE
    assert_positions_true(new)
    assert_same_film(data, new)
    assert tags(new)["aigc"] == LABEL.bare()
    if TITLE in data:
        assert tags(new)["artist"] == "某人"


@pytest.mark.parametrize("data", KINDS.values(), ids=KINDS)
def test_a_second_time_changes_no_byte_and_another_label_replaces_the_first(data: bytes) -> None:
    new = labelled(module, data)
    assert labelled(module, new) == new
    for label in (LONGER, SHORTER, LABEL):
        new = labelled(module, new, label)
        assert found(module, new) == [("matroska:tag", label.bare())]
        assert labelled(module, new, label) == new
        assert_positions_true(new)
        assert_same_film(data, new)


@pytest.mark.parametrize("kind", MOVES_NOTHING)
def test_where_there_is_filler_or_the_end_is_free_no_cluster_moves(kind: str) -> None:
    data = KINDS[kind]
    new = labelled(module, data)
    clusters = clusters_of(data)
    assert new.index(clusters) == data.index(clusters)


@pytest.mark.parametrize("kind", KINDS)
def test_clusters_are_copied_byte_for_byte(kind: str) -> None:
    if not kind.startswith("live"):
        assert clusters_of(KINDS[kind]) in labelled(module, KINDS[kind])


@pytest.mark.parametrize("samples", [20, 50, 5440])
def test_positions_in_an_index_behind_the_clusters_get_more_bytes_where_they_need_them(samples: int) -> None:
    data = matroska(*FRONT, "clusters", "cues", samples=samples)
    new = labelled(module, data)
    assert len(new) > len(data) + 8 + len(LABEL.bare())
    assert_positions_true(new)
    assert_same_film(data, new)


def test_an_index_in_front_that_would_have_to_grow_is_refused() -> None:
    with pytest.raises(RefusedError) as refusal:
        labelled(module, matroska(*FRONT, "cues", "clusters", samples=50))
    assert refusal.value.code == "no_room"
    assert found(module, labelled(module, matroska(*FRONT, "cues", "clusters", samples=50, width=2))) == ONE


def test_a_narrow_size_field_gets_wider_and_nothing_inside_notices() -> None:
    data = matroska("seek", *FRONT, "clusters", "cues", "tags", tags=TITLE, segment_width=2, samples=1320)
    start, end = segment_of(data)
    assert end - start < 2**14 - 1 <= end - start + len(LABEL.bare())
    new = labelled(module, data)
    assert segment_of(new)[0] == start + 1
    assert_positions_true(new)
    assert_same_film(data, new)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (matroska(*FRONT, "clusters") * 2, "several_segments"),
        (matroska(*FRONT, "clusters", positions=True), "no_room"),
        (matroska(*FRONT, "tags", "clusters", tags=tag(simple("COMMENT", MIXED))), "label_elsewhere"),
        (matroska(*FRONT, "tags", "clusters", tags=tag(simple("X", "y" * (2**21 - 100)))), "slot_full"),
    ],
    ids=["strung together", "positions in clusters, no room", "other data", "huge tags"],
)
def test_what_cannot_be_done_safely_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(RefusedError) as refusal:
        labelled(module, data)
    assert refusal.value.code == code


@pytest.mark.parametrize("codec", ["libx264", "mpeg4", "libvpx"])
@pytest.mark.parametrize(
    "options",
    [{}, {"live": "1"}, {"reserve_index_space": "4096"}, {"cluster_size_limit": "800"}, {"cues_to_front": "1"}],
    ids=["plain", "live", "index space", "many clusters", "index in front"],
)
def test_films_of_pyav_keep_packets_seeking_and_tags(tmp_path: Path, codec: str, options: dict[str, str]) -> None:
    form = "webm" if codec == "libvpx" else "matroska"
    data = video(tmp_path / "film", form, codec, options=options, title="a title", comment=LONGER.wrapped(), aIgC="{}")
    new = labelled(module, data)
    assert_same_film(data, new)
    if "live" not in options:
        assert_positions_true(new)
    assert found(module, new) == ONE
    assert tags(new)["aigc"] == LABEL.bare()
    assert tags(new)["title"] == "a title"
    assert "comment" not in tags(new)


BURIED = simple("A", "b", simple("C", "d", simple("aigc", LONGER.bare())))
ELSEWHERE = {
    "small letters": tag(simple("TITLE", "a title"), simple("aigc", LONGER.bare())),
    "comment": tag(simple("COMMENT", LONGER.wrapped()), simple("TITLE", "a title")),
    "nested": tag(simple("TITLE", "a title", BURIED)),
    "for a track": tag(simple("TITLE", "a title")) + tag(simple("AIGC", LONGER.bare()), track=1),
    "twice": tag(simple("AIGC", LONGER.bare()), simple("AIGC", LONGER.bare()), simple("TITLE", "a title")),
    "as bytes": tag(
        element(0x67C8, element(0x45A3, b"AIGC") + element(0x4485, LONGER.bare().encode())), simple("TITLE", "a title")
    ),
}


@pytest.mark.parametrize("crc", [False, True])
@pytest.mark.parametrize("body", ELSEWHERE.values(), ids=ELSEWHERE)
def test_a_label_seen_elsewhere_is_read_and_becomes_one_in_its_place(body: bytes, crc: bool) -> None:
    data = matroska(*ORDER, tags=body, crc=crc)
    assert {text for _, text in found(module, data)} <= {LONGER.bare(), LONGER.wrapped()}
    assert found(module, data) != []
    new = labelled(module, data)
    assert found(module, new) == ONE
    assert b"someone-else" not in new
    assert tags(new)["title"] == "a title"
    assert_positions_true(new)
    assert labelled(module, new) == new


@pytest.mark.parametrize("second", [tag(simple("AIGC", LONGER.bare())), tag(simple("AIGC", LONGER.bare())) + TITLE])
@pytest.mark.parametrize("first", [TITLE, tag(simple("AIGC", LONGER.bare()))], ids=["other tags", "a label"])
def test_several_tags_elements_end_with_one_label(first: bytes, second: bytes) -> None:
    for data in (
        matroska("seek", *FRONT, "tags", element(0x1254C367, second), "clusters", "cues", tags=first),
        matroska("seek", *FRONT, element(0x1254C367, second), "clusters", "cues", "tags", tags=first),
    ):
        new = labelled(module, data)
        assert found(module, new) == ONE
        assert b"someone-else" not in new
        assert_positions_true(new)
        assert_same_film(data, new)


def test_the_checksum_of_tags_is_made_anew_and_none_is_added() -> None:
    assert checked(0x1254C367, b"")[5:7] == b"\xbf\x84"
    for crc in (True, False):
        new = labelled(module, matroska("seek", *FRONT, "clusters", "cues", "tags", tags=TITLE, crc=crc))
        body = new[new.rindex(b"\x12\x54\xc3\x67") + 6 :]
        assert body.startswith(b"\xbf\x84") == crc
        assert_positions_true(new)


def test_a_checksum_over_the_whole_segment_becomes_filler() -> None:
    data = matroska(element(0xBF, b"1234"), *FRONT, "clusters")
    assert element(0xBF, b"1234") not in labelled(module, data)
    assert void(6) in labelled(module, data)


def test_a_signature_is_a_seal() -> None:
    data = matroska(*FRONT, "clusters", element(0x1B538667, b"signed"))
    assert [seal.kind for seal in module.contents(Source.of_bytes(data)).seals] == ["signature"]


def test_a_file_that_ends_early_is_damaged_and_never_without_a_label() -> None:
    whole = labelled(module, matroska(*ORDER, tags=TITLE, clusters=2, samples=8))
    for _, part in cut(whole):
        with pytest.raises(DamagedError):
            module.contents(Source.of_bytes(part))


def test_a_live_recording_with_too_many_blocks_cannot_be_told() -> None:
    data = matroska(*FRONT, "clusters", open_segment=True, open_clusters=True, clusters=30)
    assert found(module, data) == []
    with pytest.raises(TooLargeError) as error:
        module.contents(Source.of_bytes(data, Limits(reads=80)))
    assert error.value.text("en") == "beyond the reading limits: too many structures to walk through"
    known = matroska(*FRONT, "clusters", open_segment=True, clusters=30)
    assert module.contents(Source.of_bytes(known, Limits(reads=80))).found == ()


def test_tags_behind_the_clusters_of_a_live_recording_are_read() -> None:
    data = matroska(
        *FRONT, "clusters", "tags", tags=tag(simple("AIGC", LABEL.bare())), open_segment=True, open_clusters=True
    )
    assert found(module, data) == ONE


def deep(count: int) -> bytes:
    body = simple("AIGC", LABEL.bare())
    for _ in range(count):
        body = simple("x", "y", body)
    return matroska(*FRONT, "tags", "clusters", tags=tag(body))


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (deep(2000), TooLargeError),
        (matroska(*FRONT, "tags", "clusters", tags=tag(simple("X", "y" * 2**21))), TooLargeError),
        (matroska(*FRONT, "tags", "clusters", tags=tag(simple("AIGC", "y" * 70_000))), TooLargeError),
        (matroska(*FRONT, "tags", "clusters", tags=tag(b"\xec\x80" * 20_001)), TooLargeError),
        (matroska(*FRONT, b"\x12\x54\xc3\x67\xff"), DamagedError),
        (matroska(*FRONT, b"\x12\x54\xc3\x67" + vint(2**50, 8)), DamagedError),
        (matroska(*FRONT, b"\x00" * 8), DamagedError),
        (matroska(*FRONT, "tags", tags=b"\x73\x73\x90\x00"), DamagedError),
        (b"\x1a\x45\xdf\xa3\x80", DamagedError),
        (element(0x18538067, b""), DamagedError),
    ],
    ids=[
        "deep",
        "huge",
        "long label",
        "many elements",
        "no size",
        "lying size",
        "zeros",
        "broken tag",
        "no Segment",
        "no head",
    ],
)
def test_hostile_structures_end_in_an_error(data: bytes, error: type[Exception]) -> None:
    with pytest.raises(error):
        module.contents(Source.of_bytes(data))


def test_nesting_is_read_as_deep_as_the_limits_say() -> None:
    assert found(module, deep(20)) == ONE
    assert found(module, labelled(module, deep(20), LONGER)) == [("matroska:tag", LONGER.bare())]


def test_the_error_says_what_and_where_in_both_languages() -> None:
    with pytest.raises(DamagedError) as error:
        module.contents(Source.of_bytes(matroska(*FRONT, "clusters")[:-1]))
    assert error.value.text("en") == (
        "the file is damaged: the element 18538067 at byte 24 should reach byte 1442, "
        "but its container ends at byte 1441"
    )
    assert error.value.text("zh") == "文件损坏：第 24 字节处的元素 18538067 应至第 1442 字节，其容器只到第 1441 字节"


def test_the_media_are_not_read() -> None:
    data = matroska("seek", void(60), *FRONT, "clusters", "cues", samples=100_000)
    assert bytes_read(module, labelled(module, data)) < 1500


def test_damaged_files_give_an_error_or_a_result() -> None:
    for data in (
        matroska(*ORDER, tags=TITLE, crc=True, clusters=2, samples=4),
        matroska("seek", void(60), *FRONT, "clusters", "cues", clusters=2, samples=4),
        labelled(module, KINDS["live"]),
    ):
        for changed in mutated(data, 700):
            assert_bears(module, changed)


WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\0{"), min_size=1, max_size=8)
SIMPLES = st.recursive(
    st.builds(simple, WORDS.filter(lambda name: name.strip().lower() != "aigc"), WORDS),
    lambda inner: st.builds(lambda name, nested: simple(f"_{name}", "x", *nested), WORDS, st.lists(inner, max_size=3)),
    max_leaves=6,
)
TAGS = st.lists(st.lists(SIMPLES, min_size=1, max_size=3).map(lambda simples: tag(*simples)), min_size=1, max_size=3)
PARTS = st.permutations(["seek", "info", "tracks", "tags", "cues"])


@settings(max_examples=80, deadline=None)
@given(
    body=TAGS,
    parts=PARTS,
    cluster_at=st.integers(0, 5),
    filler=st.lists(st.tuples(st.integers(0, 6), st.integers(2, 400)), max_size=3),
    crc=st.booleans(),
    label=st.sampled_from([LABEL, SHORTER, LONGER]),
)
def test_in_any_order_all_tags_stay_and_positions_are_true(
    *, body: list[bytes], parts: list[str], cluster_at: int, filler: list[tuple[int, int]], crc: bool, label: Label
) -> None:
    order: list[str | bytes] = [*parts]
    order.insert(cluster_at, "clusters")
    for place, length in filler:
        order.insert(place, void(length))
    data = matroska(*order, tags=b"".join(body), crc=crc, width=3, clusters=2, samples=4)
    new = labelled(module, data, label)
    assert found(module, new) == [("matroska:tag", label.bare())]
    assert b"".join(body) in new
    assert clusters_of(data) in new
    assert_positions_true(new)
    assert labelled(module, new, label) == new
