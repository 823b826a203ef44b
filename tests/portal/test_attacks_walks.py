"""What a stranger or a member might try on every route there is: forged forms, caches, frames, links that act, and
markup in whatever can be entered. Each page is asked for once; each promise is then read from what came back."""

from __future__ import annotations

import copy
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from guiju.portal.access.matrix import matrix
from guiju.portal.cases.acting import Done, begin
from guiju.portal.organisations.models import Membership, Organisation, System
from guiju.portal.people.models import User
from guiju.procedures.catalogue import built_in_types
from tests.portal.people import ZHEJIANG, account, actor, filing_form, official
from tests.portal.test_access import ALL
from tests.portal.walking import ARGUMENTS, Things

pytestmark = pytest.mark.usefixtures("db")
EVIL = "\"'><script>alert(1)</script><img src=x onerror=alert(2)>{{7*191}}{%now%}</title>"
POSTS = sorted(route for route in ALL if "POST" in (matrix().methods_of(route) or {}))
GETS = sorted(route for route in ALL if "GET" in (matrix().methods_of(route) or {}))
MAY_BE_WRITTEN = ("django_session", "portal_cache", "account_emailaddress", "correspondence_letteropening")
"""The session, counts of attempts, the address of an account that was made elsewhere, which allauth takes over; and
that a letter was opened, which is what opening one means."""


@dataclass(frozen=True)
class Seen:
    """What came back, and what was written to the database meanwhile."""

    status: int
    headers: Any
    cookies: int
    body: str
    written: tuple[str, ...]


@dataclass
class Walk:
    """The things to look at, and who looks."""

    things: Things
    people: dict[str, SimpleCookie]
    client: Client
    seen: dict[tuple[str, str], Seen] = field(default_factory=dict)

    def place(self, route: str) -> str:
        return reverse(route, kwargs=ARGUMENTS[route](self.things) if route in ARGUMENTS else {})

    def get(self, route: str, role: str) -> Seen:
        """Ask for a page, once; what it changes is undone."""
        if (route, role) not in self.seen:
            self.client.cookies = copy.deepcopy(self.people[role])
            written: list[str] = []

            def keep(execute: Any, statement: str, *rest: Any) -> Any:
                if statement.lstrip()[:6].upper() in ("INSERT", "UPDATE", "DELETE"):
                    written.append(statement)
                return execute(statement, *rest)

            asked = {"q": EVIL, "name": EVIL, "number": EVIL, "all": ""}
            with transaction.atomic(), connection.execute_wrapper(keep):
                answer = self.client.get(self.place(route), asked, headers={"Accept": "text/html"})
                body = bytes(answer.getvalue()).decode("utf-8", "replace")
                transaction.set_rollback(True)
            counts = tuple(one for one in written if not any(name in one for name in MAY_BE_WRITTEN))
            self.seen[route, role] = Seen(answer.status_code, answer.headers, len(answer.cookies), body, counts)
        return self.seen[route, role]


@pytest.fixture(scope="module")
def walk(tables: None) -> Iterator[Walk]:  # noqa: ARG001
    """Whoever is there bears a name that would run, and everything that was filed says it too."""
    free = [name for name, one in built_in_types().get("mail4/filing").form.items() if one.type == "text"]
    with transaction.atomic():
        company = Organisation.objects.create(zh=EVIL, en=EVIL, area="330106")
        owner, head = account(EVIL), official(ZHEJIANG, "head")
        Membership.objects.create(user=owner, organisation=company, role="owner")
        User.objects.filter(pk=head.pk).update(name=EVIL)
        system = System.objects.create(organisation=company, zh=EVIL, en=EVIL)
        form = {name: EVIL if name in free and name != "province" else one for name, one in filing_form().items()}
        done = begin(
            actor(owner), "mail4/filing", "submit", form, applicant=company, system=system, today=dt.date(2026, 9, 28)
        )
        assert isinstance(done, Done), done
        people = {"visitor": None, "owner": owner, "head": head, "administrator": official(ZHEJIANG, "administrator")}
        client = Client(raise_request_exception=False)
        cookies = {role: cookies_of(user) for role, user in people.items()}
        yield Walk(Things(company, system, done.case), cookies, client)
        transaction.set_rollback(True)


