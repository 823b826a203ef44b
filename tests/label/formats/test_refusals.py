"""Kinds of files without a writer: a stable code, the reason in both languages, and what to do instead."""

from __future__ import annotations

import io
import zipfile

import pytest

from guiju.label.errors import RefusedError
from guiju.label.formats import MODULES, kind_of
from guiju.label.formats.refusals import REFUSALS, refusal_for
from guiju.label.source import Source

CODES = {
    "text": "no_metadata",
    "svg": "no_defined_place",
    "epub": "no_defined_place",
    "ofd": "place_unknown",
    "uof": "place_unknown",
    "xmind": "place_unknown",
    "zip": "container",
    "doc": "office97",
    "xls": "office97",
    "ppt": "office97",
    "encrypted_office": "encrypted",
    "empty": "empty",
    "unknown": "unknown_kind",
    "never heard of": "unknown_kind",
}


@pytest.mark.parametrize(("kind", "code"), CODES.items())
def test_each_kind_has_its_code(kind: str, code: str) -> None:
    refusal = refusal_for(kind)
    assert isinstance(refusal, RefusedError)
    assert refusal.code == code


@pytest.mark.parametrize("kind", REFUSALS)
def test_every_reason_says_in_both_languages_what_to_do_instead(kind: str) -> None:
    refusal = refusal_for(kind)
    assert "请" in refusal.text("zh")
    assert ";" in refusal.text("en")
    assert not any("\u4e00" <= char <= "\u9fff" for char in refusal.text("en"))


def test_no_kind_is_both_written_and_refused() -> None:
    assert not set(REFUSALS) & set(MODULES)


def test_the_reason_for_plain_text() -> None:
    assert refusal_for("text").text("en") == (
        "plain text has no metadata; only the visible prompt is defined for it (as reproduced, grade C3), and "
        "zero-width characters are no label; put the visible prompt into the content; where a machine has to read it, "
        "keep it in a file beside, or use a format that has a place for it"
    )


@pytest.mark.parametrize(("name", "kind"), [("a.uof", "uof"), ("a.xmind", "xmind"), ("a.ofd", "ofd"), ("a.zip", "zip")])
def test_packages_without_a_known_place_are_told_apart_by_name(name: str, kind: str) -> None:
    package = io.BytesIO()
    with zipfile.ZipFile(package, "w") as out:
        out.writestr("content.json", "{}")
    assert kind_of(Source.of_bytes(package.getvalue()), name) == kind
