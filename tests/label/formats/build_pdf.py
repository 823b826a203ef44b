"""Small PDF files by hand: with a table, a stream or both for cross-references, and Info wherever it may stand."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field

TITLE = b"/Title <FEFF68079898>"
AUTHOR = rb"/Author (A \(B\) \101)"
PAGE_TEXT = "hello from the page"
CATALOG, PAGES, PAGE, CONTENT, FONT, INFO, XMP = range(1, 8)


def objects(*, info: bytes | None = TITLE + b"\n" + AUTHOR, catalog: bytes = b"", xmp: bytes | None = None) -> Objects:
    """Return the objects of a document of one page."""
    text = b"BT /F1 24 Tf 72 700 Td (" + PAGE_TEXT.encode() + b") Tj ET"
    found = {
        CATALOG: b"<< /Type /Catalog /Pages 2 0 R " + catalog + b" >>",
        PAGES: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        PAGE: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        CONTENT: stream(b"", text),
        FONT: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    }
    if info is not None:
        found[INFO] = b"<< " + info + b" >>"
    if xmp is not None:
        found[CATALOG] = found[CATALOG].replace(b"/Pages", b"/Metadata 7 0 R /Pages")
        found[XMP] = stream(b"/Type /Metadata /Subtype /XML", xmp)
    return found


Objects = dict[int, bytes]


def stream(entries: bytes, data: bytes) -> bytes:
    return b"<< %b /Length %d >>\nstream\n%b\nendstream" % (entries, len(data), data)


@dataclass
class Builder:
    """Writes one revision after another; `base` is subtracted from every offset."""

    out: bytearray = field(default_factory=lambda: bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"))
    base: int = 0
    start: int | None = None

    def put(self, number: int, body: bytes) -> int:
        offset = len(self.out) - self.base
        self.out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
        return offset

    def trailer(self, size: int, extra: bytes) -> bytes:
        previous = b"" if self.start is None else b"/Prev %d " % self.start
        return b"/Size %d %b%b" % (size, previous, extra)

    def finish(self, start: int) -> bytes:
        self.start = start
        self.out += b"startxref\n%d\n%%%%EOF\n" % start
        return bytes(self.out)

    def table(self, parts: Objects, extra: bytes, *, free: tuple[int, ...] = (), beside: int | None = None) -> bytes:
        """Add a revision whose cross-references are a table."""
        offsets = {number: self.put(number, body) for number, body in parts.items()}
        start = len(self.out) - self.base
        lines = [b"xref\n0 0\n" if beside else b"xref\n0 1\n0000000000 65535 f \n"]
        lines += [b"%d 1\n%010d 00000 n \n" % (number, offset) for number, offset in offsets.items()]
        lines += [b"%d 1\n0000000000 65535 f \n" % number for number in free]
        hidden = b"" if beside is None else b"/XRefStm %d " % beside
        size = max([*parts, *free, 7]) + 3
        self.out += b"".join(lines) + b"trailer\n<< " + self.trailer(size, hidden + extra) + b" >>\n"
        return self.finish(start)

    def stream(self, parts: Objects, extra: bytes, *, packed: tuple[int, ...] = (), predictor: bool = False) -> bytes:
        """Add a revision whose cross-references are a stream, with some objects packed into an object stream."""
        start = self.xref_stream(parts, extra, packed=packed, predictor=predictor)
        return self.finish(start)

    def xref_stream(
        self, parts: Objects, extra: bytes, *, packed: tuple[int, ...] = (), predictor: bool = False
    ) -> int:
        rows = {number: (1, self.put(number, body), 0) for number, body in parts.items() if number not in packed}
        top = max([*parts, 7])
        if packed:
            rows[top + 1] = (1, self.put(top + 1, object_stream({one: parts[one] for one in packed})), 0)
            rows |= {number: (2, top + 1, at) for at, number in enumerate(packed)}
        start = len(self.out) - self.base
        rows[top + 2] = (1, start, 0)
        ordered = sorted(rows.items())
        table = [bytes([kind]) + where.to_bytes(4, "big") + bytes([third]) for _, (kind, where, third) in ordered]
        data, filters = b"".join(table), b""
        if predictor:
            before = [bytes(6), *table]
            ups = [
                b"\x02" + bytes((one - other) & 255 for one, other in zip(row, above, strict=True))
                for row, above in zip(table, before, strict=False)
            ]
            data = zlib.compress(b"".join(ups))
            filters = b"/Filter /FlateDecode /DecodeParms << /Predictor 12 /Columns 6 >>"
        index = b" ".join(b"%d 1" % number for number, _ in ordered)
        entries = b"/Type /XRef /W [1 4 1] /Index [%b] %b %b" % (index, filters, self.trailer(top + 3, extra))
        self.put(top + 2, stream(entries, data))
        return start


def object_stream(parts: Objects) -> bytes:
    heads, body = [], b""
    for number, value in parts.items():
        heads.append(b"%d %d" % (number, len(body)))
        body += value + b"\n"
    head = b" ".join(heads) + b"\n"
    entries = b"/Type /ObjStm /N %d /First %d /Filter /FlateDecode" % (len(parts), len(head))
    return stream(entries, zlib.compress(head + body))


ROOT_AND_INFO = b"/Root 1 0 R /Info 6 0 R"
ID = b"/ID [<00112233445566778899AABBCCDDEEFF> (second)]"


def with_table(parts: Objects | None = None, extra: bytes = ROOT_AND_INFO) -> bytes:
    return Builder().table(parts or objects(), extra)


def with_stream(parts: Objects | None = None, extra: bytes = ROOT_AND_INFO, *, predictor: bool = False) -> bytes:
    """Return a document with Info, fonts and pages inside an object stream."""
    parts = parts or objects()
    packed = tuple(number for number in (PAGES, PAGE, FONT, INFO) if number in parts)
    return Builder().stream(parts, extra, packed=packed, predictor=predictor)


def hybrid(parts: Objects | None = None, extra: bytes = ROOT_AND_INFO) -> bytes:
    """Return a document whose Info is free in its table and stands in the stream beside a second, empty table."""
    parts = parts or objects()
    builder = Builder()
    builder.table({number: body for number, body in parts.items() if number != INFO}, extra, free=(INFO,))
    beside = builder.xref_stream({INFO: parts[INFO]}, extra, packed=(INFO,))
    return builder.table({}, extra, beside=beside)


def early_first_section() -> bytes:
    """Return a document as linearized ones are: the last startxref leads to a table near the start of the file."""
    parts = objects()
    builder = Builder()
    gap = len(builder.out)
    first = {CATALOG, INFO}
    section_length = len(b"xref\n1 1\n0000000000 00000 n \n6 1\n0000000000 00000 n \n")
    trailer = b"trailer\n<< /Size 10 /Root 1 0 R /Info 6 0 R /Prev %010d >>\nstartxref\n0\n%%%%EOF\n"
    builder.out += bytes(section_length + len(trailer % 0))
    offsets = {number: builder.put(number, parts[number]) for number in parts}
    main = len(builder.out)
    rest = [b"%d 1\n%010d 00000 n \n" % (one, offset) for one, offset in offsets.items() if one not in first]
    builder.out += b"xref\n0 1\n0000000000 65535 f \n" + b"".join(rest) + b"trailer\n<< /Size 10 >>\n"
    entries = [b"%d 1\n%010d 00000 n \n" % (one, offset) for one, offset in offsets.items() if one in first]
    head = b"xref\n" + b"".join(entries) + trailer % main
    builder.out[gap : gap + len(head)] = head
    return builder.finish(gap)
