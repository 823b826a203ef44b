"""Labels in the wild: what a lenient reader shows is never called absent, and never repaired silently."""

import io
import json
import struct
import zipfile
from pathlib import Path

import pytest

from guiju import label
from guiju.label import ABSENT, INVALID, UNDECIDED, VALID, Label, RefusedError
from guiju.label.fields import parse
from guiju.label.formats.takeover import assert_only_label
from guiju.label.source import Source
from guiju.label.verifying import Verification, verify_source
from tests.label.formats import build_mp4 as film
from tests.label.formats.build_audio import audio
from tests.label.formats.build_images import (
    NAMESPACE,
    RDF,
    exif_with,
    jpeg_segment,
    jpeg_with,
    noise,
    packet,
    png_chunk,
    png_with,
    saved,
    tiff_block,
)
from tests.label.formats.build_wav import chunk, wav

MINE = Label.by_generator("ExampleLtd", "42")
BARE, WRAPPED = MINE.bare(), MINE.wrapped()
XMP = b"http://ns.adobe.com/xap/1.0/\x00"


def verified(data: bytes, name: str = "") -> Verification:
    return verify_source(Source.of_bytes(data), name)


def with_comment(comment: bytes) -> bytes:
    return jpeg_with(jpeg_segment(0xE1, b"Exif\x00\x00" + tiff_block({}, exif={0x9286: (7, comment)})))


@pytest.mark.parametrize(
    "text",
    [
        f"AIGC{BARE}",
        f"AIGC: {BARE}",
        WRAPPED.replace("AIGC", "aigc"),
        WRAPPED.replace("Label", "label").replace("Content", "content").replace("Produce", "produce"),
        repr(json.loads(WRAPPED)),
        json.dumps({"AIGC": BARE}),
        json.dumps(WRAPPED),
        f"[{WRAPPED}]",
        f"{WRAPPED} and something behind",
        WRAPPED[:-20],
        '{"AIGC":{"ServiceProvider":"x","ServiceUser":"y"}}',
    ],
)
def test_a_label_of_wrong_form_in_a_general_place_is_invalid_not_absent(text: str) -> None:
    assert verified(with_comment(b"ASCII\x00\x00\x00" + text.encode())).status == INVALID


@pytest.mark.parametrize("text", ["{AIGC} is a word", '{"prompt":"a cat"}', "AIGC", "Label: x {", '{"aigc":true}'])
def test_a_text_that_merely_has_such_words_is_no_label(text: str) -> None:
    assert verified(with_comment(b"ASCII\x00\x00\x00" + text.encode())).status == ABSENT


@pytest.mark.parametrize("text", [f"AIGC{BARE}", '{"aigc":{"Label":"1"},"prompt":"cat"}', f"{WRAPPED} and more"])
def test_a_label_of_wrong_form_is_not_taken_out_with_what_stands_beside_it(text: str) -> None:
    with pytest.raises(RefusedError, match="cannot be removed safely"):
        assert_only_label("exif:UserComment", text)


def test_recognising_a_label_of_wrong_form_takes_no_time_on_hostile_text() -> None:
    for text in ("AIGC" + " " * 60_000, "{" + "Label" * 12_000, "{" + '"' * 60_000, "{" + "Label\\" * 10_000):
        assert not parse(text).is_label


@pytest.mark.parametrize("code", [b"ascii\x00\x00\x00", b"ASCII   ", b"ASCII\x00  ", b"\x00" * 8])
def test_the_code_of_a_user_comment_is_read_leniently(code: bytes) -> None:
    assert verified(with_comment(code + WRAPPED.encode())).status == VALID


def test_a_unicode_code_with_a_blank_behind_it_is_read() -> None:
    assert verified(with_comment(b"UNICODE " + WRAPPED.encode("utf-16-le"))).status == VALID


