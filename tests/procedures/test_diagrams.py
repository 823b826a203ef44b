"""Drawings: made from the data, readable without colour, told to screen readers, no label upon another."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from itertools import combinations

import pytest

from guiju.procedures.diagram import mermaid, svg
from guiju.procedures.diagram.layout import lay_out, measure
from tests.procedures.at_hand import PERMIT, every_key, loaded

SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("key", every_key())
def test_no_label_lies_upon_another_and_none_leaves_the_picture(key: str, lang: str) -> None:
    kind = loaded(key)
    root = ET.fromstring(svg(kind, lang))
    texts = []
    for text in root.iter(f"{SVG}text"):
        size, x, y = float(text.get("font-size", "0")), float(text.get("x", "0")), float(text.get("y", "0"))
        width = measure(text.text or "", size)
        left = x - width if text.get("text-anchor") == "end" else x
        texts.append((left, y - size * 0.8, left + width, y + size * 0.2))
    for a, b in combinations(texts, 2):
        assert a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]
    width, height = float(root.get("width", "0")), float(root.get("height", "0"))
    assert all(left >= 0 and top >= 0 and right <= width and bottom <= height for left, top, right, bottom in texts)


@pytest.mark.parametrize("key", every_key())
def test_arrows_to_different_states_never_share_a_piece_of_lane(key: str) -> None:
    kind = loaded(key)
    layout = lay_out(kind, "en")
    spans: dict[int, list[tuple[float, float]]] = {}
    for target, lane in layout.lanes.items():
        box = layout.boxes[target]
        heights = [row.y for other in layout.boxes.values() for row in other.rows if row.target == target]
        spans.setdefault(lane, []).append((min(*heights, box.middle), max(*heights, box.middle)))
    for found in spans.values():
        assert all(a[1] < b[0] or b[1] < a[0] for a, b in combinations(found, 2))


def test_screen_readers_are_told_every_state_and_act() -> None:
    root = ET.fromstring(svg(PERMIT, "en", current="waiting"))
    assert root.get("role") == "img"
    assert root.find(f"{SVG}title").text == "Permit (for tests)"  # type: ignore[union-attr]
    told = root.find(f"{SVG}desc").text or ""  # type: ignore[union-attr]
    for state in PERMIT.states.values():
        assert state.label.en in told
    assert "awaiting supplement (here): supply (applicant) → accepted" in told


def test_the_current_state_is_lit_up_without_colour_alone() -> None:
    lit, plain = svg(PERMIT, "zh", current="waiting"), svg(PERMIT, "zh")
    assert lit.count("▶ 当前") == 1
    assert 'stroke-width="3.5"' in lit
    assert "当前" not in plain


def test_mermaid_names_every_state_and_arrow() -> None:
    text = mermaid(PERMIT, "en", current="accepted")
    assert text.startswith('---\ntitle: "Permit (for tests)"\n---\nstateDiagram-v2\n')
    assert '    state "accepted (here)" as accepted' in text
    assert "    [*] --> draft" in text
    assert "    accepted --> waiting : ask for a supplement (reviewer)" in text
    assert "    expired --> [*]" in text
