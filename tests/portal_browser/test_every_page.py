"""Every page that somebody can reach by links, wide and narrow, in both languages.

Rules of accessibility hold, no page is wider than its window, each has one heading of the first level, and the browser
complains of nothing. What no link leads to is told, and must have a reason.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from html import unescape
from typing import Any
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

import pytest

from tests.portal import conftest as portal  # noqa: F401  (loads the site's addresses)
from tests.portal_browser.conftest import Site, Visitor
from tests.portal_look.browser import AXE

pytestmark = pytest.mark.browser
LANGUAGES = {"zh": "zh-hans", "en": "en"}
ROLES: dict[str, str | None] = {
    "visitor": None, "person": "zhao_min", "owner": "chen_jing", "filer": "he_xin", "reviewer": "wu_ping",
    "head": "zhang_wei", "administrator": "liu_yang",
}  # fmt: skip
SEEDS = (
    "/", "/places/?all=1", "/account/login/", "/account/signup/", "/account/password/reset/",
    "/account/password/reset/done/", "/account/inactive/", "/account/confirm-email/", "/account/", "/look/",
    "/check/question/?law=genai", "/check/answers/?law=genai&a=is_generative-yes", "/check/dates/?law=genai",
    "/check/result/?law=genai&a=is_generative-yes", "/number/?number=F-330000-2026-000001-A",
    "/registers/?status=registered",
    "/check/why/?law=genai&at=genai:4.1%23provider", "/account/reauthenticate/", "/account/logout/",
)  # fmt: skip
"""Where walks begin: the first page, and pages to which forms and messages lead, not links."""
NOT_PAGES = {
    "duty_file",
    "calendar_feed", "case", "case_diagram", "case_file", "case_letter_pdf", "case_proof", "case_proof_alone",
    "check_file", "download", "draft_file", "entry_badge_picture", "entry_json", "entry_proof", "entry_qr", "health",
    "log_checkpoint", "log_checkpoints_json", "log_former_checkpoint", "log_growth", "log_key", "log_tile", "metrics",
    "mfa_download_recovery_codes", "mfa_login_webauthn", "number_json", "procedure_diagram", "registers_data",
    "robots", "security_contact", "statistics_data",
}  # fmt: skip
"""Routes that answer with data, pictures and files."""
EACH_ROUTE = 2
"""So many addresses of a route are followed for each role, and so many pages of a route looked at on each side of the
site; more would be the same page with other data."""
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
NOT_FOLLOWED = re.compile(r"/logout/|/login/\?|\.(pdf|json|csv|ics|svg|png|yaml|txt|html|zip)(\?|$)|/static/|^mailto:")
CHECK = """async tags => {
  const found = await axe.run(document, {runOnly: tags, resultTypes: ["violations"]});
  return {
    violations: found.violations.map(one => one.id + ": " + one.nodes.map(node => node.target.join(" ")).join("; ")),
    headings: document.querySelectorAll("h1").length,
    title: document.title,
    lang: document.documentElement.lang,
    ids: [...document.querySelectorAll("[id]")].map(one => one.id),
  };
}"""
LINK = re.compile(r'<a [^>]*?href="([^"#]+)')
PAGE = re.compile(r'<body class="([^"]*)"')
WIDTH = "() => [document.documentElement.scrollWidth, innerWidth]"


@dataclass
class Walk:
    """What was seen, and what is wrong with it."""

    seen: dict[str, set[str]] = field(default_factory=dict)
    alike: dict[tuple[str, str, str], int] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)


def route_of(address: str) -> str:
    from django.urls import Resolver404, resolve

    try:
        return str(resolve(urlsplit(address).path).view_name)
    except Resolver404:
        return ""


def without_language(address: str) -> str:
    parts = urlsplit(address)
    query = urlencode([(name, value) for name, value in parse_qsl(parts.query) if name != "lang"])
    return f"{parts.path}?{query}" if query else parts.path


def walk(one: Visitor, site: Site, language: str, walked: Walk) -> None:
    """Follow links from the first page, each route a few times."""
    counted: dict[str, int] = {}
    waiting, known = deque(SEEDS), set(SEEDS)
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
    """Return where the links of a page lead; look at it in the browser unless its like was seen often enough."""
    answer = one.context.request.get(one.site.base + path)
    if answer.status >= 400:
        walked.faults.append(f"{path}: {answer.status}")
        return []
    if "html" not in answer.headers.get("content-type", ""):
        return []
    html = answer.text()
    for shown in (route, route_of(answer.url)):
        walked.seen.setdefault(shown, set()).add(language)
    like = (route_of(answer.url), PAGE.findall(html)[0], language)
    walked.alike[like] = walked.alike.get(like, 0) + 1
    if walked.alike[like] <= EACH_ROUTE:
        one.goto(path)
        walked.faults += [f"{path}: {fault}" for fault in faults_of(one, language)]
    return [urljoin(answer.url, unescape(link)) for link in LINK.findall(html)]


def faults_of(one: Visitor, language: str) -> list[str]:
    """Say what is wrong with the page that is open."""
    one.page.evaluate(AXE.read_text("utf-8"))
    seen: dict[str, Any] = one.page.evaluate(CHECK, TAGS)
    faults = list(seen["violations"])
    faults += [f"{seen['headings']} headings of the first level"] if seen["headings"] != 1 else []
    faults += ["no title"] if len(seen["title"].split("·")[0].strip()) == 0 else []
    faults += [f"language {seen['lang']}"] if not seen["lang"].startswith(language) else []
    twice = sorted({name for name in seen["ids"] if seen["ids"].count(name) > 1})
    faults += [f"ids twice: {twice}"] if twice else []
    for width in (320, 1280):
        one.page.set_viewport_size({"width": width, "height": 900})
        wide, inner = one.page.evaluate(WIDTH)
        faults += [f"{wide} wide in a window of {inner}"] if wide > inner else []
    return faults


@pytest.fixture(scope="module")
def walked() -> Walk:
    return Walk()


@pytest.mark.parametrize("language", list(LANGUAGES))
@pytest.mark.parametrize("role", list(ROLES))
def test_every_page_that_links_lead_to(
    role: str, language: str, visitor: Callable[..., Visitor], site: Site, walked: Walk
) -> None:
    one, before = visitor(language), len(walked.faults)
    key = ROLES[role]
    if key is not None:
        one.log_in(key)
        one.confirm()
    walk(one, site, language, walked)
    assert not walked.faults[before:], "\n".join(walked.faults[before:])


SEEN_ELSEWHERE = {
    "account_confirm_email": "needs the secret of a mail",
    "account_confirm_login_code": "codes by mail are switched off: it leads to the log-in",
    "account_reset_password_from_key": "needs the secret of a mail",
    "account_reset_password_from_key_done": "follows a mail",
    "account_set_password": "for accounts without a password: else it leads to changing it",
    "check_answer": "takes an answer and leads to the next question",
    "join": "needs the secret of a mail",
    "mfa_authenticate": "test_passkey",
    "mfa_deactivate_totp": "needs an authenticator app",
    "mfa_edit_webauthn": "test_passkey",
    "mfa_generate_recovery_codes": "test_passkey",
    "mfa_list_webauthn": "test_passkey",
    "mfa_reauthenticate": "needs an authenticator app",
    "mfa_reauthenticate_webauthn": "needs a passkey in the browser",
    "mfa_remove_webauthn": "test_passkey",
    "mfa_view_recovery_codes": "test_passkey",
    "posting": "confirms a removal; tests/portal/test_desk_offices.py",
}
"""Routes with pages that no walk comes to, and where they are seen or why not."""


def test_no_page_was_left_out(walked: Walk) -> None:
    """Runs after the walks: whatever route a browser can open stands among those seen, in both languages."""
    from guiju.portal.access.matrix import matrix

    if not walked.seen:
        pytest.skip("the walks did not run in this session")
    pages = {route for route, methods in matrix().routes.items() if "GET" in methods} - NOT_PAGES
    missing = sorted(route for route in pages - set(SEEN_ELSEWHERE) if walked.seen.get(route) != set(LANGUAGES))
    assert not missing, " ".join(missing)


def test_what_is_named_here_exists() -> None:
    from guiju.portal.access.matrix import matrix

    assert set(SEEN_ELSEWHERE) | NOT_PAGES <= set(matrix().routes)