def cookies_of(user: User | None) -> SimpleCookie:
    client = Client()
    if user:
        client.force_login(user)
    return client.cookies


@pytest.fixture(scope="session")
def strict() -> Client:
    return Client(raise_request_exception=False, enforce_csrf_checks=True)


@pytest.mark.parametrize("route", POSTS)
def test_a_form_without_our_token_is_refused_whoever_sends_it(route: str, walk: Walk, strict: Client) -> None:
    for role in ("visitor", "owner", "head"):
        strict.cookies = copy.deepcopy(walk.people[role])
        response = strict.post(walk.place(route), {"email": "li@example.cn", "_go": "send", "dismiss": ""})
        assert response.status_code == 403, f"{route} as {role}"


@pytest.mark.parametrize("route", GETS)
def test_what_is_shown_to_somebody_signed_in_is_kept_in_no_cache_unless_it_is_the_same_for_all(
    route: str, walk: Walk
) -> None:
    for role in ("owner", "head"):
        seen = walk.get(route, role)
        kept = seen.headers.get("Cache-Control", "")
        if "public" in kept:
            visitor = walk.get(route, "visitor")
            assert (seen.cookies, seen.status, seen.body) == (0, visitor.status, visitor.body), route
        else:
            assert "no-store" in kept, f"{route} as {role}: {kept}"


@pytest.mark.parametrize("route", GETS)
def test_what_a_visitor_is_shown_by_their_cookies_is_shared_by_no_cache(route: str, walk: Walk) -> None:
    seen = walk.get(route, "visitor")
    kept = seen.headers.get("Cache-Control", "")
    if "public" in kept:
        assert not seen.cookies
        assert "csrfmiddlewaretoken" not in seen.body
    elif seen.cookies or "Cookie" in seen.headers.get("Vary", ""):
        assert "private" in kept or "no-store" in kept, f"{route}: {kept!r}"


@pytest.mark.parametrize("route", GETS)
def test_following_a_link_changes_nothing_that_counts(route: str, walk: Walk) -> None:
    for role in ("visitor", "owner", "head"):
        assert not walk.get(route, role).written, f"{route} as {role}"


@pytest.mark.parametrize("route", GETS)
def test_no_page_runs_what_somebody_entered(route: str, walk: Walk) -> None:
    for role in ("visitor", "owner", "head"):
        seen, told = walk.get(route, role), f"{route} as {role}"
        assert seen.status < 500, told
        if seen.headers.get("Content-Type", "").startswith(("text/html", "image/svg")):
            for ran in ("<script>alert", "<img src=x", str(7 * 191), "&amp;lt;script"):
                assert ran not in seen.body, f"{told}: {ran}"


def test_what_was_entered_is_shown_for_what_it_is(walk: Walk) -> None:
    for role in ("owner", "head"):
        page = walk.get("case_page", role).body
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
        assert "{{7*191}}" in page


@pytest.mark.parametrize("route", ALL)
def test_every_answer_carries_the_policy_and_is_shown_in_no_frame(route: str, walk: Walk, client: Client) -> None:
    answers = [walk.get(route, role) for role in ("visitor", "owner", "head") if route in GETS]
    client.cookies = SimpleCookie()
    others = [client.generic(method, walk.place(route)) for method in ("POST", "OPTIONS", "TRACE")]
    for answer in (*answers, *others):
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert answer.headers["X-Frame-Options"] == "DENY"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_an_administrator_reaches_no_page_on_which_a_case_stands(walk: Walk) -> None:
    about_cases = [route for route in GETS if "case.number" in _source(route)]
    assert len(about_cases) > 8
    for route in about_cases:
        assert walk.get(route, "administrator").status in (403, 404), route


def _source(route: str) -> str:
    number = "C-0000-000000-0"
    if route not in ARGUMENTS:
        return ""

    class Marked:
        def __getattr__(self, _: str) -> Any:
            return self

        def __getitem__(self, _: Any) -> Any:
            return self

        def __call__(self, *_: Any) -> Any:
            return self

        def __str__(self) -> str:
            return number

    marked: Any = Marked()
    return "case.number" if isinstance(ARGUMENTS[route](marked).get("number"), Marked) else ""
