"""The gallery as people see it: rules of accessibility, a phone and a desk, paper, a strict policy, no scripts."""

from __future__ import annotations

from functools import cache

import pytest
from django.test import Client

from tests.browser.chromium import needs_chromium, needs_poppler
from tests.portal_look.browser import measure, needs_axe, printed, served, visit

pytestmark = [pytest.mark.browser, needs_chromium]

WIDTHS = (320, 800, 1280)
LANGUAGES = ("zh-hans", "en")
OPEN_ALL = "document.querySelectorAll('details').forEach(d => { d.open = true; });"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
RULES = """
const found = await axe.run(document, {
  runOnly: {type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']},
  resultTypes: ['violations', 'incomplete'],
});
const told = kind => kind.map(rule => [rule.id, rule.nodes.slice(0, 4).map(node => node.html.slice(0, 160))]);
return {broken: told(found.violations), unsure: told(found.incomplete), passed: found.passes.length};
"""
OVERFLOW = """
const right = document.documentElement.clientWidth;
const beyond = [...document.querySelectorAll('body *')]
  .filter(e => e.getClientRects().length && e.getBoundingClientRect().right > right + 1)
  .filter(e => !e.closest('.gj-skip, .gj-hidden, thead, svg'));
return {width: innerWidth, page: document.documentElement.scrollWidth,
        beyond: beyond.slice(0, 5).map(e => e.outerHTML.slice(0, 120))};
"""
SMALL = """
const small = [...document.querySelectorAll('button, input, select, textarea, summary, .gj-button, .gj-pagination a')]
  .filter(e => e.getClientRects().length && e.type !== 'hidden')
  .filter(e => { const box = e.getBoundingClientRect(); return box.width < 24 || box.height < 24; });
return small.map(e => e.outerHTML.slice(0, 120));
"""
FOCUS = """
const bare = [];
for (const e of document.querySelectorAll('main a, main button, main input, main select, main textarea, summary')) {
  if (!e.getClientRects().length) continue;
  e.focus({focusVisible: true});
  const style = getComputedStyle(e);
  if (document.activeElement !== e || style.outlineStyle === 'none' || parseFloat(style.outlineWidth) < 2)
    bare.push(e.outerHTML.slice(0, 120));
}
return bare.slice(0, 5);
"""


@cache
def gallery(lang: str, face: str = "authority") -> str:
    content: bytes = Client().get(f"/look/?lang={lang}&face={face}").content
    return content.decode()


@needs_axe
@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_rule_of_accessibility_is_broken(lang: str, width: int) -> None:
    seen = measure(gallery(lang), OPEN_ALL + RULES, width=width, axe=True)
    assert seen["broken"] == []
    assert seen["passed"] > 20


@needs_axe
@pytest.mark.parametrize("face", ["public", "organisation"])
def test_no_face_breaks_a_rule(face: str) -> None:
    assert measure(gallery("zh-hans", face), RULES, width=1280, axe=True)["broken"] == []


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_nothing_sticks_out_sideways(lang: str, width: int) -> None:
    seen = measure(gallery(lang), OPEN_ALL + OVERFLOW, width=width)
    assert seen["width"] == width
    assert seen["page"] <= width
    assert seen["beyond"] == []


def test_what_is_pressed_is_large_enough() -> None:
    assert measure(gallery("zh-hans"), SMALL, width=360) == []


def test_the_focus_is_seen_everywhere() -> None:
    assert measure(gallery("en"), OPEN_ALL + FOCUS, width=1280) == []


@needs_poppler
@pytest.mark.parametrize("lang", LANGUAGES)
def test_on_paper_what_is_folded_is_open_and_menus_are_gone(lang: str) -> None:
    sheets = printed(gallery(lang))
    text = " ".join(" ".join(sheets).split())
    assert all(f"{number}/{len(sheets)}" in "".join(sheet.split()) for number, sheet in enumerate(sheets, 1))
    assert ("The arrangement for 2027" if lang == "en" else "2027 年的放假安排") in text
    assert ("Next page" if lang == "en" else "下一页") not in text


@pytest.mark.parametrize(
    ("act", "led_to"),
    [
        ("document.querySelector('.gj-pagination a[rel=next]').click()", "page=8"),
        ("document.querySelector('.gj-table__sort').click()", "sort=-number"),
        ("document.querySelector('.gj-filter button').click()", "sort=number&q=%E6%98%9F%E6%B2%B3&state=overdue"),
    ],
)
def test_htmx_changes_the_part_that_it_is_told_to_and_the_address(act: str, led_to: str) -> None:
    acting = f"""
    addEventListener('load', () => {{
      document.querySelector('header').dataset.stayed = 'yes';
      document.querySelector('main').dataset.replaced = 'no';
      addEventListener('htmx:afterSettle', () => {{
        const main = document.querySelectorAll('main');
        document.title = [location.search.slice(1), document.querySelector('header').dataset.stayed, main.length,
                          main[0].dataset.replaced ?? 'yes'].join(' ');
      }}, {{once: true}});
      {act};
    }});"""
    with served(POLICY, acting) as site:
        dom, complaints = visit(f"{site}/look/")
    assert complaints == []
    written = led_to.replace("&", "&amp;")
    assert f"<title>{written} yes 1 yes</title>" in dom
    assert f'href="/look/?{written}&amp;lang=' in dom


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_strict_policy_finds_nothing_to_refuse(lang: str) -> None:
    with served(POLICY) as site:
        dom, complaints = visit(f"{site}/look/?lang={lang}")
    assert complaints == []
    assert "<style" not in dom
