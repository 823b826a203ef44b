"""What a stranger or a member might try on every route there is: forged forms, caches, frames, state changed by links."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from http.cookies import SimpleCookie
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from guiju.portal.access.matrix import matrix
from guiju.portal.people.models import User
from tests.portal.people import ZHEJIANG, member, official, organisation
from tests.portal.test_access import ALL, filed_by
from tests.portal.walking import ARGUMENTS, Things

pytestmark = pytest.mark.usefixtures("db")
ROLES = ("visitor", "owner", "reader", "head", "administrator")
POSTS = sorted(route for route in ALL if "POST" in (matrix().methods_of(route) or {}))
GETS = sorted(route for route in ALL if "GET" in (matrix().methods_of(route) or {}))


@pytest.fixture(scope="module")
def stage(tables: None) -> Iterator[tuple[Things, dict[str, SimpleCookie]]]:  # noqa: ARG001
    with transaction.atomic():
        from guiju.portal.organisations.models import System

        company = organisation()
        people: dict[str, User | None] = {"visitor": None}
        people |= {role: member(company, role) for role in ("owner", "reader")}
        people |= {role: official(ZHEJIANG, role) for role in ("head", "administrator")}
        system = System.objects.create(organisation=company, zh="星河问答")
        yield Things(company, system, filed_by(company)), {role: cookies_of(user) for role, user in people.items()}
        transaction.set_rollback(True)


def cookies_of(user: User | None) -> SimpleCookie:
    client = Client()
    if user:
        client.force_login(user)
    return client.cookies


def address(route: str, things: Things) -> str:
    return reverse(route, kwargs=ARGUMENTS[route](things) if route in ARGUMENTS else {})


def asked(client: Client, route: str, things: Things, cookies: SimpleCookie) -> Any:
    client.cookies = copy.deepcopy(cookies)
    with transaction.atomic():
        response = client.get(address(route, things), headers={"Accept": "text/html"})
        transaction.set_rollback(True)
    return response


@pytest.fixture(scope="session")
def strict() -> Client:
    return Client(raise_request_exception=False, enforce_csrf_checks=True)


@pytest.mark.parametrize("route", POSTS)
def test_a_form_without_our_token_is_refused_whoever_sends_it(
    route: str, stage: tuple[Things, dict[str, SimpleCookie]], strict: Client
) -> None:
    things, people = stage
    for role, cookies in people.items():
        strict.cookies = copy.deepcopy(cookies)
        response = strict.post(address(route, things), {"email": "li@example.cn", "_go": "send", "dismiss": ""})
        assert response.status_code == 403, f"{route} as {role}"
        assert "token" not in response.headers.get("Location", "")


@pytest.mark.parametrize("route", GETS)
def test_what_is_shown_to_somebody_signed_in_is_kept_in_no_cache_unless_it_is_the_same_for_all(
    route: str, stage: tuple[Things, dict[str, SimpleCookie]], client: Client
) -> None:
    things, people = stage
    for role, cookies in people.items():
        if role == "visitor":
            continue
        response = asked(client, route, things, cookies)
        kept = response.headers.get("Cache-Control", "")
        if "public" in kept:
            assert not response.cookies
            visitor = asked(client, route, things, people["visitor"])
            assert (visitor.status_code, visitor.getvalue()) == (response.status_code, response.getvalue()), route
        else:
            assert "no-store" in kept, f"{route} as {role}: {kept}"


@pytest.mark.parametrize("route", GETS)
def test_what_a_visitor_is_shown_by_their_cookies_is_shared_by_no_cache(
    route: str, stage: tuple[Things, dict[str, SimpleCookie]], client: Client
) -> None:
    things, people = stage
    response = asked(client, route, things, people["visitor"])
    kept = response.headers.get("Cache-Control", "")
    if "public" in kept:
        assert not response.cookies
        assert b"csrfmiddlewaretoken" not in response.getvalue()
    elif response.cookies or "Cookie" in response.headers.get("Vary", ""):
        assert "private" in kept or "no-store" in kept, f"{route}: {kept!r}"


@pytest.mark.parametrize("route", ALL)
@pytest.mark.parametrize("method", ["GET", "POST", "OPTIONS", "TRACE"])
def test_every_answer_carries_the_policy_and_is_shown_in_no_frame(
    route: str, method: str, stage: tuple[Things, dict[str, SimpleCookie]], client: Client
) -> None:
    things, people = stage
    for role in ("visitor", "head"):
        client.cookies = copy.deepcopy(people[role])
        with transaction.atomic():
            response: Any = client.generic(method, address(route, things))
            transaction.set_rollback(True)
        assert response.status_code < 500, f"{method} {route} as {role}"
        policy = response.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert response.headers["X-Frame-Options"] == "DENY"
        assert response.headers["X-Content-Type-Options"] == "nosniff"


SESSION = ("django_session", "portal_cache")


@pytest.mark.parametrize("route", GETS)
def test_following_a_link_changes_nothing_that_counts(
    route: str, stage: tuple[Things, dict[str, SimpleCookie]], client: Client
) -> None:
    things, people = stage
    for role, cookies in people.items():
        client.cookies = copy.deepcopy(cookies)
        written: list[str] = []

        def keep(execute: Any, statement: str, *rest: Any, written: list[str] = written) -> Any:
            word = statement.lstrip().split(" ", 1)[0].upper()
            if word in ("INSERT", "UPDATE", "DELETE") and not any(name in statement for name in SESSION):
                written.append(statement)
            return execute(statement, *rest)

        with transaction.atomic(), connection.execute_wrapper(keep):
            client.get(address(route, things))
            transaction.set_rollback(True)
        assert not written, f"{route} as {role}"
