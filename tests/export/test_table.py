"""The norms as CSV: every program reads the same rows, and no spreadsheet runs a cell."""

from __future__ import annotations

import csv
import io
import shutil
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from guiju.engine.collection import Rulebooks, UnknownNameError
from guiju.engine.rulebook import load_rulebooks
from guiju.export.table import as_csv, harmless
from guiju.export.wording import one_line

from .cats import small

FORMULA_STARTS = "=+-@\t\r＝＋－＠"


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def row(books: Rulebooks, law: str, identifier: str) -> dict[str, str]:
    return next(each for each in rows(as_csv(books, law)) if each["control_id"] == identifier)


def law_with_gist(folder: Path, gist: str) -> Rulebooks:
    """Write the small law with another first gist."""
    shutil.copytree(Path(__file__).parent / "rulebooks", folder)
    file = folder / "cats" / "ch1_general.yaml"
    norms = yaml.safe_load(file.read_text("utf-8"))
    norms[0]["gist"]["en"] = gist
    file.write_text(yaml.safe_dump(norms, allow_unicode=True), "utf-8")
    return load_rulebooks(folder)


def test_a_norm_is_one_row_with_both_languages() -> None:
    duty = row(small(), "cats", "cats-3.1-report")
    assert {name: value for name, value in duty.items() if value} == {
        "law": "cats",
        "chapter": "2",
        "address": "cats:3.1",
        "id": "report",
        "control_id": "cats-3.1-report",
        "citation_zh": "《猫法》第三条第一款",
        "citation_en": "Article 3, paragraph 1, Cat Law",
        "kind": "duty",
        "subject": "system",
        "bearer": "keeper",
        "bearer_zh": "饲养者",
        "bearer_en": "keeper",
        "toward": "town",
        "toward_zh": "镇政府",
        "toward_en": "town",
        "stage": "running",
        "procedure": "reporting",
        "gist_zh": "大户应报告。",
        "gist_en": "A big keeper reports.",
        "condition": 'big_keeper and (cats > 20 or reading("small") == "too") and not is_zoo',
        "scope": "in_town",
        "deadline": "within 10 working days after adopted",
        "retention": "at least 2 years after reported",
        "fulfilled_by": "happened(reported)",
        "breach": "cats:4; dogs:1.1",
        "readings": "small",
        "file": "cats/ch2_duties.yaml",
        "line": "1",
    }


@pytest.mark.parametrize(
    ("norm", "column", "said"),
    [
        ("cats-2.1", "condition", "feeds and cats >= 10"),
        ("cats-2.1", "defines", "big_keeper"),
        ("cats-3.2.1", "part_of", "cats:3.2"),
        ("cats-4.1-fine", "fines", "organisation: 1000 to 20000 yuan, or up to 2.5 % of revenue"),
        ("cats-4.1-fine", "exempted_by", "cats:5.1"),
        ("cats-4.2-damages", "amounts", "damages: least 500, most (3 * revenue), floor revenue"),
        ("cats-5.1", "exempts", "cats:4"),
        ("cats-6.1", "judgement_en", "None."),
        ("cats-6.1", "chapter", ""),
    ],
)
def test_what_only_some_norms_have_stands_in_its_column(norm: str, column: str, said: str) -> None:
    assert row(small(), "cats", norm)[column] == said


def test_several_clocks_say_under_which_reading_each_holds() -> None:
    assert row(load_rulebooks(), "mail4", "mail4-45.4")["deadline"] == (
        "at least 6 months before licence_expires (renewal_window=at_least_six_months_before); "
        "from 6 months before licence_expires (renewal_window=within_last_six_months)"
    )


@pytest.mark.parametrize("law", ["mail4", "genai"])
def test_every_norm_of_the_real_laws_is_there_in_order_and_unaltered(law: str) -> None:
    books = load_rulebooks()
    norms, found = books.book(law).norms, rows(as_csv(books, law))
    assert [(each["address"], each["id"]) for each in found] == [(norm.place, norm.id) for norm in norms]
    assert [each["gist_zh"] for each in found] == [norm.gist.zh.strip() for norm in norms]
    assert not [cell for each in found for cell in each.values() if cell.startswith("'")]


def test_rows_end_as_rfc_4180_wants_and_every_cell_is_quoted() -> None:
    text = as_csv(small(), "cats")
    assert text.endswith('"\r\n')
    assert text.count("\n") == text.count("\r\n") == 1 + len(small().book("cats").norms)
    assert all(line.startswith('"') and line.endswith('"') for line in text.split("\r\n")[:-1])


def test_the_mark_for_spreadsheets_is_written_only_on_request() -> None:
    plain, marked = as_csv(small(), "cats"), as_csv(small(), "cats", bom=True)
    assert marked == "\ufeff" + plain
    assert marked.encode().startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize(
    ("gist", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("＝1", "'＝1"),
        ("\t=1", "'=1"),
        ('=HYPERLINK("http://x","y")', '\'=HYPERLINK("http://x","y")'),
        ("1 = 1", "1 = 1"),
        ("a; =1", "a; =1"),
        ("over\ntwo lines", "over two lines"),
    ],
)
def test_what_a_spreadsheet_would_calculate_gets_an_apostrophe(gist: str, cell: str, tmp_path: Path) -> None:
    books = law_with_gist(tmp_path / "laws", gist)
    assert row(books, "cats", "cats-1.1")["gist_en"] == cell


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).filter(str.strip))
def test_no_cell_begins_like_a_formula_and_every_reader_gets_one_row(gist: str) -> None:
    cell = harmless(one_line(gist))
    assert not cell.startswith(tuple(FORMULA_STARTS))
    assert cell.removeprefix("'") == one_line(gist).removeprefix("'")


def test_a_law_that_is_not_there_is_told_with_those_that_are() -> None:
    with pytest.raises(UnknownNameError, match="there is no rulebook `fish`; there are: cats, dogs"):
        as_csv(small(), "fish")
