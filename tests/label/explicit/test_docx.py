"""A prompt in a Word document: a paragraph of its own, every other part of the package byte for byte as it was."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from guiju.label import explicit
from guiju.label.errors import LabelError
from guiju.label.explicit.docx import insert
from tests.label.explicit.making import WORD, document, package

LABEL = "AI生成"


@pytest.mark.parametrize(
    ("places", "texts"),
    [
        (("start",), ["AI生成", "one", "two"]),
        (("end",), ["one", "two", "AI生成"]),
        (("start", "end"), ["AI生成", "one", "two", "AI生成"]),
    ],
)
@pytest.mark.parametrize("prefix", ["w", "ns0", ""])
def test_the_paragraph_stands_where_asked(places: tuple[str, ...], texts: list[str], prefix: str) -> None:
    old = document("one", "two", prefix=prefix)
    new = insert(old, LABEL, places)
    assert _paragraphs(new) == texts
    assert insert(new, LABEL, places) == new


def test_the_section_properties_stay_last() -> None:
    body = _body(insert(document("one"), LABEL, ("end",)))
    assert [child.tag.rsplit("}")[-1] for child in body] == ["p", "p", "sectPr"]


def test_other_parts_keep_their_compressed_bytes() -> None:
    old = document("one")
    new = insert(old, LABEL, ("start",))
    assert _raw(old, "word/media/picture.bin") == _raw(new, "word/media/picture.bin")
    with zipfile.ZipFile(io.BytesIO(new)) as opened:
        assert opened.testzip() is None


def test_the_rest_of_the_xml_stays_as_it_was() -> None:
    old = _xml(document("one &amp; <!-- kept -->two"))
    new = _xml(insert(document("one &amp; <!-- kept -->two"), LABEL, ("start",)))
    assert new.replace(b"<w:p><w:r><w:t>AI\xe7\x94\x9f\xe6\x88\x90</w:t></w:r></w:p>", b"") == old


def test_an_empty_document_takes_a_label() -> None:
    assert _paragraphs(insert(document(section=False), LABEL, ("start", "end"))) == [LABEL]


def test_a_hidden_paragraph_is_no_label(tmp_path: Path) -> None:
    hidden = "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>AI生成</w:t></w:r></w:p>"
    path = tmp_path / "a.docx"
    path.write_bytes(document("content", extra=hidden))
    assert [finding.ok for finding in explicit.check(path)] == [False]


def test_a_signed_document_is_refused() -> None:
    signed = package({"word/document.xml": _xml(document("x")), "_xmlsignatures/sig1.xml": b"<Signature/>"})
    with pytest.raises(explicit.ExplicitLabelError, match="signed"):
        insert(signed, LABEL, ("start",))


@pytest.mark.parametrize(
    "xml",
    [
        b"<w:document",
        b"<!DOCTYPE d [<!ENTITY a 'b'>]><d>&a;</d>",
        f"<w:document xmlns:w='{WORD}'/>".encode(),
        f"<w:document xmlns:w='{WORD}'><w:body/></w:document>".encode(),
        "<?xml version='1.0' encoding='UTF-16'?><d/>".encode("utf-16"),
        b"<d>" * 300 + b"</d>" * 300,
    ],
)
def test_xml_that_cannot_be_read_reliably_is_refused(xml: bytes) -> None:
    with pytest.raises(LabelError, match=r"cannot be read reliably|damaged"):
        insert(package({"word/document.xml": xml}), LABEL, ("end",))


def _body(content: bytes) -> ET.Element:
    body = ET.fromstring(_xml(content)).find(f"{{{WORD}}}body")
    assert body is not None
    return body


def _paragraphs(content: bytes) -> list[str]:
    return ["".join(text.text or "" for text in p.iter(f"{{{WORD}}}t")) for p in _body(content).findall(f"{{{WORD}}}p")]


def _xml(content: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        return opened.read("word/document.xml")


def _raw(content: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        info = opened.getinfo(name)
    return content[info.header_offset : info.header_offset + 30 + len(name) + info.compress_size]
