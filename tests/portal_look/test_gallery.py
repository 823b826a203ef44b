"""The gallery as a whole: what must hold on every page holds where every component stands at once."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from django.test import Client

from guiju.portal.look import components
from guiju.portal.look.components import Component
from guiju.portal.look.gallery.page import ROOMS
from tests.portal_look.reading import Element, read

HAN = re.compile(r"[\u4e00-\u9fff]")


@pytest.fixture
def page(lang: str) -> Element:
    return read(Client().get(f"/look/?lang={lang}&face=authority").content.decode())


def test_every_component_is_shown() -> None:
    shown = {type(part).__name__ for room in ROOMS for sample in room.samples for part in sample.parts}
    within = {"Htmx", "ProvisionLink"}
    offered = {
        name
        for name in components.__all__
        if isinstance(getattr(components, name), type) and issubclass(getattr(components, name), Component)
    }
    assert offered - shown - within == {"Component", "Field"}


def test_ids_are_unique(page: Element) -> None:
    ids = [one.get("id") for one in page.walk() if one.has("id")]
    assert len(ids) == len(set(ids))
    assert all(ids)


def test_what_points_somewhere_finds_it(page: Element) -> None:
    ids = {one.get("id") for one in page.walk()}
    for one in page.walk():
        for name in ("for", "aria-describedby", "aria-labelledby"):
            assert set(one.get(name).split()) <= ids, one.attributes


def test_every_input_has_a_label(page: Element) -> None:
    named = {one.get("for") for one in page.all("label")}
    for name in ("input", "select", "textarea"):
        for one in page.all(name):
            assert one.get("type") == "hidden" or one.get("id") in named


def test_headings_go_down_one_level_at_a_time(page: Element) -> None:
    levels = [int(one.name[1]) for one in page.one("main").walk() if re.fullmatch(r"h[1-6]", one.name)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_hostile_text_stays_text(page: Element) -> None:
    assert "<script>alert(1)</script>" in page.text
    assert [one.get("src") for one in page.all("script")] == ["/static/look/htmx-2.0.11.min.js"]


def test_pictures_beside_words_are_not_read_out(page: Element) -> None:
    for one in page.all("svg"):
        at: Element | None = one
        while at is not None and at.get("aria-hidden") != "true":
            at = at.parent
        assert at is not None
    assert all(one.get("alt") == "" and one.has("alt") for one in page.all("img"))


def test_english_is_english_throughout() -> None:
    text = read(Client().get("/look/?lang=en&face=authority").content.decode()).one("body").text
    for kept in ("中文", "客服", "星河", "安全评估报告-第一版"):
        text = text.replace(kept, "")
    assert not HAN.findall(text)


def test_chinese_is_chinese_throughout() -> None:
    text = read(Client().get("/look/?lang=zh-hans&face=authority").content.decode()).one("body").text
    kept = r"English|PDF|script|alert|mail4|genai|pdf|docx|ZJ|[KRC]\b|<b>|</b>"
    assert not re.findall(r"[A-Za-z]{2,}", re.sub(kept, "", text))
