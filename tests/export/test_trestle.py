"""compliance-trestle, a tool for OSCAL that is not ours, reads our catalogs with its models and checks."""

from __future__ import annotations

import argparse
import datetime as dt
import json
from typing import Any

import pytest

pytest.importorskip(
    "trestle", reason="compliance-trestle has an environment of its own: `make outside`, as .ci/run does"
)

from pydantic import ValidationError
from trestle.core.catalog.catalog_interface import CatalogInterface
from trestle.core.validator_factory import validator_factory
from trestle.oscal.catalog import Model

from guiju.engine.collection import Rulebooks
from guiju.engine.rulebook import load_rulebooks
from guiju.export.oscal import as_oscal

from .cats import DAY, small

LAWS = [(load_rulebooks(), "mail4"), (load_rulebooks(), "genai"), (small(), "cats"), (small(), "dogs")]
ALL_CHECKS = validator_factory.get(argparse.Namespace(mode="all"))


def instant(document: dict[str, Any]) -> dt.datetime:
    return dt.datetime.fromisoformat(document["catalog"]["metadata"].pop("last-modified"))


@pytest.mark.parametrize(("books", "law"), LAWS, ids=[law for _, law in LAWS])
def test_trestle_accepts_a_catalog_and_gives_back_the_same(books: Rulebooks, law: str) -> None:
    written = as_oscal(books, law, DAY)
    read = Model.model_validate_json(written)
    assert ALL_CHECKS.model_is_valid(read.catalog, quiet=True)
    ours, theirs = json.loads(written), json.loads(read.model_dump_json(by_alias=True, exclude_none=True))
    assert instant(ours) == instant(theirs)
    assert ours == theirs


@pytest.mark.parametrize(("books", "law"), LAWS, ids=[law for _, law in LAWS])
def test_trestle_finds_every_norm(books: Rulebooks, law: str) -> None:
    interface = CatalogInterface(Model.model_validate_json(as_oscal(books, law, DAY)).catalog)
    assert interface.get_count_of_controls_in_catalog(True) == len(books.book(law).norms)


@pytest.mark.parametrize(
    ("written", "instead"),
    [
        ('"id": "cats-2.1"', '"id": "2.1 cats"'),
        ('"oscal-version"', '"oscalversion"'),
        ('"rel": "breach"', '"relation": "breach"'),
        ('"value": "keeper"', '"value": ""'),
    ],
)
def test_trestle_would_notice_a_mistake(written: str, instead: str) -> None:
    document = as_oscal(small(), "cats", DAY)
    assert written in document
    with pytest.raises(ValidationError):
        Model.model_validate_json(document.replace(written, instead))
