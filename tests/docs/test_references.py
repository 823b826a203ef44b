"""What the docs point to is there: pages, headings, pictures, tests; and the list of settings is whole."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md")])
LARGEST_PICTURE = 150_000
_LINK = re.compile(r"(!?)\[([^\]]*)\]\(([^)\s]+)\)")
_TEST = re.compile(r"`(?:tests/([\w/]+)/)?(test_\w+)(?:\.py)?`")
_SETTING = re.compile(r"GUIJU_[A-Z_]*[A-Z]\b")
_NOT_THE_PORTALS = {"GUIJU_TEST_POSTGRES", "GUIJU_BENCH_CASES", "GUIJU_OUTSIDE", "GUIJU_EXIFTOOL"}


def anchors(page: Path) -> set[str]:
    """The headings of a page as links name them."""
    headings = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", one.lower()).replace(" ", "-") for one in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere_and_pictures_are_described(page: Path) -> None:
    for picture, words, target in _LINK.findall(page.read_text("utf-8")):
        if "://" in target or target.startswith("mailto:"):
            continue
        name, _, anchor = target.partition("#")
        found = (page.parent / name).resolve() if name else page
        assert found.exists(), f"{page.name}: {target}"
        assert not anchor or anchor in anchors(found), f"{page.name}: {target}"
        assert words.strip() or not picture, f"{page.name}: {target} is not described"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_tests_that_are_named_exist(page: Path) -> None:
    everywhere = {path.stem for path in (ROOT / "tests").rglob("test_*.py")}
    for folder, name in _TEST.findall(page.read_text("utf-8")):
        assert name in everywhere, f"{page.name}: {name}"
        assert not folder or (ROOT / "tests" / folder / f"{name}.py").exists(), f"{page.name}: {folder}/{name}"


def test_pictures_of_the_portal_stay_small() -> None:
    pictures = sorted((ROOT / "docs/images").glob("portal-*.png"))
    assert pictures
    assert [one.name for one in pictures if one.stat().st_size >= LARGEST_PICTURE] == []


def test_every_setting_of_the_portal_is_listed() -> None:
    listed = (ROOT / "docs/portal.md").read_text("utf-8")
    sources = [*(ROOT / "src/guiju/portal").rglob("*.py"), ROOT / "deploy/guiju.env.example"]
    named = {name for path in sources for name in _SETTING.findall(path.read_text("utf-8"))} - _NOT_THE_PORTALS
    assert sorted(name for name in named if f"`{name}`" not in listed) == []