def test_the_comment_of_windows_is_read_and_blanked() -> None:
    comment = WRAPPED.encode("utf-16-le") + bytes(2)
    data = jpeg_with(jpeg_segment(0xE1, b"Exif\x00\x00" + tiff_block({0x9C9C: (1, comment)})))
    assert verified(data).places == ("exif:XPComment",)
    assert verified(label.labelled_bytes(data, MINE)).places == ("xmp",)


@pytest.mark.parametrize("mark", [XMP[:-1], b""])
def test_a_packet_whose_mark_is_not_right_is_read_and_put_right(mark: bytes) -> None:
    data = jpeg_with(jpeg_segment(0xE1, mark + packet(BARE)))
    assert verified(data).status == VALID
    longer = label.labelled_bytes(data, MINE.propagated("PlatformLtd", "7"))
    assert XMP + b"<?xpacket" in longer


OTHERS = {
    "another namespace": f'<a:AIGC xmlns:a="urn:a">{BARE}</a:AIGC>',
    "another version": f'<a:AIGC xmlns:a="{NAMESPACE.replace("1.0", "2.0")}">{BARE}</a:AIGC>',
    "description": f"<dc:description><r:Alt xmlns:r='{RDF}'><r:li>{WRAPPED}</r:li></r:Alt></dc:description>",
}


@pytest.mark.parametrize("inner", OTHERS.values(), ids=OTHERS)
def test_a_label_in_another_property_of_xmp_is_read_and_never_doubled(inner: str) -> None:
    data = jpeg_with(jpeg_segment(0xE1, XMP + packet(inner=inner)))
    assert verified(data).places == ("xmp:other",)
    with pytest.raises(RefusedError, match="cannot be removed safely"):
        label.labelled_bytes(data, MINE)


def raw(name: str, data: bytes) -> bytes:
    digits = data.hex()
    lines = "\n".join(digits[at : at + 72] for at in range(0, len(digits), 72))
    return png_chunk(b"tEXt", f"Raw profile type {name}\x00\n{name}\n{len(data):8}\n{lines}\n".encode())


@pytest.mark.parametrize(
    "chunk_of_png",
    [
        png_chunk(b"eXIf", b"Exif\x00\x00" + exif_with(MINE)),
        raw("exif", b"Exif\x00\x00" + exif_with(MINE)),
        raw("APP1", b"Exif\x00\x00" + exif_with(MINE)),
        raw("APP1", XMP + packet(BARE)),
    ],
    ids=["eXIf with prefix", "raw exif", "raw APP1 with Exif", "raw APP1 with XMP"],
)
def test_exif_and_xmp_in_the_manner_of_imagemagick_are_read(chunk_of_png: bytes) -> None:
    assert verified(png_with(chunk_of_png)).status == VALID


def test_exif_with_a_prefix_is_blanked_in_its_place() -> None:
    data = png_with(png_chunk(b"eXIf", b"Exif\x00\x00" + exif_with(MINE)))
    assert verified(label.labelled_bytes(data, MINE)).places == ("xmp",)


def test_a_comment_of_a_gif_with_a_prefix_is_not_absent() -> None:
    assert verified(saved("GIF", noise("P"), comment=b"AIGC" + BARE.encode())).status == INVALID


@pytest.mark.parametrize("kind", ["Sound", "Picture"])
def test_a_chunk_behind_the_end_that_the_header_gives_is_damage_not_absence(kind: str) -> None:
    if kind == "Sound":
        data = wav(chunk(b"data", bytes(8))) + chunk(b"AIGC", BARE.encode())
    else:
        data = saved("WEBP") + chunk(b"XMP ", packet(BARE))
    assert verified(data).status == UNDECIDED


CMT = struct.pack(">HH", len(WRAPPED), 0x15C7) + WRAPPED.encode()


