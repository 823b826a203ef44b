"""An incremental update of a PDF (ISO 32000-1, 7.5.6): what is there stays, new objects and cross-references follow."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

from guiju.label.errors import RefusedError
from guiju.label.formats.documents.pdf_document import Document
from guiju.label.formats.documents.pdf_syntax import Ref, Text

_MOST_OFFSET = 10**10 - 1
_TABLE_KEYS = ("Size", "Prev", "Info", "ID", "XRefStm")
_STREAM_KEYS = (*_TABLE_KEYS, "Type", "W", "Index", "Filter", "DecodeParms", "Length")


@dataclass
class Update:
    """The objects that a new revision of a document changes or adds."""

    document: Document
    info: Ref | None = None
    """Where the Info dictionary stands from now on."""
    _objects: dict[Ref, bytes] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing changes."""
        return not self._objects

    def new_ref(self) -> Ref:
        """Return a reference to an object number that was never used."""
        used = max((ref.number + 1 for ref in self._objects), default=0)
        return Ref(max(self.document.next_number, used), 0)

    def put(self, ref: Ref, body: bytes) -> None:
        """Write an object anew; `body` is what stands between `obj` and `endobj`."""
        self._objects[ref] = body

    def appended(self) -> bytes:
        """Return the bytes that go behind the end of the file.

        A table follows a table and a stream follows a stream, as readers of either expect. Raises RefusedError
        (`pdf_offset`) where the offsets no longer fit into a table.
        """
        source = self.document.source
        out = bytearray(b"" if source.peek(source.size - 1, 1) in {b"\n", b"\r"} else b"\n")
        zero = source.size - self.document.base
        offsets: dict[Ref, int] = {}
        for ref in sorted(self._objects, key=lambda one: one.number):
            offsets[ref] = zero + len(out)
            out += b"%d %d obj\n%b\nendobj\n" % (ref.number, ref.generation, self._objects[ref])
        start = zero + len(out)
        if self.document.sections[0].is_stream:
            out += self._stream(offsets, start)
        else:
            out += self._table(offsets)
        out += b"startxref\n%d\n%%%%EOF\n" % start
        if start > _MOST_OFFSET:
            raise RefusedError.because(
                "pdf_offset", "PDF 过大，交叉引用表容不下偏移量", "the PDF is too large for its cross-reference table"
            )
        return bytes(out)

    def _table(self, offsets: dict[Ref, int]) -> bytes:
        lines = [b"xref\n0 1\n0000000000 65535 f \n"]  # some readers take a table without object 0 for a broken one
        for ref, offset in offsets.items():
            lines.append(b"%d 1\n%010d %05d n \n" % (ref.number, offset, ref.generation))
        size = max(self.document.next_number, *(ref.number + 1 for ref in offsets))
        return b"".join(lines) + b"trailer\n<<\n" + self._trailer(size, _TABLE_KEYS) + b">>\n"

    def _stream(self, offsets: dict[Ref, int], start: int) -> bytes:
        own = self.new_ref()
        rows = {**offsets, own: start}
        width = (start.bit_length() + 7) // 8
        data = b"".join(
            b"\x01" + offset.to_bytes(width, "big") + ref.generation.to_bytes(2, "big") for ref, offset in rows.items()
        )
        index = b" ".join(b"%d 1" % ref.number for ref in rows)
        own_keys = b"/Type /XRef\n/W [1 %d 2]\n/Index [%b]\n/Length %d\n" % (width, index, len(data))
        dictionary = b"<<\n" + own_keys + self._trailer(own.number + 1, _STREAM_KEYS) + b">>"
        return b"%d 0 obj\n%b\nstream\n%b\nendstream\nendobj\n" % (own.number, dictionary, data)

    def _trailer(self, size: int, without: tuple[str, ...]) -> bytes:
        old = self.document.trailer
        info = self.info or old.get("Info")
        entries = [b"/Size %d\n/Prev %d\n" % (size, self.document.start)]
        if isinstance(info, Ref):
            entries.append(b"/Info %d %d R\n" % (info.number, info.generation))
        return b"".join(entries) + self._identifier() + old.raw_without(*without)

    def _identifier(self) -> bytes:
        """Return the file identifier: its first half stays, its second one tells this revision apart (14.4)."""
        old = self.document.resolve(self.document.trailer.get("ID"))
        halves = [self.document.resolve(half) for half in old] if isinstance(old, tuple) else []
        if len(halves) != 2 or not all(isinstance(half, Text) for half in halves):
            return b""
        digest = hashlib.sha256(b"".join(bytes(half) for half in halves if isinstance(half, Text)))
        for body in self._objects.values():
            digest.update(body)
        first = halves[0].hex() if isinstance(halves[0], Text) else ""
        return b"/ID [<%b> <%b>]\n" % (first.encode(), digest.hexdigest()[:32].encode())
