"""Labels in HEIC and AVIF: XMP that describes the primary image; items keep their bytes and pictures their pixels."""

import contextlib
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guiju.label.errors import DamagedError, LabelError, RefusedError
from guiju.label.formats import xmp
from guiju.label.formats.boxes import heif
from guiju.label.found import Seal
from guiju.label.source import Source
from tests.label.formats import build_heif as build
from tests.label.formats import build_mp4
from tests.label.formats.build_heif import PIXELS, RDF, THUMBNAIL, XMP, Shape, Thing, avif, handmade, items_of
from tests.label.formats.build_mp4 import LABEL, LONGER, box, found, labelled

BARE = LABEL.bare()
OLD = '{"Label":"2","ContentProducer":"old"}'
MUTATIONS = 2000
PICTURES = {
    "plain": avif(),
    "alpha": avif(alpha=True),
    "Exif": avif(description="a cat"),
    "XMP": avif(xmp=XMP),
    "Exif, XMP and alpha": avif(xmp=XMP, description="a cat", alpha=True),
    "sequence": avif(frames=3),
    "sequence with XMP and Exif": avif(frames=3, xmp=XMP, description="a cat"),
}


@pytest.mark.parametrize("case", PICTURES)
def test_pillow_reads_the_label_and_the_same_pixels(case: str) -> None:
    old = PICTURES[case]
    new = labelled(heif, old)
    assert found(heif, old) == []
    assert found(heif, new) == [("xmp", BARE)]
    assert build.pixels(new) == build.pixels(old)
    assert xmp.values(build.xmp_of(new)) == (BARE,)
    assert (b"dc:format" in build.xmp_of(new)) == ("XMP" in case)
    assert build.description_of(new) == build.description_of(old)
    assert labelled(heif, new) == new


@pytest.mark.parametrize("case", PICTURES)
def test_a_label_can_be_replaced_by_a_longer_and_a_shorter_one(case: str) -> None:
    old = PICTURES[case]
    longer = labelled(heif, labelled(heif, old), LONGER)
    shorter = labelled(heif, longer)
    assert found(heif, longer) == [("xmp", LONGER.bare())]
    assert found(heif, shorter) == [("xmp", BARE)]
    assert len(labelled(heif, shorter, LONGER)) == len(shorter) == len(longer)
    assert xmp.values(build.xmp_of(shorter)) == (BARE,)
    assert build.pixels(shorter) == build.pixels(longer) == build.pixels(old)


SHAPES = {
    "common": Shape(),
    "locations of version 0": Shape(iloc=0),
    "locations of version 2": Shape(iloc=2, iinf=1, infe=3, iref=1, pitm=1),
    "offsets of 64 bits": Shape(widths=(8, 8, 0)),
    "base and offset": Shape(widths=(4, 4, 4)),
    "only a base": Shape(widths=(0, 4, 4)),
    "base of 64 bits": Shape(widths=(0, 4, 8)),
    "in the meta box": Shape(in_idat=True),
    "in the meta box, which stands in front": Shape(in_idat=True, order=(b"idat", b"pitm", b"iinf", b"iref", b"iloc")),
    "meta box last": Shape(meta_last=True),
    "no references": Shape(iref=None),
    "list of items last": Shape(iref=None, order=(b"iref", b"idat", b"iloc", b"pitm", b"iinf")),
}


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
@pytest.mark.parametrize("with_xmp", [False, True])
def test_every_item_keeps_its_bytes_in_every_shape_of_file(shape: Shape, with_xmp: bool) -> None:
    old = handmade(*([Thing(3, b"mime", XMP, RDF, 1)] if with_xmp else []), shape=shape)
    new = labelled(heif, labelled(heif, old), LONGER)
    items = items_of(new)
    assert set(items) == {1, 2, 3}
    assert (items[1], items[2]) == (PIXELS, THUMBNAIL)
    assert xmp.values(items[3]) == (LONGER.bare(),)
    assert found(heif, new) == [("xmp", LONGER.bare())]
    assert labelled(heif, new, LONGER) == new


def test_the_new_item_is_listed_and_describes_the_primary_image() -> None:
    new = labelled(heif, handmade())
    assert build_mp4.body_of(new, "meta.iref")[4:].endswith(box(b"cdsc", b"\0\3\0\1\0\1"))
    assert build_mp4.body_of(new, "meta.iinf")[4:6] == b"\0\3"
    assert box(b"infe", b"\2\0\0\0\0\3\0\0mimeXMP\0application/rdf+xml\0") in new


def test_items_listed_in_the_old_way_are_known_by_their_content_type() -> None:
    shape = Shape(iloc=0, infe=0)
    old = handmade(Thing(3, b"mime", build.labelled_xmp(OLD), RDF, 1), shape=shape)
    assert found(heif, old) == [("xmp", OLD)]
    assert found(heif, labelled(heif, old)) == [("xmp", BARE)]


def test_xmp_of_another_image_is_left_alone_and_its_label_moves() -> None:
    """Phones describe gain maps and depth maps in XMP items of their own."""
    old = handmade(Thing(5, b"mime", build.labelled_xmp(OLD), RDF, 2))
    assert found(heif, old) == [("xmp", OLD)]
    new = labelled(heif, old)
    items = items_of(new)
    assert xmp.values(items[5]) == ()
    assert b"dc:format" in items[5]
    assert xmp.values(items[6]) == (BARE,)
    assert found(heif, new) == [("xmp", BARE)]
    assert labelled(heif, new) == new


