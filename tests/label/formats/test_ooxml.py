"""Labels in DOCX, XLSX and PPTX: one custom property; every other part keeps its compressed bytes."""

from __future__ import annotations

import contextlib
import io
import random
import struct
import zipfile
from collections.abc import Callable
from xml.etree import ElementTree as Xml

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guiju.label.errors import DamagedError, LabelError, RefusedError, TooLargeError
from guiju.label.fields import Label
from guiju.label.formats.documents import ooxml
from guiju.label.formats.sniff import kind_of
from guiju.label.found import Contents, Found
from guiju.label.source import Limits, Source
from tests.label.formats import build_ooxml as build

LABEL = Label.by_generator("001191110000100006XXXX100000", "42<&>'")
OTHER = LABEL.propagated("platform", "7")
KEPT = build.a_property("Client", "甲方", 7) + "<!-- a comment -->"
WRITERS: dict[str, Callable[[build.Parts], bytes]] = {
    "plain": build.package,
    "stored": lambda parts: build.package(parts, stored=True),
    "descriptors": build.streamed,
    "zip64": build.zip64,
    "comment": lambda parts: build.package(parts, comment=b"about the archive"),
}
every_writer = pytest.mark.parametrize("writer", WRITERS)


def labelled(data: bytes, label: Label = LABEL) -> bytes:
    source = Source.of_bytes(data)
    return b"".join(ooxml.plan(source, label).blocks(source))


def read(data: bytes, limits: Limits | None = None) -> Contents:
    return ooxml.contents(Source.of_bytes(data, limits or Limits()))


def found(data: bytes) -> list[tuple[str, str]]:
    return [(one.place, one.text) for one in read(data).found]


