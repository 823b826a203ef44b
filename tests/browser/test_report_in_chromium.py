"""The HTML report as people see it: on a phone and a desk, in both languages, on paper."""

from __future__ import annotations

import datetime as dt
import re
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from guiju.assess.assessment import assess
from guiju.assess.report.html import render_html
from guiju.engine.questions import next_questions
from guiju.engine.rulebook import load_rulebooks
from guiju.profiles.profile import Profile, load_profile
from tests.assess.report_pages import with_systems

from .chromium import needs_chromium, needs_poppler, printed, probe

pytestmark = [pytest.mark.browser, needs_chromium]

PHONE, DESK = 360, 1280
SIZES = (1, 3, 40)
LONG = "很长的系统名称" * 12 + "AndLatinWithoutAnySpaces" * 4
HAN = re.compile(r"[\u4e00-\u9fff]")

OPEN_ALL = "document.querySelectorAll('details').forEach(d => { d.open = true; });"
OVERFLOW = """
const right = document.documentElement.clientWidth;
const beyond = [...document.querySelectorAll('body *')]
  .filter(e => e.getClientRects().length && !e.closest('svg') && e.getBoundingClientRect().right > right + 1)
  .filter(e => !e.closest('.skip, thead') && getComputedStyle(e).opacity !== '0');
return {width: innerWidth, page: document.documentElement.scrollWidth, right,
        beyond: beyond.slice(0, 5).map(e => e.outerHTML.slice(0, 120))};
"""
CONTRAST = """
const rgb = c => c.match(/[\\d.]+/g).map(Number);
const light = ([r, g, b]) => [r, g, b].map(v => v / 255)
  .map(v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
  .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
const ground = e => {
  for (; e; e = e.parentElement) {
    const c = rgb(getComputedStyle(e).backgroundColor);
    if (c.length < 4 || c[3] > 0) return c;
  }
  return [255, 255, 255];
};
const poor = {};
for (const e of document.querySelectorAll('body *')) {
  const words = [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim());
  if (!words || !e.getClientRects().length || e.closest('[aria-hidden=true].sign, script, style')) continue;
  const style = getComputedStyle(e);
  const ink = e.closest('svg') ? style.fill : style.color;
  const [a, b] = [light(rgb(ink)), light(ground(e))].sort((x, y) => y - x);
  const ratio = (a + 0.05) / (b + 0.05);
  if (ratio < 4.5) poor[e.tagName + '.' + (e.getAttribute('class') || '')] = ratio.toFixed(2);
}
return poor;
"""
LABELS = """
const out = [];
for (const svg of document.querySelectorAll('figure svg')) {
  if (!svg.getClientRects().length) continue;
  const frame = svg.getBoundingClientRect();
  const boxes = [...svg.querySelectorAll('text')].map(t => [t.textContent.trim(), t.getBoundingClientRect()]);
  boxes.forEach(([text, a], i) => {
    if (a.right > frame.right + 1 || a.left < frame.left - 1) out.push(['outside', text]);
    boxes.slice(i + 1).forEach(([other, b]) => {
      const over = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const under = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (over > 1 && under > 3) out.push([text, other]);
    });
  });
}
return out;
"""
READ = "document.getElementById('lang-%s').checked = true; return document.body.innerText;"


@cache
def report(count: int, lang: str = "en") -> str:
    """A report for an organisation with so many systems, some with long names, late and provisional dates."""
    facts: dict[str, Any] = {
        "in_mainland": True, "used_only_for_research": False, "provides_in_own_name": True, "develops": False,
        "uses": False, "controls_operation": True, "on_negative_list": False, "registered_users": 1_300_000,
    }  # fmt: skip
    organisation = {
        "name": "Example",
        "annual_revenue_rmb": 860_000_000,
        "established_in_mainland": True,
        "is_military": False,
    }
    base = {"organisation": organisation, "systems": [facts], "events": []}
    profile = with_systems(base, count)
    crossed = {"event": "users_exceeded_1m", "date": dt.date(2026, 9, 28), "system": "System 1"}
    ending = {"event": "service_termination_planned", "date": dt.date(2028, 3, 1), "system": "System 1"}
    profile["events"] += [crossed, ending]
    profile["systems"][0]["registered_users"] = 1_300_000
    if count > 1:
        for event in profile["events"]:
            event["system"] = LONG if event["system"] == "System 2" else event["system"]
        profile["systems"][1] |= {"name": LONG, "registered_users": 1_000_000}
    books = load_rulebooks()
    assessment = assess(_read(profile), books, as_of=dt.date(2026, 11, 22))
    return render_html(assessment, lang, next_questions(assessment.cases, assessment.norms))


def _read(profile: dict[str, Any]) -> Profile:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "profile.yaml"
        path.write_text(yaml.safe_dump(profile, allow_unicode=True), "utf-8")
        return load_profile(path, load_rulebooks())


@pytest.mark.parametrize("width", [PHONE, DESK])
@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("count", SIZES)
def test_nothing_sticks_out_sideways(count: int, lang: str, width: int) -> None:
    seen = probe(report(count, lang), OPEN_ALL + OVERFLOW, width=width)
    assert seen["width"] == width
    assert seen["page"] <= seen["right"]
    assert seen["beyond"] == []


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_every_text_has_enough_contrast(width: int) -> None:
    assert probe(report(3), OPEN_ALL + CONTRAST, width=width) == {}


@pytest.mark.parametrize("width", [PHONE, DESK])
@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("count", SIZES)
def test_no_two_labels_of_the_timeline_overlap(count: int, lang: str, width: int) -> None:
    assert probe(report(count, lang), LABELS, width=width) == []


@pytest.mark.parametrize("opened", ["zh", "en"])
def test_the_switch_shows_one_language_at_a_time(opened: str) -> None:
    english = probe(report(1, opened), READ % "en", width=DESK)
    chinese = probe(report(1, opened), READ % "zh", width=DESK)
    assert "Duties and prohibitions" in english
    assert not HAN.search(english.replace("中文", ""))
    assert "义务与禁止" in chinese
    assert "Duties" not in chinese


@needs_poppler
@pytest.mark.parametrize("count", [1, 3])
def test_it_prints_with_its_name_on_every_sheet_and_the_folds_open(count: int) -> None:
    sheets = printed(report(count))
    assert len(sheets) > 3
    assert all("Example · 2026-11-22" in sheet for sheet in sheets)
    assert all(f"{n} / {len(sheets)}" in sheet for n, sheet in enumerate(sheets, 1))
    text = " ".join(" ".join(sheets).split())
    assert "10 working days from 2026-09-28" in text
    assert "What does not apply" in text
    assert "中文" not in text
