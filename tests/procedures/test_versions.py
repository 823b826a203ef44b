"""Versions: an open case follows its type to the end; a type that is kept does not change unnoticed."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from guiju.calendar.days import prc_calendar
from guiju.procedures.case import Actor, Pin
from guiju.procedures.catalogue import Catalogue
from guiju.procedures.interpret import act, open_case
from guiju.procedures.problems import ProcedureError
from guiju.procedures.standing import replay
from tests.procedures.at_hand import TYPES_FOLDER, lawbook

BOOK = lawbook()
NAME = "notice_of_change"
TODAY = dt.date(2026, 9, 29)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "mail4/procedures"
    folder.mkdir(parents=True)
    text = (TYPES_FOLDER / f"mail4/procedures/{NAME}.yaml").read_text("utf-8")
    (folder / f"{NAME}.yaml").write_text(text, "utf-8")
    return tmp_path


def rewrite(root: Path, old: str, new: str) -> None:
    path = root / f"mail4/procedures/{NAME}.yaml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def test_an_open_case_goes_on_under_its_own_version(root: Path) -> None:
    before = Catalogue(root, BOOK)
    kind = before.get(NAME)
    before.keep(kind)
    case = open_case(kind)
    done = act(case, kind, "submit", Actor("filer"), kind.example, today=TODAY, calendar=prc_calendar())
    assert isinstance(done, tuple)
    case = case.with_events(*done)

    rewrite(root, "version: 1", "version: 2")
    rewrite(root, "{state: submitted, kind: open", "{state: lodged, kind: open")
    text = (root / f"mail4/procedures/{NAME}.yaml").read_text("utf-8").replace("to: submitted", "to: lodged")
    (root / f"mail4/procedures/{NAME}.yaml").write_text(text.replace("from: submitted", "from: lodged"), "utf-8")

    after = Catalogue(root, BOOK)
    assert after.get(NAME).version == 2
    old = after.pinned(case.pin)
    assert old.version == 1
    assert replay(case, old).state == "submitted"
    then, now = (replay(case, one).clocks(prc_calendar(), TODAY) for one in (kind, old))
    assert {name: view.due for name, view in then.items()} == {name: view.due for name, view in now.items()}
    done = act(case, old, "amend", Actor("reviewer"), {}, today=TODAY, calendar=prc_calendar())
    assert isinstance(done, tuple)


def test_a_kept_version_keeps_the_periods_that_it_took_from_the_law(root: Path) -> None:
    types = Catalogue(root, BOOK)
    path = types.keep(types.get(NAME))
    document = json.loads(path.read_text("utf-8"))
    assert document["clocks"][0]["within"] == {"of": "mail4:66.3", "is": "10 working days"}
    kept = types.pinned(Pin("mail4", NAME, 1, types.get(NAME).digest))
    assert kept is types.get(NAME)


def test_a_kept_type_cannot_be_changed_without_a_new_version(root: Path) -> None:
    types = Catalogue(root, BOOK)
    types.keep(types.get(NAME))
    rewrite(root, "en: draft", "en: sketch")
    with pytest.raises(ProcedureError) as caught:
        Catalogue(root, BOOK).get(NAME)
    assert caught.value.text("en") == (
        f"mail4/procedures/{NAME}.yaml:1: C150 version 1 of `{NAME}` is kept with another content\n"
        f"  fix: raise `version`, then keep it: `guiju case keep {NAME}`"
    )
    assert caught.value.text("zh").startswith(f"mail4/procedures/{NAME}.yaml:1: C150 `{NAME}` 第 1 版已存档")


def test_a_comment_changes_nothing(root: Path) -> None:
    types = Catalogue(root, BOOK)
    kind = types.get(NAME)
    types.keep(kind)
    rewrite(root, "version: 1", "version: 1   # the first")
    assert Catalogue(root, BOOK).get(NAME).digest == kind.digest


def test_a_version_that_is_not_at_hand_is_named(root: Path) -> None:
    with pytest.raises(ProcedureError) as caught:
        Catalogue(root, BOOK).pinned(Pin("mail4", NAME, 7, "ab" * 32))
    assert "C152 version 7 of `notice_of_change` with the digest abababababab is not at hand" in caught.value.text("en")
    assert "第 7 版" in caught.value.text("zh")


def test_an_unknown_type_is_refused_with_those_there_are(root: Path) -> None:
    with pytest.raises(ProcedureError) as caught:
        Catalogue(root, BOOK).get("notice_of_chance")
    assert "C151 there is no case type `notice_of_chance`; did you mean `notice_of_change`?" in caught.value.text("en")


def test_a_name_that_two_laws_use_needs_its_law(root: Path) -> None:
    other = root / "genai/procedures"
    other.mkdir(parents=True)
    text = (root / f"mail4/procedures/{NAME}.yaml").read_text("utf-8")
    (other / f"{NAME}.yaml").write_text(text, "utf-8")
    types = Catalogue(root, BOOK)
    assert types.get(f"genai/{NAME}").law == "genai"
    with pytest.raises(ProcedureError) as caught:
        types.get(NAME)
    assert "C153 several laws have a case type `notice_of_change`" in caught.value.text("en")
    assert "fix: name the law as well: genai/notice_of_change, mail4/notice_of_change" in caught.value.text("en")
    assert "不止一部法律" in caught.value.text("zh")


def test_a_faulty_file_of_today_does_not_stop_a_case_of_a_kept_version(root: Path) -> None:
    before = Catalogue(root, BOOK)
    kind = before.get(NAME)
    before.keep(kind)
    case = open_case(kind)
    rewrite(root, "version: 1", "version: 2")
    rewrite(root, "to: submitted", "to: nowhere")
    after = Catalogue(root, BOOK)
    with pytest.raises(ProcedureError, match="nowhere"):
        after.get(NAME)
    assert after.pinned(case.pin).digest == kind.digest


def test_without_a_kept_version_the_fault_of_today_is_told(root: Path) -> None:
    pin = open_case(Catalogue(root, BOOK).get(NAME)).pin
    rewrite(root, "to: submitted", "to: nowhere")
    with pytest.raises(ProcedureError, match="nowhere"):
        Catalogue(root, BOOK).pinned(pin)


def test_a_damaged_kept_file_is_no_version(root: Path) -> None:
    types = Catalogue(root, BOOK)
    types.keep(types.get(NAME)).write_text("{", "utf-8")
    with pytest.raises(ProcedureError, match="C150"):
        Catalogue(root, BOOK).get(NAME)


def test_a_list_needs_the_heads_only(root: Path) -> None:
    rewrite(root, "to: submitted", "to: nowhere")
    (outline,) = Catalogue(root, BOOK).outlines()
    assert (outline.key, outline.version, outline.title.en) == (f"mail4/{NAME}", 1, "Change of a filing")
    rewrite(root, "version: 1", "version: none")
    with pytest.raises(ProcedureError, match="C104"):
        list(Catalogue(root, BOOK).outlines())
