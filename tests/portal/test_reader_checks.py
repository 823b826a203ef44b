"""The page of the checks of the law: never made to wait for, told as they are, or told why there are none."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

from guiju.check.codes import G101, G105
from guiju.check.run import check
from guiju.check.serial import to_json
from guiju.engine.rulebook import load_rulebooks
from guiju.law.store import DATA_VARIABLE
from guiju.portal.reader import findings
from tests.portal.reading import read

pytestmark = pytest.mark.usefixtures("tables")


@pytest.fixture(autouse=True)
def own_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(DATA_VARIABLE, str(tmp_path / "empty"))
    monkeypatch.setattr(findings, "place", lambda: tmp_path / "checks" / "found.json")
    return tmp_path / "checks" / "found.json"


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    paths: list[Path] = []
    monkeypatch.setattr(findings, "_work_out_quietly", paths.append)
    return paths


@pytest.fixture(scope="module")
def found() -> str:
    return to_json(check(load_rulebooks(), only=[G101, G105]))


def keep(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True)
    path.write_text(text, "utf-8")


def test_the_first_visit_starts_the_checks_once_and_waits_for_nothing(client: Client, started: list[Path]) -> None:
    for _ in range(3):
        page = read(client.get("/law/checks/?lang=en").content)
        assert "being worked out in the background" in page.text
    assert len(started) == 1


def test_checks_that_were_started_and_never_answered_are_started_again(
    client: Client, started: list[Path], own_place: Path
) -> None:
    import os

    client.get("/law/checks/")
    os.utime(own_place.with_suffix(".started"), (0, 0))
    client.get("/law/checks/")
    assert len(started) == 2


@pytest.mark.parametrize("content", ["", "{", "{}", "[]", '{"skipped": [], "diagnostics": [{}]}'])
def test_damaged_findings_are_made_anew(client: Client, started: list[Path], own_place: Path, content: str) -> None:
    keep(own_place, content)
    assert "后台" in read(client.get("/law/checks/").content).text
    assert len(started) == 1


def test_an_article_does_not_start_them(client: Client, started: list[Path]) -> None:
    assert client.get("/law/mail4/66/").status_code == 200
    assert started == []


def test_without_the_solver_that_is_said(client: Client, monkeypatch: pytest.MonkeyPatch, started: list[Path]) -> None:
    monkeypatch.setattr(findings, "find_spec", lambda _: None)
    for lang, words in (("en", "need the solver z3"), ("zh-hans", "需要求解器 z3")):
        assert words in read(client.get("/law/checks/", {"lang": lang}).content).text
    assert started == []


def test_what_was_found_is_told_with_its_provisions_its_readings_and_a_profile(
    client: Client, own_place: Path, found: str
) -> None:
    keep(own_place, found)
    page = read(client.get("/law/checks/?lang=en").content)
    assert "G101 gap between two norms" in page.text
    assert (
        "only if read like this: With which tier does a service with exactly one million registered users file?"
        in page.text
    )
    assert "registered_users: 1_000_000" in page.text
    assert {"/law/mail4/66/#mail4-66-1", "/law/mail4/66/#mail4-66-2"} <= set(page.links)
    article = read(client.get("/law/mail4/66/?lang=en").content)
    assert "gap between two norms" in article.text
    assert "Nothing was found about this article" in read(client.get("/law/mail4/7/?lang=en").content).text


def test_they_can_be_narrowed_by_code_and_law(client: Client, own_place: Path, found: str) -> None:
    keep(own_place, found)

    def shown(**asked: str) -> set[str]:
        ids = read(client.get("/law/checks/", asked).content).ids
        return {code for code in ("G101", "G105") if code in ids}

    assert shown() == {"G101", "G105"}
    assert shown(code="g101") == {"G101"}
    assert shown(law="genai") == set()


def test_no_page_of_checks_asks_the_database_much(
    client: Client, own_place: Path, found: str, django_queries: Callable[[], list[str]]
) -> None:
    keep(own_place, found)
    client.get("/law/checks/")
    assert len(django_queries()) <= 15


def test_the_place_of_the_findings_changes_with_the_texts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    monkeypatch.setenv(DATA_VARIABLE, str(tmp_path / "own"))
    before = findings.place()
    laws = tmp_path / "own" / "laws"
    laws.mkdir(parents=True)
    (laws / "mail4.zh.4.0.json").write_text("{}")
    assert findings.place() != before