@pytest.mark.parametrize("label", [OLD, ""])
@pytest.mark.parametrize("described", [1, 2])
def test_xmp_that_shares_its_bytes_with_another_item_is_refused(label: str, described: int) -> None:
    packet = build.labelled_xmp(label) if label else XMP
    picture = bytearray(handmade(Thing(3, b"mime", packet, RDF, described), Thing(4, b"mime", b"text", b"text/plain")))
    entries, size = picture.index(b"iloc") + 4 + 8, 16
    picture[entries + size + 8 : entries + size + 16] = picture[entries + 8 : entries + 16]
    if not label and described == 2:
        assert found(heif, labelled(heif, bytes(picture))) == [("xmp", BARE)]
        return
    with pytest.raises(RefusedError) as caught:
        labelled(heif, bytes(picture))
    assert caught.value.code == "label_elsewhere"


@pytest.mark.parametrize("padding", [b"\0", b" ", b"\n"])
def test_padding_behind_a_packet_is_room_for_the_label(padding: bytes) -> None:
    picture = handmade(Thing(3, b"mime", XMP + padding * 1000, RDF, 1))
    new = labelled(heif, picture)
    assert len(new) == len(picture)
    assert found(heif, new) == [("xmp", BARE)]


def test_a_label_in_exif_moves() -> None:
    old = avif(description=LABEL.wrapped())
    assert found(heif, old) == [("exif:ImageDescription", LABEL.wrapped())]
    new = labelled(heif, old)
    assert found(heif, new) == [("xmp", BARE)]
    assert build.pixels(new) == build.pixels(old)


def test_numbers_of_groups_are_not_given_to_items() -> None:
    group = box(b"grpl", build_mp4.full(b"altr", b"\0\0\0\3\0\0\0\0"))
    old = handmade(shape=Shape(meta_last=True))
    at = old.index(b"meta") - 4
    size = int.from_bytes(old[at : at + 4], "big") + len(group)
    new = labelled(heif, old[:at] + size.to_bytes(4, "big") + old[at + 4 :] + group)
    assert set(items_of(new)) == {1, 2, 4}


def test_seals() -> None:
    manifest = box(b"uuid", build_mp4.C2PA_UUID, bytes(30))
    assert heif.contents(Source.of_bytes(handmade(extra=manifest))).seals == (Seal("c2pa", "iso:uuid"),)
    hidden = handmade(Thing(3, b"mime", XMP, RDF, 1, protected=True))
    assert heif.contents(Source.of_bytes(hidden)).seals == (Seal("encryption", "heif:ipro"),)


@pytest.mark.parametrize(
    ("picture", "code"),
    [
        (build_mp4.FTYP + box(b"moov", build_mp4.track()), "no_items"),
        (build_mp4.FTYP + build_mp4.meta(b"pict"), "no_items"),
        (handmade(Thing(3, b"mime", XMP, RDF, 1, encoding=b"deflate")), "item_in_pieces"),
    ],
)
def test_what_cannot_be_done_safely_is_refused(picture: bytes, code: str) -> None:
    with pytest.raises(RefusedError) as caught:
        labelled(heif, picture)
    assert caught.value.code == code


@pytest.mark.parametrize("case", PICTURES)
def test_a_picture_cut_short_is_damaged(case: str) -> None:
    picture = labelled(heif, PICTURES[case])
    for length in range(len(picture) - 1):
        with pytest.raises(LabelError):
            heif.contents(Source.of_bytes(picture[:length]))


def test_an_item_behind_the_end_of_the_file_is_damage() -> None:
    picture = handmade()
    with pytest.raises(DamagedError, match="behind the end"):
        heif.contents(Source.of_bytes(picture[: picture.index(b"mdat") - 4]))


@pytest.mark.parametrize("case", ["Exif, XMP and alpha", "sequence with XMP and Exif"])
def test_changed_bytes_give_an_error_or_a_result(case: str) -> None:
    rng = random.Random(5)
    picture = PICTURES[case]
    for _ in range(MUTATIONS // 2):
        changed = bytearray(picture)
        for _ in range(rng.randint(1, 4)):
            changed[rng.randrange(len(changed))] = rng.choice((0, 1, 0x7F, 0x80, 0xFF, rng.randrange(256)))
        for action in (found, labelled):
            with contextlib.suppress(LabelError):
                action(heif, bytes(changed))


NUMBERS = st.lists(st.integers(3, 0xFFFF), unique=True, max_size=5)


@settings(max_examples=60, deadline=None)
@given(
    shape=st.builds(
        Shape,
        iloc=st.integers(1, 2),
        iinf=st.integers(0, 1),
        infe=st.integers(2, 3),
        iref=st.sampled_from([None, 0, 1]),
        pitm=st.integers(0, 1),
        widths=st.sampled_from([(4, 4, 0), (4, 4, 4), (8, 4, 4), (0, 4, 4), (0, 8, 8)]),
        in_idat=st.booleans(),
        meta_last=st.booleans(),
        order=st.permutations([b"pitm", b"iloc", b"iinf", b"iref", b"idat"]).map(tuple),
    ),
    numbers=NUMBERS,
    blob=st.binary(min_size=1, max_size=50),
)
def test_any_file_keeps_all_its_items(shape: Shape, numbers: list[int], blob: bytes) -> None:
    things = [Thing(number, b"mime", blob + bytes([at]), b"text/plain", 1) for at, number in enumerate(numbers)]
    old = handmade(*things, shape=shape)
    new = labelled(heif, old)
    before, after = items_of(old), items_of(new)
    assert {number: after[number] for number in before} == before
    assert found(heif, new) == [("xmp", BARE)]
    assert labelled(heif, new) == new
