"""Broken and hostile PDF files: an error that says what is wrong, never "no label", never a crash or a hang."""

from __future__ import annotations

import contextlib
import json
import random
import zlib
from collections.abc import Callable
from typing import Any

import pytest

from guiju.label.errors import DamagedError, LabelError, TooLargeError
from guiju.label.formats.documents.pdf_stream import decoded
from guiju.label.formats.documents.pdf_syntax import Parser
from guiju.label.source import Limits
from tests.label.formats import build_pdf as build
from tests.label.formats.read_pdf import LABEL, SHAPES, found, labelled, read

shaped = pytest.mark.parametrize("shape", SHAPES)


def test_no_label_is_ever_denied_for_a_file_that_was_cut_off() -> None:
    for make in (build.with_table, build.with_stream):
        old = make()
        new = labelled(old)
        whole = {len(old) - 1, len(old), len(new) - 1}  # an earlier revision, and ends without the last line break
        for end in set(range(len(new))) - whole:
            with pytest.raises(LabelError):
                read(new[:end])


@pytest.mark.parametrize(
    ("what", "broken"),
    [
        ("startxref points to byte 3", lambda data: data.replace(b"startxref\n", b"startxref\n3 %", 1)),
        ("startxref points to byte", lambda data: data.replace(b"\nxref\n", b"\nxxxx\n", 1)),
        ("may be cut off", lambda data: data.replace(b"%%EOF", b"%%EOX")),
        ("cross-references", lambda data: data.replace(b"0000000000 65535 f", b"000000000x 65535 f")),
        ("object 6 is not where", lambda data: data.replace(b"6 0 obj", b"9 0 obj")),
        ("Root", lambda data: data.replace(b"/Root 1 0 R", b"/Root 8 0 R")),
        ("circle", lambda data: data.replace(b"/Root 1 0 R", b"/Root 1 0 R /Prev %d" % data.index(b"xref\n0 1"))),
        ("Prev", lambda data: data.replace(b"/Root 1 0 R", b"/Root 1 0 R /Prev (x)")),
        ("key without a value", lambda _: build.with_table(build.objects(info=b"/Title"))),
        ("ends|cut off", lambda data: data.replace(b"trailer\n<<", b"trailer\n[(")),
    ],
)
def test_broken_structure_is_said_and_not_repaired(what: str, broken: Callable[[bytes], bytes]) -> None:
    data = broken(build.with_table())
    for attempt in (read, labelled):
        with pytest.raises(DamagedError, match=what):
            attempt(data)


def test_references_in_a_circle() -> None:
    parts = build.objects() | {build.INFO: b"8 0 R", 8: b"6 0 R"}
    with pytest.raises(DamagedError, match="circle"):
        read(build.with_table(parts))


def test_a_wrong_stream_length_is_damage() -> None:
    parts = build.objects(xmp=b"")
    parts[build.XMP] = build.stream(b"/Type /Metadata", b"tc260").replace(b"/Length 5", b"/Length 4")
    with pytest.raises(DamagedError, match="wrong length"):
        read(build.with_table(parts))


@pytest.mark.parametrize("bomb", [b"[" * 5000, b"<</A" * 5000])
def test_deep_nesting_ends_in_an_error(bomb: bytes) -> None:
    with pytest.raises(TooLargeError, match="nested too deeply"):
        read(build.with_table(build.objects(info=b"/Title " + bomb)))


def test_a_stream_that_inflates_to_too_much() -> None:
    parts = build.objects(xmp=b"")
    parts[build.XMP] = build.stream(b"/Filter /FlateDecode", zlib.compress(bytes(2**22)))
    with pytest.raises(TooLargeError, match="inflates"):
        read(build.with_table(parts), Limits(block=2**20))


def test_an_object_that_never_ends() -> None:
    with pytest.raises(TooLargeError, match="the object at byte"):
        read(build.with_table(build.objects(info=b"/Title (" + b"x" * 2**21 + b")")))


def test_objects_that_overlap_in_an_object_stream_are_not_parsed_without_end() -> None:
    big = b"<< /V [" + b"1 " * 200_000 + b"] >>"
    fields = b" ".join(b"%d 0 R" % number for number in range(20, 60))
    parts = build.objects(catalog=b"/AcroForm << /Fields [" + fields + b"] >>")
    heads = b" ".join(b"%d 0" % number for number in range(20, 60)) + b"\n"
    packed = build.stream(b"/Type /ObjStm /N 40 /First %d" % len(heads), heads + big)
    rows = b"".join(b"\x02" + bytes([9, at]) for at in range(40))
    builder = build.Builder()
    builder.table(parts, build.ROOT_AND_INFO)
    where = builder.put(9, packed)
    entries = b"/Type /XRef /Size 61 /W [1 1 1] /Index [20 40] /Root 1 0 R"
    beside = len(builder.out)
    builder.put(60, build.stream(entries, rows))
    table = b"xref\n9 1\n%010d 00000 n \n" % where
    start = len(builder.out)
    builder.out += (
        table + b"trailer\n<< " + builder.trailer(61, b"/XRefStm %d " % beside + build.ROOT_AND_INFO) + b" >>\n"
    )
    with pytest.raises(TooLargeError, match="too much structure"):
        read(builder.finish(start))


