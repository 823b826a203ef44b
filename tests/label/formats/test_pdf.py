"""Labels in PDF: the Info dictionary, by incremental update; files are built by hand and read by pypdf beside us."""

from __future__ import annotations

import io
import zlib
from typing import Any

import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guiju.label.errors import DamagedError, RefusedError
from guiju.label.formats import xmp
from guiju.label.found import Contents, Found
from tests.label.formats import build_pdf as build
from tests.label.formats.read_pdf import LABEL, OTHER, SHAPES, WRAPPED, found, labelled, read

shaped = pytest.mark.parametrize("shape", SHAPES)


@shaped
def test_every_old_byte_stays_and_both_readers_see_the_label(shape: str) -> None:
    old = SHAPES[shape]()
    new = labelled(old)
    assert new.startswith(old)
    assert found(new) == [("pdf:Info", LABEL.bare())]
    reader = pypdf.PdfReader(io.BytesIO(new), strict=True)
    assert reader.metadata is not None
    assert str(reader.metadata["/AIGC"]) == LABEL.bare()
    assert reader.pages[0].extract_text() == build.PAGE_TEXT


@shaped
def test_other_entries_of_info_stay(shape: str) -> None:
    metadata = pypdf.PdfReader(io.BytesIO(labelled(SHAPES[shape]()))).metadata
    assert metadata is not None
    assert (metadata.title, metadata.author) == ("标题", "A (B) A")


@shaped
def test_labelling_twice_changes_no_byte(shape: str) -> None:
    new = labelled(SHAPES[shape]())
    assert labelled(new) == new


@shaped
def test_another_label_is_one_more_increment(shape: str) -> None:
    first = labelled(SHAPES[shape]())
    second = labelled(first, OTHER)
    assert second.startswith(first)
    assert found(second) == [("pdf:Info", OTHER.bare())]
    assert labelled(second, OTHER) == second


@shaped
def test_a_file_without_label_has_none(shape: str) -> None:
    assert read(SHAPES[shape]()) == Contents()


def test_cross_references_follow_the_form_of_the_old_ones() -> None:
    table, stream = build.with_table(), build.with_stream()
    assert b"trailer" in labelled(table)[len(table) :]
    assert b"trailer" not in labelled(stream)[len(stream) :]


# Where Info stands


def test_without_info_one_is_made_under_a_number_that_was_never_used() -> None:
    new = labelled(build.with_table(build.objects(info=None), b"/Root 1 0 R"))
    assert found(new) == [("pdf:Info", LABEL.bare())]
    assert b"\n10 0 obj\n" in new  # the trailer says /Size 10


@pytest.mark.parametrize("info", [b"/Info 6 0 R", b"/Info 99 0 R", b"/Info null"])
def test_info_that_leads_to_nothing_is_made_anew(info: bytes) -> None:
    new = labelled(build.with_table(build.objects(info=None), b"/Root 1 0 R " + info))
    assert found(new) == [("pdf:Info", LABEL.bare())]


def test_info_inside_the_trailer_is_read_and_moves_into_an_object() -> None:
    old = build.with_table(build.objects(info=None), b"/Root 1 0 R /Info << /Title (T) /aigc (x) >>")
    assert found(old) == [("pdf:Info", "x")]
    metadata = pypdf.PdfReader(io.BytesIO(labelled(old))).metadata
    assert metadata == {"/Title": "T", "/AIGC": LABEL.bare()}


def test_only_the_last_revision_counts() -> None:
    builder = build.Builder()
    builder.table(build.objects(info=b"/AIGC (old)"), build.ROOT_AND_INFO)
    assert found(builder.table({build.INFO: b"<< /Title (T) >>"}, build.ROOT_AND_INFO)) == []


def test_info_that_is_no_dictionary_is_damage() -> None:
    with pytest.raises(DamagedError, match="Info in the PDF is no dictionary"):
        read(build.with_table(build.objects() | {build.INFO: b"[1 2]"}))


# How the text is written


@pytest.mark.parametrize(
    ("written", "text"),
    [
        (b"(plain)", "plain"),
        (rb"(a\(b\)c\\d)", r"a(b)c\d"),
        (b"(a(b)c)", "a(b)c"),
        (b"(a\\\nb\\\r\nc)", "abc"),
        (b"(a\r\nb\rc)", "a\nb\nc"),
        (rb"(\101\102\7x\n\q)", "AB\x07x\nq"),
        (b"<6 1 6>", "a`"),
        (b"<FEFF6807>", "标"),
        (b"(\xff\xfe\x07\x68)", "标"),
        (b"(\xef\xbb\xbf\xe6\xa0\x87)", "标"),
        (b"(\x84\xa0\x18)", "—€˘"),
        (b"(x) % a comment with ) and >>", "x"),
        (b"8 0 R", "through a reference"),
    ],
)
def test_every_way_to_write_a_text(written: bytes, text: str) -> None:
    parts = build.objects(info=b"/AIGC " + written + b"\n") | {8: b"(through a reference)"}
    assert found(build.with_table(parts)) == [("pdf:Info", text)]


