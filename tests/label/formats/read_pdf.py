"""How the tests of PDF label and read, and the shapes of files that they do it with."""

from __future__ import annotations

from collections.abc import Callable

from guiju.label.fields import Label
from guiju.label.formats.documents import pdf
from guiju.label.found import Contents
from guiju.label.source import Limits, Source
from tests.label.formats import build_pdf as build

LABEL = Label.by_generator("001191110000100006XXXX100000", r"42(\)")
OTHER = LABEL.propagated("platform", "7")
WRAPPED = LABEL.wrapped().encode().replace(b"\\", b"\\\\").replace(b"(", rb"\(").replace(b")", rb"\)")
SHAPES: dict[str, Callable[[], bytes]] = {
    "table": build.with_table,
    "stream": build.with_stream,
    "predicted": lambda: build.with_stream(predictor=True),
    "hybrid": build.hybrid,
    "linearized": build.early_first_section,
}


def labelled(data: bytes, label: Label = LABEL) -> bytes:
    source = Source.of_bytes(data)
    return b"".join(pdf.plan(source, label).blocks(source))


def read(data: bytes, limits: Limits | None = None) -> Contents:
    return pdf.contents(Source.of_bytes(data, limits or Limits()))


def found(data: bytes) -> list[tuple[str, str]]:
    return [(one.place, one.text) for one in read(data).found]
