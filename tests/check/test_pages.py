"""Each code has a page that says what it means, in both languages, and the overview lists them all."""

from pathlib import Path

import pytest

from guiju.check.codes import CODES

DOCS = Path(__file__).parents[2] / "docs"


@pytest.mark.parametrize("code", CODES)
def test_page(code: str) -> None:
    page = (DOCS / "checks" / f"{code}.md").read_text("utf-8")
    known = CODES[code]
    assert page.startswith(f"# {code}: {known.title.zh} · {known.title.en}\n")
    assert f"**{known.severity}**" in page
    assert "## 中文" in page
    assert "## English" in page


def test_no_page_without_a_code() -> None:
    assert {path.stem for path in (DOCS / "checks").glob("*.md")} == set(CODES)


def test_overview_links_to_every_page() -> None:
    overview = (DOCS / "checks.md").read_text("utf-8")
    assert [code for code in CODES if f"(checks/{code}.md)" not in overview] == []
