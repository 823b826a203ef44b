"""OOXML labels as python-docx, openpyxl, python-pptx and ExifTool read them, in files that the first three wrote."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from guiju import label as labels
from guiju.label.fields import Label
from tests.label.outside.document_tags import exiftool_tags, needs_exiftool

docx = pytest.importorskip("docx", reason="read in `make outside`")
openpyxl = pytest.importorskip("openpyxl", reason="read in `make outside`")
pptx = pytest.importorskip("pptx", reason="read in `make outside`")

LABEL = Label.by_generator("001191110000100006XXXX100000", "42<&>'")
TEXT = "人工智能生成 text"


def document() -> bytes:
    made = docx.Document()
    made.add_paragraph(TEXT)
    made.core_properties.title = "标题"
    return saved(made.save)


def workbook() -> bytes:
    made = openpyxl.Workbook()
    made.active["A1"] = TEXT
    return saved(made.save)


def workbook_with_properties() -> bytes:
    made = openpyxl.Workbook()
    made.active["A1"] = TEXT
    made.custom_doc_props.append(openpyxl.packaging.custom.StringProperty(name="Client", value="甲方"))
    return saved(made.save)


def presentation() -> bytes:
    made = pptx.Presentation()
    made.slides.add_slide(made.slide_layouts[0]).shapes.title.text = TEXT
    return saved(made.save)


def saved(save: Callable[[io.BytesIO], object]) -> bytes:
    out = io.BytesIO()
    save(out)
    return out.getvalue()


def text_of(path: Path) -> object:
    if path.suffix == ".docx":
        return docx.Document(path).paragraphs[0].text
    if path.suffix == ".xlsx":
        return openpyxl.load_workbook(path).active["A1"].value
    return pptx.Presentation(path).slides[0].shapes.title.text


MADE = {
    "one.docx": document,
    "one.xlsx": workbook,
    "two.xlsx": workbook_with_properties,
    "one.pptx": presentation,
}


@pytest.fixture(params=MADE)
def path(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    found = tmp_path / str(request.param)
    found.write_bytes(MADE[found.name]())
    return found


def test_the_program_that_wrote_the_file_opens_it_with_its_text(path: Path) -> None:
    labels.write(path, LABEL)
    assert text_of(path) == TEXT
    assert labels.verify(path).places == ("ooxml:custom",)


def test_all_other_parts_stay(path: Path) -> None:
    before = {one: zipfile.ZipFile(path).read(one) for one in zipfile.ZipFile(path).namelist()}
    labels.write(path, LABEL)
    with zipfile.ZipFile(path) as archive:
        changed = {one for one in archive.namelist() if archive.read(one) != before.get(one)}
    assert changed <= {"docProps/custom.xml", "[Content_Types].xml", "_rels/.rels"}


def test_openpyxl_reads_label_and_older_properties(tmp_path: Path) -> None:
    path = tmp_path / "two.xlsx"
    path.write_bytes(workbook_with_properties())
    labels.write(path, LABEL)
    properties = openpyxl.load_workbook(path).custom_doc_props
    assert {one: properties[one].value for one in properties.names} == {"Client": "甲方", "AIGC": LABEL.bare()}


def test_our_reader_reads_what_openpyxl_wrote(tmp_path: Path) -> None:
    path = tmp_path / "three.xlsx"
    made = openpyxl.Workbook()
    made.custom_doc_props.append(openpyxl.packaging.custom.StringProperty(name="AIGC", value=LABEL.bare()))
    made.save(path)
    assert labels.read(path).occurrences[0].text == LABEL.bare()


def test_the_label_survives_opening_and_saving_in_python_docx(tmp_path: Path) -> None:
    path = tmp_path / "one.docx"
    path.write_bytes(document())
    labels.write(path, LABEL)
    docx.Document(path).save(path)
    assert labels.read(path).occurrences[0].text == LABEL.bare()


@needs_exiftool
def test_exiftool_reads_the_label(path: Path) -> None:
    labels.write(path, LABEL)
    assert exiftool_tags(path)["XML:AIGC"] == LABEL.bare()
