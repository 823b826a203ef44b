"""Every page that somebody can reach by links, wide and narrow, in both languages: rules of accessibility, no page wider
than its window, one heading, no complaint of the browser. What no link leads to is told, and must have a reason."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest

from tests.portal import conftest as portal  # noqa: F401  (loads the site's addresses)
from tests.portal_browser.conftest import Site, Visitor
from tests.portal_look.browser import AXE

pytestmark = pytest.mark.browser
LANGUAGES = {"zh": "zh-hans", "en": "en"}
ROLES: dict[str, str | None] = {
    "visitor": None, "newcomer": "newcomer", "owner": "owner", "reviewer": "reviewer", "head": "head",
    "administrator": "administrator",
}  # fmt: skip
EACH_ROUTE = 2
"""So many addresses of one route are looked at for each role; more would be the same page with other data."""
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
NOT_FOLLOWED = re.compile(r"/logout/|/login/\?|\.(pdf|json|csv|ics|svg|png|yaml|txt|html|zip)(\?|$)|/static/|^mailto:")
CHECK = """async tags => {
  const found = await axe.run(document, {runOnly: tags, resultTypes: ["violations"]});
  return {
    violations: found.violations.map(one => one.id + ": " + one.nodes.map(node => node.target.join(" ")).join("; ")),
    headings: document.querySelectorAll("h1").length,
    title: document.title,
    lang: document.documentElement.lang,
    links: [...document.querySelectorAll("main a[href], nav a[href], footer a[href]")].map(one => one.href),
    ids: [...document.querySelectorAll("[id]")].map(one => one.id),
  };
}"""
WIDTH = "() => [document.documentElement.scrollWidth, innerWidth]"


@dataclass
class Walk:
    """What was seen, and what is wrong with it."""

    seen: dict[str, set[str]] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)


def route_of(address: str) -> str:
    from django.urls import Resolver404, resolve

    try:
        return resolve(urlsplit(address).path).view_name
    except Resolver404:
        return ""


def without_language(address: str) -> str:
    parts = urlsplit(address)
    query = urlencode([(name, value) for name, value in parse_qsl(parts.query) if name != "lang"])
    return f"{parts.path}?{query}" if query else parts.path


def walk(one: Visitor, site: Site, language: str, walked: Walk) -> None:
    """Follow links from the first page, each route a few times."""
    counted: dict[str, int] = {}
    waiting, known = deque(["/", "/places/"]), {"/", "/places/"}
    while waiting:
        path = waiting.popleft()
        route = route_of(path)
        if not route:
            walked.faults.append(f"{path}: a link leads to what is not there")
            continue
        if counted.get(route, 0) >= EACH_ROUTE:
            continue
        counted[route] = counted.get(route, 0) + 1
        joined = f"{path}{'&' if '?' in path else '?'}lang={LANGUAGES[language]}"
        for address in looked_at(one, joined, language, walked, route):
            found = without_language(address)
            outside = not address.startswith(site.base) or NOT_FOLLOWED.search(address.removeprefix(site.base))
            if not outside and found not in known:
                known.add(found)
                waiting.append(found)


def looked_at(one: Visitor, path: str, language: str, walked: Walk, route: str) -> list[str]:
    one.page.set_viewport_size({"width": 1280, "height": 900})
    answer = one.goto(path)
    status = answer.status
    if status >= 400:
        walked.faults.append(f"{path}: {status}")
        return []
    if "html" not in answer.headers.get("content-type", ""):
        return []
    walked.seen.setdefault(route_of(one.page.url), set()).add(language)
    walked.seen.setdefault(route, set()).add(language)
    one.page.evaluate(AXE.read_text("utf-8"))
    seen: dict[str, Any] = one.page.evaluate(CHECK, TAGS)
    faults = list(seen["violations"])
    faults += [f"{seen['headings']} headings of the first level"] if seen["headings"] != 1 else []
    faults += ["no title"] if len(seen["title"].split("·")[0].strip()) == 0 else []
    faults += [f"language {seen['lang']}"] if not seen["lang"].startswith(language) else []
    twice = sorted({name for name in seen["ids"] if seen["ids"].count(name) > 1})
    faults += [f"ids twice: {twice}"] if twice else []
    for width in (1280, 320):
        one.page.set_viewport_size({"width": width, "height": 900})
        wide, inner = one.page.evaluate(WIDTH)
        faults += [f"{wide} wide in a window of {inner}"] if wide > inner else []
    walked.faults += [f"{path}: {fault}" for fault in faults]
    return list(seen["links"])


@pytest.fixture(scope="module")
def walked() -> Iterator[Walk]:
    yield Walk()


@pytest.mark.parametrize("language", list(LANGUAGES))
@pytest.mark.parametrize("role", list(ROLES))
def test_every_page_that_links_lead_to(
    role: str, language: str, visitor: Callable[..., Visitor], site: Site, walked: Walk
) -> None:
    one, before = visitor(language), len(walked.faults)
    key = ROLES[role]
    if key is not None:
        one.log_in(site.of_role(key))
    walk(one, site, language, walked)
    assert not walked.faults[before:], "\n".join(walked.faults[before:])


SEEN_ELSEWHERE: dict[str, str] = {}
"""Routes with pages that no link leads to, and the test in which they are seen."""


def test_no_page_was_left_out(walked: Walk) -> None:
    """Runs after the walks: whatever route a browser can open stands among those seen, in both languages."""
    from guiju.portal.access.matrix import matrix

    if not walked.seen:
        pytest.skip("the walks did not run in this session")
    shown = {route for route, methods in matrix().routes.items() if "GET" in methods}
    missing = {route for route in shown if walked.seen.get(route) != set(LANGUAGES)}
    assert sorted(missing - set(SEEN_ELSEWHERE)) == []


def test_what_is_seen_elsewhere_still_exists() -> None:
    from guiju.portal.access.matrix import matrix

    assert set(SEEN_ELSEWHERE) <= set(matrix().routes)
    assert Path(__file__).with_name("test_thread.py").exists()
