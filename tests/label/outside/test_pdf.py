"""PDF labels as MuPDF, qpdf (pikepdf), ExifTool and Poppler read them, in files that the first two wrote."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from guiju import label as labels
from guiju.label.fields import Label
from guiju.label.formats import xmp
from guiju.label.formats.documents import pdf
from guiju.label.source import Source
from tests.label.formats import build_pdf as build
from tests.label.outside.document_tags import exiftool_tags, needs_exiftool

pymupdf = pytest.importorskip("pymupdf", reason="read in `make outside`")
pikepdf = pytest.importorskip("pikepdf", reason="read in `make outside`")

LABEL = Label.by_generator("001191110000100006XXXX100000", r"42(\)")
OTHER = LABEL.propagated("platform", "7")
PAGES = 20


def mupdf(**options: int) -> bytes:
    document = pymupdf.open()
    for number in range(PAGES):
        document.new_page().insert_text((72, 72), f"page {number}")
    document.set_metadata({"title": "标题", "author": "A (B)"})
    document.set_xml_metadata(xmp.without(xmp.merged(None, "")).decode())
    written: bytes = document.tobytes(**options)
    return written


def qpdf(*, without_info: bool = False, **options: object) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(mupdf())) as document:
        if without_info:
            del document.trailer.Info
        document.save(out, **options)
    return out.getvalue()


WRITERS: dict[str, Callable[[], bytes]] = {
    "mupdf": mupdf,
    "mupdf with object streams": lambda: mupdf(use_objstms=1, deflate=1),
    "qpdf linearized": lambda: qpdf(linearize=True),
    "qpdf linearized with object streams": lambda: qpdf(
        linearize=True, object_stream_mode=pikepdf.ObjectStreamMode.generate
    ),
    "qpdf without Info": lambda: qpdf(without_info=True),
    "ours, hybrid": build.hybrid,
    "ours, table first": build.early_first_section,
}
every_writer = pytest.mark.parametrize("writer", WRITERS)


def labelled(data: bytes, label: Label = LABEL) -> bytes:
    source = Source.of_bytes(data)
    return b"".join(pdf.plan(source, label).blocks(source))


@every_writer
def test_mupdf_reads_label_title_and_pages_without_repairing(writer: str) -> None:
    old = WRITERS[writer]()
    for new, label in ((labelled(old), LABEL), (labelled(labelled(old), OTHER), OTHER)):
        before, after = pymupdf.open(stream=old), pymupdf.open(stream=new)
        assert not after.is_repaired
        info = int(after.xref_get_key(-1, "Info")[1].split()[0])
        assert after.xref_get_key(info, "AIGC") == ("string", label.bare())
        assert after.metadata["title"] == before.metadata["title"]
        assert [page.get_text() for page in after] == [page.get_text() for page in before]


@every_writer
def test_qpdf_reads_label_title_and_content_and_finds_no_fault(writer: str) -> None:
    old = WRITERS[writer]()
    with pikepdf.open(io.BytesIO(old)) as before, pikepdf.open(io.BytesIO(labelled(labelled(old), OTHER))) as after:
        assert str(after.docinfo["/AIGC"]) == OTHER.bare()
        assert faults(after) == faults(before)
        kept = {key: str(value) for key, value in after.docinfo.items() if key != "/AIGC"}
        assert kept == {key: str(value) for key, value in before.docinfo.items()}
        assert contents(after) == contents(before)


def contents(document: Any) -> list[bytes]:
    return [pikepdf.unparse_content_stream(pikepdf.parse_content_stream(page)) for page in document.pages]


def faults(document: Any) -> list[str]:
    return [fault.partition(">: ")[2] for fault in document.check_pdf_syntax()]


@needs_exiftool
@every_writer
def test_exiftool_reads_the_label(writer: str, tmp_path: Path) -> None:
    path = tmp_path / "labelled.pdf"
    path.write_bytes(labelled(WRITERS[writer]()))
    assert exiftool_tags(path)["PDF:AIGC"] == LABEL.bare()


def test_our_reader_reads_what_mupdf_wrote_in_its_own_increment(tmp_path: Path) -> None:
    path = tmp_path / "file.pdf"
    path.write_bytes(mupdf())
    document = pymupdf.open(path)
    info = int(document.xref_get_key(-1, "Info")[1].split()[0])
    document.xref_set_key(info, "AIGC", pymupdf.get_pdf_str(LABEL.bare()))
    document.saveIncr()
    assert labels.verify(path).status == labels.VALID


@pytest.mark.parametrize("password", ["", "secret"])
def test_a_file_that_qpdf_encrypted_is_undecided_and_stays_as_it_is(password: str, tmp_path: Path) -> None:
    path = tmp_path / "file.pdf"
    old = qpdf(encryption=pikepdf.Encryption(owner="owner", user=password))
    path.write_bytes(old)
    assert labels.verify(path).status == labels.UNDECIDED
    with pytest.raises(labels.RefusedError) as refused:
        labels.write(path, LABEL)
    assert refused.value.code == "encrypted"
    assert path.read_bytes() == old


def signed() -> bytes:
    """Return a file with a real detached signature over all of it."""
    from cryptography import x509
    from cryptography.hazmat.primitives.asymmetric import rsa
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.serialization import Encoding, pkcs7
    from cryptography.x509.oid import NameOID

    room = 8192
    empty = b"<" + b"0" * room + b">"
    signature = b"<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /adbe.pkcs7.detached /Contents %b /ByteRange [%b] >>"
    field = b"<< /FT /Sig /T (s) /V 9 0 R /Type /Annot /Subtype /Widget /Rect [0 0 0 0] /P 3 0 R >>"
    form = b"/AcroForm << /SigFlags 3 /Fields [8 0 R] >>"
    data = build.with_table(build.objects(catalog=form) | {8: field, 9: signature % (empty, b" " * 40)})
    start = data.index(empty)
    end = start + len(empty)
    covered = b"0 %d %d %d" % (start, end, len(data) - end)
    data = data.replace(b" " * 40, covered.ljust(40))
    key = rsa.generate_private_key(65537, 2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "signer")])
    now = datetime.now(UTC)
    builder = x509.CertificateBuilder(name, name, key.public_key(), 1, now, now + timedelta(days=9))
    options = [pkcs7.PKCS7Options.DetachedSignature, pkcs7.PKCS7Options.Binary]
    signing = pkcs7.PKCS7SignatureBuilder().set_data(data[:start] + data[end:])
    signing = signing.add_signer(builder.sign(key, SHA256()), key, SHA256())
    return data.replace(empty, b"<" + signing.sign(Encoding.DER, options).hex().encode().ljust(room, b"0") + b">")


def test_a_signed_file_is_refused_unless_that_is_permitted(tmp_path: Path) -> None:
    path = tmp_path / "signed.pdf"
    path.write_bytes(signed())
    with pytest.raises(labels.RefusedError) as refused:
        labels.write(path, LABEL)
    assert refused.value.code == "signed"
    labels.write(path, LABEL, permission=labels.Permission(break_seals=True))
    assert labels.read(path).occurrences[0].text == LABEL.bare()


@pytest.mark.skipif(not shutil.which("pdfsig"), reason="Poppler's pdfsig is not installed; read in `make outside`")
def test_a_signature_stays_valid_for_its_revision_but_no_longer_covers_the_file(tmp_path: Path) -> None:
    old, new = tmp_path / "signed.pdf", tmp_path / "labelled.pdf"
    old.write_bytes(signed())
    new.write_bytes(labelled(old.read_bytes()))
    before, after = (
        subprocess.run(["pdfsig", "-nocert", str(path)], capture_output=True, text=True, check=False).stdout
        for path in (old, new)
    )
    assert "Signature Validation: Signature is Valid" in before
    assert "Signature Validation: Signature is Valid" in after
    assert "Total document signed" in before
    assert "Not total document signed" in after