def part(data: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return archive.read(name)


def raw_entries(data: bytes) -> dict[str, tuple[bytes, zipfile.ZipInfo]]:
    """Return each entry's compressed bytes as they stand, and what the directory says of it."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {one.filename: (raw(data, one), one) for one in archive.infolist()}


def raw(data: bytes, entry: zipfile.ZipInfo) -> bytes:
    lengths = struct.unpack_from("<HH", data, entry.header_offset + 26)
    start = entry.header_offset + 30 + sum(lengths)
    return data[entry.header_offset : start] + data[start : start + entry.compress_size]


def label_elements(data: bytes) -> list[tuple[str | None, str | None, list[tuple[str, str | None]]]]:
    """Return name, pid and values of every property of the labelled package, by another XML reader."""
    root = Xml.fromstring(part(data, build.CUSTOM))
    return [
        (one.get("name"), one.get("pid"), [(child.tag.rpartition("}")[2], child.text) for child in one]) for one in root
    ]


@every_writer
def test_the_label_is_there_and_all_other_entries_keep_their_bytes(writer: str) -> None:
    old = WRITERS[writer](build.parts())
    new = labelled(old)
    assert found(new) == [("ooxml:custom", LABEL.bare())]
    assert label_elements(new) == [("AIGC", "2", [("lpwstr", LABEL.bare())])]
    before, after = raw_entries(old), raw_entries(new)
    assert list(after) == [*before, build.CUSTOM]
    changed = {name for name in before if before[name][0] != after[name][0]}
    assert changed == {build.TYPES, build.RELS}


@every_writer
def test_labelling_twice_changes_no_byte_and_another_label_replaces_it(writer: str) -> None:
    new = labelled(WRITERS[writer](build.parts()))
    assert labelled(new) == new
    other = labelled(new, OTHER)
    assert found(other) == [("ooxml:custom", OTHER.bare())]
    assert labelled(other, OTHER) == other


@every_writer
def test_the_part_is_listed_where_programs_look_for_it(writer: str) -> None:
    new = labelled(WRITERS[writer](build.parts()))
    types = Xml.fromstring(part(new, build.TYPES))
    assert [(one.get("PartName"), one.get("ContentType")) for one in types if one.get("PartName")] == [
        (f"/{build.CUSTOM}", build.CUSTOM_TYPE)
    ]
    links = [(one.get("Id"), one.get("Target")) for one in Xml.fromstring(part(new, build.RELS))]
    assert links == [("rId1", build.DOCUMENT), ("rId2", build.CORE), ("rId3", build.CUSTOM)]


@every_writer
def test_names_times_and_comments_of_changed_entries_stay(writer: str) -> None:
    old = WRITERS[writer](build.parts())
    before, after = raw_entries(old)[build.RELS][1], raw_entries(labelled(old))[build.RELS][1]
    for field in ("filename", "date_time", "comment", "external_attr", "compress_type", "create_system"):
        assert getattr(after, field) == getattr(before, field)


def test_the_comment_of_the_archive_stays() -> None:
    with zipfile.ZipFile(io.BytesIO(labelled(WRITERS["comment"](build.parts())))) as archive:
        assert archive.comment == b"about the archive"


def test_a_comment_that_looks_like_the_end_of_a_directory() -> None:
    new = labelled(build.package(build.parts(), comment=b"PK\x05\x06" + bytes(30)))
    assert new.endswith(b"PK\x05\x06" + bytes(30))
    assert found(new) == [("ooxml:custom", LABEL.bare())]


def test_only_the_custom_properties_change_where_they_exist() -> None:
    old = build.package(build.with_custom(KEPT))
    before, after = raw_entries(old), raw_entries(labelled(old))
    assert {name for name in before if before[name][0] != after[name][0]} == {build.CUSTOM}


def test_other_properties_stay_byte_for_byte_and_the_label_takes_the_next_free_number() -> None:
    new = labelled(build.package(build.with_custom(KEPT)))
    assert KEPT.encode() in part(new, build.CUSTOM)
    assert [(name, number) for name, number, _ in label_elements(new)] == [("Client", "7"), ("AIGC", "8")]


@pytest.mark.parametrize("name", ["AIGC", "aigc", "Aigc"])
def test_a_label_under_any_case_is_read_and_replaced_in_its_place(name: str) -> None:
    old = build.package(build.with_custom(build.a_property(name, "old", 3) + KEPT))
    assert found(old) == [("ooxml:custom", "old")]
    assert [(name, number) for name, number, _ in label_elements(labelled(old))] == [("AIGC", "3"), ("Client", "7")]


def test_labels_that_stand_twice_become_one() -> None:
    inside = build.a_property("AIGC", "one", 3) + KEPT + build.a_property("aigc", "two", 9)
    old = build.package(build.with_custom(inside))
    assert [text for _, text in found(old)] == ["one", "two"]
    assert found(labelled(old)) == [("ooxml:custom", LABEL.bare())]


@pytest.mark.parametrize("kind", ["lpstr", "bstr"])
def test_a_label_of_another_type_of_text_is_read_and_rewritten(kind: str) -> None:
    text = LABEL.bare().replace("&", "&amp;").replace("<", "&lt;")
    old = build.package(build.with_custom(build.a_property("AIGC", text, 2, kind)))
    assert found(old) == [("ooxml:custom", LABEL.bare())]
    assert label_elements(labelled(old)) == [("AIGC", "2", [("lpwstr", LABEL.bare())])]


@pytest.mark.parametrize(
    "root",
    [
        f'<Properties xmlns="{build.OFFICE}/custom-properties"/>',
        f"<Properties xmlns='{build.OFFICE}/custom-properties' note='a > b'/>",
        f'<op:Properties xmlns:op="{build.OFFICE}/custom-properties"/>',
        f'<op:Properties xmlns:op="{build.OFFICE}/custom-properties"></op:Properties >',
    ],
)
def test_empty_and_prefixed_roots(root: str) -> None:
    new = labelled(build.package(build.with_custom(root.encode())))
    assert found(new) == [("ooxml:custom", LABEL.bare())]
    tree = Xml.fromstring(part(new, build.CUSTOM))
    assert tree[0].tag == f"{{{build.OFFICE}/custom-properties}}property"
    assert tree[0][0].tag == f"{{{build.OFFICE}/docPropsVTypes}}lpwstr"


@pytest.mark.parametrize(
    ("encoding", "declared"), [("utf-16", "UTF-16"), ("utf-16-be", "UTF-16"), ("utf-8-sig", "UTF-8")]
)
def test_the_encoding_of_a_part_stays(encoding: str, declared: str) -> None:
    data = build.custom(KEPT).decode().replace("UTF-8", declared)
    mark = b"\xfe\xff" if encoding == "utf-16-be" else b""
    new = labelled(build.package(build.with_custom(mark + data.encode(encoding))))
    changed = part(new, build.CUSTOM)
    assert changed.startswith((mark + data.encode(encoding))[:60])
    assert "甲方" in changed.decode(encoding)
    assert found(new) == [("ooxml:custom", LABEL.bare())]


def test_strict_documents_get_strict_names() -> None:
    new = labelled(build.package(build.parts(rels=build.relationships(strict=True))))
    assert Xml.fromstring(part(new, build.CUSTOM)).tag == f"{{{build.PURL}/customProperties}}Properties"
    assert f"{build.PURL}/relationships/customProperties".encode() in part(new, build.RELS)


def test_a_strict_part_gets_a_strict_property() -> None:
    link = build.relationship(3, f"{build.PURL}/relationships/customProperties", build.CUSTOM)
    data = build.custom(KEPT, strict=True)
    new = labelled(build.package(build.with_custom(data, rels=build.relationships(link, strict=True))))
    assert Xml.fromstring(part(new, build.CUSTOM))[-1].tag == f"{{{build.PURL}/customProperties}}property"


def test_the_part_stands_where_the_relationship_says() -> None:
    name = "docProps/mine.xml"
    link = build.relationship(3, f"{build.OFFICE}/relationships/custom-properties", f"/{name}")
    parts = build.parts(rels=build.relationships(link)) | {name: build.custom(build.a_property("aigc", "x"))}
    assert found(build.package(parts)) == [("ooxml:custom", "x")]
    new = labelled(build.package(parts))
    assert found(new) == [("ooxml:custom", LABEL.bare())]
    assert build.CUSTOM not in raw_entries(new)


def test_a_part_that_nothing_leads_to_is_read_and_linked() -> None:
    parts = build.parts(custom=build.custom(build.a_property("AIGC", "x")))
    assert found(build.package(parts)) == [("ooxml:custom", "x")]
    new = labelled(build.package(parts))
    assert build.CUSTOM.encode() in part(new, build.RELS)
    assert build.CUSTOM.encode() in part(new, build.TYPES)


def test_a_wrapped_label_in_the_comments_field_is_read_and_moves() -> None:
    wrapped = OTHER.wrapped().replace("&", "&amp;").replace("<", "&lt;")
    old = build.package(build.parts(core=build.core(wrapped)))
    assert read(old).found == (Found("ooxml:core/description", OTHER.wrapped(), named=False),)
    new = labelled(old)
    assert found(new) == [("ooxml:custom", LABEL.bare())]
    assert part(new, build.CORE) == build.core("")


def test_json_of_other_matters_in_the_comments_field_stays() -> None:
    old = build.package(build.parts(core=build.core('{"a":1}')))
    assert read(old).found == ()
    assert part(labelled(old), build.CORE) == build.core('{"a":1}')


@pytest.mark.parametrize(
    ("name", "kind", "where"),
    [
        ("_xmlsignatures/origin.sigs", "signature", "_xmlsignatures"),
        ("META-INF/content_credential.c2pa", "c2pa", "META-INF/content_credential.c2pa"),
    ],
)
def test_seals(name: str, kind: str, where: str) -> None:
    old = build.package(build.parts() | {name: b"sealed"})
    assert [(seal.kind, seal.where) for seal in read(old).seals] == [(kind, where)]
    assert part(labelled(old), name) == b"sealed"


def test_macros_are_no_hindrance_and_stay() -> None:
    old = build.package(build.parts() | {"word/vbaProject.bin": bytes(range(256))})
    assert read(old).seals == ()
    assert part(labelled(old), "word/vbaProject.bin") == bytes(range(256))


def test_encrypted_entries_are_told_and_refused() -> None:
    data = bytearray(build.package(build.parts()))
    for sign, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.rindex(sign) + at] |= 1
    assert [seal.kind for seal in read(bytes(data)).seals] == ["encryption"]
    with pytest.raises(RefusedError) as refused:
        labelled(bytes(data))
    assert refused.value.code == "encrypted"


def test_another_kind_of_package_is_refused() -> None:
    link = build.relationship(1, "http://schemas.microsoft.com/packaging/2010/07/manifest", "x.nuspec")
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    rels = f'<Relationships xmlns="{space}">{link}</Relationships>'.encode()
    with pytest.raises(RefusedError) as refused:
        labelled(build.package(build.parts(rels=rels)))
    assert refused.value.code == "not_office"


def test_a_part_registered_as_something_else_is_refused() -> None:
    types = build.content_types(f'<Override PartName="/{build.CUSTOM}" ContentType="text/plain"/>')
    with pytest.raises(RefusedError) as refused:
        labelled(build.package(build.with_custom(KEPT, types=types)))
    assert refused.value.code == "custom_type"


# Damage and hostility


@every_writer
def test_no_label_is_ever_denied_for_a_file_that_was_cut_off(writer: str) -> None:
    new = labelled(WRITERS[writer](build.parts()))
    for end in range(len(new)):
        with pytest.raises(LabelError):
            read(new[:end])


@pytest.mark.parametrize(
    ("what", "parts"),
    [
        ("_rels/.rels is missing", {build.TYPES: build.content_types()}),
        ("well-formed", build.with_custom(b"<Properties>")),
        ("document type", build.with_custom(b"<!DOCTYPE p [<!ENTITY a 'b'>]>" + b"<p>&a;</p>")),
        ("document type", build.parts(rels=b"<!DOCTYPE p><p/>")),
        ("several parts", build.parts(rels=build.relationships(
            build.relationship(3, f"{build.OFFICE}/relationships/custom-properties", "a.xml"),
            build.relationship(4, f"{build.OFFICE}/relationships/custom-properties", "b.xml")))),
        ("stands 2 times", build.with_custom(KEPT) | {"DOCPROPS/CUSTOM.XML": build.custom("")}),
    ],
)  # fmt: skip
def test_broken_packages(what: str, parts: build.Parts) -> None:
    for attempt in (read, labelled):
        with pytest.raises(DamagedError, match=what):
            attempt(build.package(parts))


def test_a_label_too_deep_in_the_part() -> None:
    with pytest.raises(TooLargeError):
        read(build.package(build.with_custom("<a>" * 100 + "</a>" * 100)))


def test_text_in_countless_pieces() -> None:
    inside = "<property name='AIGC'><vt:lpwstr>" + "a<!---->" * 200_000 + "</vt:lpwstr></property>"
    assert found(build.package(build.with_custom(inside))) == [("ooxml:custom", "a" * 200_000)]


def test_too_many_entries() -> None:
    data = bytearray(build.zip64(build.parts()))
    at = data.index(b"PK\x06\x06")
    struct.pack_into("<QQ", data, at + 24, 70_000, 70_000)
    with pytest.raises(TooLargeError, match="70000 entries"):
        read(bytes(data))


def test_a_bomb_is_not_inflated() -> None:
    data = build.package(build.with_custom(b"<p>" + bytes(2**22)))
    with pytest.raises(TooLargeError, match=r"custom\.xml"):
        read(data, Limits(block=2**20))


def test_a_bomb_that_lies_about_its_size_is_damage() -> None:
    data = bytearray(build.package(build.with_custom(b"<p>" + bytes(2**22))))
    record = data.index(b"PK\x01\x02", data.rindex(build.CUSTOM.encode()) - 46)
    struct.pack_into("<I", data, record + 24, 10)
    with pytest.raises(DamagedError, match="does not match its size"):
        read(bytes(data))


def test_overlapping_entries_are_damage() -> None:
    data = bytearray(build.package(build.parts()))
    last = data.rindex(b"PK\x01\x02")
    struct.pack_into("<I", data, last + 42, 0)
    with pytest.raises(DamagedError, match="overlap"):
        read(bytes(data))


@pytest.mark.parametrize(("at", "new"), [(16, 1), (20, 0xFFFFFF), (10, 99)])
def test_a_directory_that_contradicts_the_file_is_damage(at: int, new: int) -> None:
    data = bytearray(build.package(build.parts()))
    record = data.index(b"PK\x01\x02")
    struct.pack_into("<H" if at == 10 else "<I", data, record + at, new)
    with pytest.raises(DamagedError):
        labelled(bytes(data))


def test_something_before_or_behind_the_archive_is_damage() -> None:
    data = build.package(build.parts())
    for broken in (b"x" + data, data + b"x"):
        with pytest.raises(DamagedError):
            read(broken)


@every_writer
def test_changed_bytes_end_in_an_error_or_a_result(writer: str) -> None:
    data = labelled(WRITERS[writer](build.with_custom(KEPT)))
    chance = random.Random(writer)
    for turn in range(500):
        broken = bytearray(data)
        for _ in range(chance.randint(1, 4)):
            at = chance.randrange(len(broken))
            new = chance.choice([chance.randbytes(1), b"\xff\xff\xff\xff", b"PK", b"<", b"\x00\x00"])
            broken[at : at + (len(new) if turn % 3 else chance.randrange(3))] = new
        for attempt in (read, labelled):
            with contextlib.suppress(LabelError):
                attempt(bytes(broken))


names = st.text("abcXYZ标é_-/. ", min_size=1, max_size=12).filter(lambda name: name.strip("/. ") != "")


@settings(max_examples=60, deadline=None)
@given(
    st.dictionaries(names.map(lambda name: f"word/{name}"), st.binary(max_size=200), max_size=5),
    st.sampled_from(sorted(WRITERS)),
    st.booleans(),
)
def test_any_other_entries_stay_as_they_are(others: dict[str, bytes], writer: str, first: bool) -> None:
    parts = others | build.parts() if first else build.parts() | others
    old = WRITERS[writer](parts)
    new = labelled(old)
    before, after = raw_entries(old), raw_entries(new)
    for name, content in others.items():
        assert after[name][0] == before[name][0]
        assert part(new, name) == content
    assert found(new) == [("ooxml:custom", LABEL.bare())]
    assert labelled(new) == new


@pytest.mark.parametrize(
    ("stream", "kind"),
    [
        ("EncryptedPackage", "encrypted_office"),
        ("WordDocument", "doc"),
        ("Workbook", "xls"),
        ("PowerPoint Document", "ppt"),
        ("Something", "unknown"),
    ],
)
def test_compound_files_are_told_apart_by_their_streams(stream: str, kind: str) -> None:
    name = stream.encode("utf-16-le")
    entry = name.ljust(64, b"\x00") + struct.pack("<H", len(name) + 2) + bytes(62)
    head = bytearray(512)
    head[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<HH", head, 30, 9, 6)
    struct.pack_into("<I", head, 48, 1)
    struct.pack_into("<I", head, 76, 0)
    table = struct.pack("<128I", 0xFFFFFFFD, 2, 0xFFFFFFFE, *[0xFFFFFFFF] * 125)
    data = bytes(head) + table + bytes(512) + entry.ljust(512, b"\x00")
    assert kind_of(Source.of_bytes(data), "report.docx") == kind
    for end in range(8, len(data), 7):
        assert kind_of(Source.of_bytes(data[:end])) in {kind, "unknown"}