def test_streams_whose_lengths_lead_from_stream_to_stream() -> None:
    links = 60
    parts = build.objects() | {build.INFO: b"<< /AIGC 100 0 R >>"}
    rows = b""
    for link in range(links):  # object 100 + n lies in stream 300 + n, whose length is object 101 + n
        entries = b"/Type /ObjStm /N 1 /First 6"
        head = b"%d 0\n" % (100 + link)
        body = build.stream(entries, head + b"(x)")
        parts[300 + link] = body.replace(b"/Length 9", b"/Length %d 0 R" % (101 + link))
        rows += b"\x02" + (300 + link).to_bytes(2, "big") + b"\x00"
    parts[100 + links] = b"9"
    builder = build.Builder()
    builder.table(parts, build.ROOT_AND_INFO)
    beside = len(builder.out)
    entries = b"/Type /XRef /Size 500 /W [1 2 1] /Index [100 %d] /Root 1 0 R" % links
    builder.put(499, build.stream(entries, rows))
    with pytest.raises(TooLargeError, match="lead on too far"):
        read(builder.table({}, build.ROOT_AND_INFO, beside=beside))


def test_a_large_cross_reference_stream_with_mixed_predictors() -> None:
    rows = (b"\x01" + bytes(6)) * 200_000
    entries = (
        b"/Type /XRef /Size 9 /W [1 4 1] /Root 1 0 R /Filter /FlateDecode /DecodeParms << /Predictor 15 /Columns 6 >>"
    )
    builder = build.Builder()
    start = builder.put(8, build.stream(entries, zlib.compress(rows)))
    with pytest.raises(TooLargeError, match="cross-reference stream is too large"):
        read(builder.finish(start))


@pytest.mark.parametrize("kind", range(5))
def test_every_row_filter_of_predictors(kind: int) -> None:
    rows = [bytes([1, 0, 9, 200]), bytes([1, 1, 4, 100]), bytes([2, 0, 7, 3])]
    filtered, before = b"", bytes(4)
    for at, row in enumerate(rows):
        used = kind if at else 2
        filtered += bytes([used]) + bytes(
            (byte - guess(used, row, before, column)) & 255 for column, byte in enumerate(row)
        )
        before = row
    written = b"<< /Filter /FlateDecode /DecodeParms << /Predictor 15 /Columns 4 >> >> "
    dictionary: Any = Parser(written, 0, 9).value()
    assert decoded(zlib.compress(filtered), dictionary, lambda value: value, 99) == b"".join(rows)


def guess(kind: int, row: bytes, before: bytes, at: int) -> int:
    left, up, corner = (row[at - 1] if at else 0), before[at], (before[at - 1] if at else 0)
    estimate = left + up - corner
    paeth = sorted([left, up, corner], key=lambda one: abs(estimate - one))[0]
    return [0, left, up, (left + up) // 2, paeth][kind]


def test_claims_of_too_many_objects() -> None:
    with pytest.raises(DamagedError, match="claims to have"):
        labelled(build.with_table(extra=b"/Info null /Root 1 0 R").replace(b"/Size 10", b"/Size 99999999999"))


def test_an_empty_file_is_damaged() -> None:
    with pytest.raises(DamagedError):
        read(b"")


@shaped
def test_changed_bytes_end_in_an_error_or_a_result(shape: str) -> None:
    data = labelled(SHAPES[shape]())
    chance = random.Random(shape)
    tokens = [b"(", b"<<", b"[", b"9999999999", b" R ", b"\x00", b"/AIGC"]
    for turn in range(1000):
        broken = bytearray(data)
        for _ in range(chance.randint(1, 4)):
            at = chance.randrange(len(broken))
            new = chance.choice([chance.randbytes(1), b"%d" % chance.randrange(10), chance.choice(tokens)])
            broken[at : at + (len(new) if turn % 3 else chance.randrange(3))] = new
        for attempt in (read, labelled):
            with contextlib.suppress(LabelError):
                attempt(bytes(broken))


def test_reading_takes_only_what_it_needs() -> None:
    parts = build.objects() | {8: build.stream(b"", bytes(2**23))}
    assert found(labelled(build.with_table(parts))) == [("pdf:Info", LABEL.bare())]
    limits = Limits(total=2**16)
    assert json.loads(read(labelled(build.with_table(parts)), limits).found[0].text)["ProduceID"] == r"42(\)"