@pytest.mark.parametrize(
    ("inside", "place"),
    [
        (film.box(b"udta", film.keyed([("AIGC", BARE)])), "mp4:track-keys"),
        (film.keyed([("AIGC", BARE)]), "mp4:track-keys"),
        (film.box(b"udta", film.box(b"\xa9cmt", CMT)), "mp4:comment"),
    ],
)
def test_a_label_of_a_track_is_read_and_becomes_one_of_the_film(inside: bytes, place: str) -> None:
    data = film.FTYP + film.box(b"moov", film.box(b"trak", inside))
    assert verified(data).places == (place,)
    assert verified(label.labelled_bytes(data, MINE)).places == ("mp4:keys",)


def test_a_description_of_3gpp_is_read_and_moves() -> None:
    described = film.full(b"dscp", b"\x15\xc7" + WRAPPED.encode() + b"\x00")
    data = film.handmade(udta=described)
    assert verified(data).places == ("mp4:udta",)
    assert verified(label.labelled_bytes(data, MINE)).places == ("mp4:keys",)


def id3(name: bytes, body: bytes) -> bytes:
    frame = name + len(body).to_bytes(4, "big") + bytes(2) + body
    size = bytes((len(frame) >> shift) & 0x7F for shift in (21, 14, 7, 0))
    sound = audio("adts")
    return b"ID3\x03\x00\x00" + size + frame + sound


@pytest.mark.parametrize(
    ("frame", "place"),
    [
        (id3(b"TIT2", b"\x00" + WRAPPED.encode()), "id3:text"),
        (id3(b"USLT", b"\x00eng\x00" + WRAPPED.encode()), "id3:USLT"),
        (id3(b"WXXX", b"\x00AIGC\x00" + BARE.encode()), "id3:WXXX"),
        (id3(b"PRIV", b"AIGC\x00" + BARE.encode()), "id3:PRIV"),
    ],
)
def test_a_label_in_another_frame_is_read_and_moves(frame: bytes, place: str) -> None:
    assert verified(frame).places == (place,)
    assert verified(label.labelled_bytes(frame, MINE)).places == ("id3:TXXX",)


def test_what_begins_like_audio_and_has_none_is_not_called_absent() -> None:
    assert verified(b"\xff\xfb\x90\x00" + b"\x01" * 5000).status == UNDECIDED


@pytest.mark.parametrize(
    ("name", "data", "status"),
    [
        ("page", f"<!-- saved --><html><head><meta name='AIGC' content='{BARE}'></head></html>", VALID),
        ("notes", f"---\nAIGC: {BARE}\n---\nx\n", VALID),
        ("notes.txt", f"---\r\ntitle: x\r\nAIGC: {BARE}\r\n---\r\nx\r\n", VALID),
        ("notes.mdx", f"---\nAIGC: {BARE}\n---\nx\n", VALID),
        ("notes.txt", "---\nAIGC is a word\n", UNDECIDED),
        ("text.rtf", "{\\rtf1 {\\*\\userprops {\\propname AIGC}}}", UNDECIDED),
        ("drawing.eps", "%!PS-Adobe-3.0 EPSF-3.0\n", UNDECIDED),
        ("cat.xmp", "<x:xmpmeta xmlns:x='adobe:ns:meta/'/>", UNDECIDED),
        ("data.xml", "<?xml version='1.0'?><a/>", UNDECIDED),
        ("notes.txt", "plain words about AIGC\n---\n", ABSENT),
    ],
)
def test_text_with_places_for_metadata_is_not_called_plain_text(name: str, data: str, status: str) -> None:
    assert verified(data.encode(), name).status == status


CUT = ("---\nAIGC:\n  Label: '1'\n", "---\r\ntitle: x\r\nAIGC: {", "+++\n[AIGC]\nLabel='1'\n")


@pytest.mark.parametrize("text", CUT)
def test_a_front_matter_that_was_cut_off_is_damage_not_absence(text: str) -> None:
    assert verified(text.encode(), "a.md").status == UNDECIDED
    with pytest.raises(label.DamagedError):
        label.labelled_bytes(text.encode(), MINE, "a.md")