@pytest.mark.parametrize("key", [b"AIGC", b"aigc", b"Aigc", b"#41IGC", b"AI#47#43"])
def test_the_key_in_any_case_and_spelling_is_read_and_replaced(key: bytes) -> None:
    old = build.with_table(build.objects(info=b"/" + key + b" (old) /Title (T)"))
    assert found(old) == [("pdf:Info", "old")]
    assert found(labelled(old)) == [("pdf:Info", LABEL.bare())]


def test_keys_that_stand_twice_become_one() -> None:
    old = build.with_table(build.objects(info=b"/AIGC (one) /aigc (two)"))
    assert found(old) == [("pdf:Info", "one"), ("pdf:Info", "two")]
    assert found(labelled(old)) == [("pdf:Info", LABEL.bare())]


def test_a_value_that_is_no_text_is_shown_as_written() -> None:
    assert found(build.with_table(build.objects(info=b"/AIGC << /Label (1) >>"))) == [
        ("pdf:Info", "/AIGC << /Label (1) >>")
    ]


def test_the_identifier_keeps_its_first_half_and_changes_its_second() -> None:
    old = build.with_table(extra=build.ROOT_AND_INFO + build.ID)
    identifier: Any = pypdf.PdfReader(io.BytesIO(labelled(old))).trailer["/ID"]
    first, second = identifier
    assert bytes(first.original_bytes).hex() == "00112233445566778899aabbccddeeff"
    assert second.original_bytes != b"second"


@settings(max_examples=60, deadline=None)
@given(
    st.dictionaries(
        st.text("ABCxyz_#()/ 标é", min_size=1, max_size=8).filter(lambda key: key.upper() != "AIGC"),
        st.one_of(st.text(max_size=20), st.integers(0, 2**31)),
        max_size=6,
    ),
    st.sampled_from(["table", "stream"]),
)
def test_any_entries_stay_as_they_are_written(entries: dict[str, str | int], shape: str) -> None:
    written = [b"/%b %b" % (name_of(key), value_of(value)) for key, value in entries.items()]
    make = build.with_table if shape == "table" else build.with_stream
    new = labelled(make(build.objects(info=b"\n".join(written))))
    assert found(new) == [("pdf:Info", LABEL.bare())]
    last = new[new.rindex(b"\n6 0 obj") :]
    assert all(entry in last for entry in written)


def name_of(key: str) -> bytes:
    return b"".join(bytes([byte]) if chr(byte).isalnum() and byte < 128 else b"#%02x" % byte for byte in key.encode())


def value_of(value: str | int) -> bytes:
    return (
        b"%d" % value
        if isinstance(value, int)
        else b"<FEFF" + value.encode("utf-16-be", "surrogatepass").hex().encode() + b">"
    )


# Other places


def test_a_label_in_xmp_is_read_and_moves_to_info_so_that_one_remains() -> None:
    old = build.with_table(build.objects(xmp=xmp.merged(None, OTHER.bare())))
    assert found(old) == [("xmp", OTHER.bare())]
    new = labelled(old)
    assert found(new) == [("pdf:Info", LABEL.bare())]
    assert labelled(new) == new


def test_other_xmp_stays_when_the_label_moves() -> None:
    packet = xmp.merged(None, OTHER.bare()).replace(
        b"<rdf:Description", b'<rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/" dc:source="kept"', 1
    )
    new = labelled(build.with_table(build.objects(xmp=packet)))
    root = pypdf.PdfReader(io.BytesIO(new)).root_object["/Metadata"]
    assert b'dc:source="kept"' in root.get_data()  # type: ignore[attr-defined]
    assert b"AIGC>" not in root.get_data()  # type: ignore[attr-defined]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le"])
def test_compressed_xmp_is_read_in_any_encoding(encoding: str) -> None:
    packet = xmp.merged(None, LABEL.bare()).decode().encode(encoding)
    parts = build.objects(xmp=b"")
    parts[build.XMP] = build.stream(b"/Type /Metadata /Filter [/FlateDecode]", zlib.compress(packet))
    assert found(build.with_table(parts)) == [("xmp", LABEL.bare())]
    assert found(labelled(build.with_table(parts))) == [("pdf:Info", LABEL.bare())]


def test_xmp_of_other_matters_is_not_even_parsed_and_not_touched() -> None:
    old = build.with_table(build.objects(xmp=b"<broken"))
    assert read(old) == Contents()
    assert b"7 0 obj" not in labelled(old)[len(old) :]


def test_a_document_type_in_xmp_that_speaks_of_the_label_is_refused() -> None:
    packet = b"<!DOCTYPE x [<!ENTITY a 'b'>]>" + xmp.merged(None, LABEL.bare())
    with pytest.raises(DamagedError):
        read(build.with_table(build.objects(xmp=packet)))


def test_a_wrapped_label_in_a_general_entry_is_read_and_moves() -> None:
    old = build.with_table(build.objects(info=b"/Title (T) /Subject (" + WRAPPED + b")"))
    assert read(old).found == (Found("pdf:Info/Subject", LABEL.wrapped(), named=False),)
    assert pypdf.PdfReader(io.BytesIO(labelled(old))).metadata == {"/Title": "T", "/AIGC": LABEL.bare()}


def test_json_of_other_matters_in_a_general_entry_stays() -> None:
    old = build.with_table(build.objects(info=b'/Subject ({"a":1})'))
    assert read(old).found == ()
    assert pypdf.PdfReader(io.BytesIO(labelled(old))).metadata == {"/Subject": '{"a":1}', "/AIGC": LABEL.bare()}


# Seals


def test_an_encrypted_file_is_told_and_refused() -> None:
    extra = build.ROOT_AND_INFO + b" /Encrypt 8 0 R"
    old = build.with_table(build.objects(info=b"/AIGC (\x12\x90)") | {8: b"<< /Filter /Standard /V 4 >>"}, extra)
    contents = read(old)
    assert contents.found == ()
    assert [(seal.kind, seal.where) for seal in contents.seals] == [("encryption", "trailer/Encrypt")]
    with pytest.raises(RefusedError) as refused:
        labelled(old)
    assert refused.value.code == "encrypted"
    assert "加密" in refused.value.text("zh")


def test_encryption_of_an_earlier_revision_counts() -> None:
    builder = build.Builder()
    builder.table(build.objects(), build.ROOT_AND_INFO + b" /Encrypt << /V 4 >>")
    data = builder.table({build.INFO: b"<< >>"}, build.ROOT_AND_INFO)
    assert [seal.kind for seal in read(data).seals] == ["encryption"]


@pytest.mark.parametrize(
    ("catalog", "where"),
    [
        (b"/AcroForm << /SigFlags 3 /Fields [] >>", "AcroForm/SigFlags"),
        (b"/AcroForm << /Fields [8 0 R] >>", "AcroForm/Fields"),
        (b"/AcroForm << /Fields [<< /Kids [8 0 R] >>] >>", "AcroForm/Fields"),
        (b"/Perms << /DocMDP 9 0 R >>", "Perms/DocMDP"),
    ],
)
def test_signatures_are_seals(catalog: bytes, where: str) -> None:
    signed = {8: b"<< /FT /Sig /T (s) /V 9 0 R >>", 9: b"<< /Type /Sig /ByteRange [0 1 2 3] /Contents <00> >>"}
    seals = read(build.with_table(build.objects(catalog=catalog) | signed)).seals
    assert [(seal.kind, seal.where) for seal in seals] == [("signature", where)]


def test_a_signature_stays_byte_for_byte_when_the_caller_goes_on() -> None:
    old = build.with_table(build.objects(catalog=b"/AcroForm << /SigFlags 3 /Fields [] >>"))
    assert labelled(old).startswith(old)


@pytest.mark.parametrize("fields", [b"[]", b"[8 0 R]"])
def test_an_empty_signature_field_is_no_seal(fields: bytes) -> None:
    parts = build.objects(catalog=b"/AcroForm << /Fields " + fields + b" >>") | {8: b"<< /FT /Sig /T (s) >>"}
    assert read(build.with_table(parts)).seals == ()


@pytest.mark.parametrize(
    ("catalog", "where"),
    [
        (b"/AF [8 0 R]", "AF"),
        (b"/Names << /EmbeddedFiles << /Kids [<< /Names [(m.c2pa) 8 0 R] >>] >> >>", "Names/EmbeddedFiles"),
    ],
)
def test_a_c2pa_manifest_is_a_seal(catalog: bytes, where: str) -> None:
    parts = build.objects(catalog=catalog) | {8: b"<< /Type /Filespec /AFRelationship /C2PA_Manifest >>"}
    assert [(seal.kind, seal.where) for seal in read(build.with_table(parts)).seals] == [("c2pa", where)]


def test_trees_that_lead_back_to_themselves_end() -> None:
    parts = build.objects(catalog=b"/AcroForm << /Fields [8 0 R] >>") | {8: b"<< /Kids [8 0 R 8 0 R] >>"}
    assert read(build.with_table(parts)).seals == ()


# What stands before and behind


@pytest.mark.parametrize("counted_from_header", [True, False])
def test_something_before_the_header(counted_from_header: bool) -> None:
    junk = b"HTTP/1.1 200 OK\n\n"
    builder = build.Builder(bytearray(junk + b"%PDF-1.7\n"), base=len(junk) if counted_from_header else 0)
    new = labelled(builder.table(build.objects(), build.ROOT_AND_INFO))
    assert found(new) == [("pdf:Info", LABEL.bare())]
    assert found(labelled(new, OTHER)) == [("pdf:Info", OTHER.bare())]


@pytest.mark.parametrize("behind", [b"", b"\n\n", b"\x00" * 100, b"\r\n<html>", b"\x1a"])
def test_something_harmless_behind_the_end(behind: bytes) -> None:
    old = build.with_table().rstrip(b"\n") + behind
    new = labelled(old)
    assert new.startswith(old)
    assert found(new) == [("pdf:Info", LABEL.bare())]