def test_an_index_of_images_with_too_great_sizes_is_no_damage_where_the_file_has_its_end() -> None:
    """Pillow writes such sizes from the third image on."""
    images = [noise(seed=seed) for seed in (3, 5, 7)]
    data = saved("MPO", save_all=True, append_images=images)
    assert verified(data).status == ABSENT
    assert verified(label.labelled_bytes(data, MINE)).status == VALID
    assert verified(data[:-100]).status == UNDECIDED


SPACES = (
    'xmlns:p="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
    'xmlns:v="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"'
)
LETTER = Path(__file__).parents[2] / "examples" / "media" / "letter.docx"


def letter(name: str, text: str) -> bytes:
    """A document with a custom property, written with prefixes that office programs do not use."""
    quoted = text.replace('"', "&quot;")
    value = f'<p:property fmtid="x" pid="2" name="{name}"><v:lpwstr>{quoted}</v:lpwstr></p:property>'
    out = io.BytesIO(LETTER.read_bytes())
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("docProps/custom.xml", f"<p:Properties {SPACES}>{value}</p:Properties>")
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "text", "place"),
    [("aigc", BARE, "ooxml:custom"), ("Comment", WRAPPED, "ooxml:custom/Comment")],
)
def test_a_property_under_other_names_and_prefixes_is_read_and_becomes_the_label(
    name: str, text: str, place: str
) -> None:
    data = letter(name, text)
    assert verified(data).places == (place,)
    assert verified(label.labelled_bytes(data, MINE)).places == ("ooxml:custom",)


def flv_with_scripts(count: int) -> bytes:
    """Many small values in several script tags, none of them too large alone."""
    data = b"\x02\x00\x0aonMetaData\x03\x00\x01a\x0a" + (10**6).to_bytes(4, "big") + b"\x05" * 10**6 + b"\x00\x00\x09"
    head = b"\x12" + len(data).to_bytes(3, "big") + bytes(7)
    return b"FLV\x01\x05\x00\x00\x00\x09" + bytes(4) + (head + data + (len(data) + 11).to_bytes(4, "big")) * count


HOSTILE = {
    "scripts": flv_with_scripts(3),
    "attributes": b"<html><meta " + b'a="' * 30_000 + b'">',
    "metas": b"<html><head>" + b"<meta name=AIGC content='{}'>" * 20_001,
    "tags": b"<html>" + b"<a>" * 200_000 + b"AIGC",
}


@pytest.mark.parametrize("page", HOSTILE.values(), ids=HOSTILE)
def test_endless_markup_ends_in_an_answer(page: bytes) -> None:
    assert [one.code for one in verified(page).findings] == ["too_large"]


FIELDS = json.loads(BARE)


@pytest.mark.parametrize(
    ("fields", "status", "code"),
    [
        ({**FIELDS, "Label": "AIGC"}, INVALID, "label_value"),
        ({**FIELDS, "Timestamp": "1"}, INVALID, "extra_field"),
        ({"Label": "1", "ServiceProvider": "x", "ServiceUser": "y"}, INVALID, "missing_field"),
        ({**FIELDS, "Label": 1}, INVALID, "not_text"),
        ({**FIELDS, "ContentPropagator": "", "PropagateID": ""}, VALID, "propagator_empty"),
    ],
)
def test_variants_of_known_services_are_told_and_not_repaired(
    fields: dict[str, object], status: str, code: str
) -> None:
    """Markdown of MiniMax, a field too many, the schema of a Tencent Cloud variant, a number, empty propagation."""
    lines = "".join(f"  {name}: {json.dumps(value)}\n" for name, value in fields.items())
    for found in (
        verified(f"---\nAIGC:\n{lines}---\nx\n".encode(), "a.md"),
        verified(with_comment(b"ASCII\x00\x00\x00" + json.dumps({"AIGC": fields}).encode())),
    ):
        assert found.status == status
        assert code in [one.code for one in found.findings]
