"""Every page asks the database a handful of times, however much there is: the walk over all pages, on a busy site."""

from __future__ import annotations

import copy
import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http.cookies import SimpleCookie
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from guiju.portal.access.matrix import matrix
from guiju.portal.organisations.models import Occurrence, Organisation, System
from guiju.portal.registers.models import Entry
from tests.portal.people import ZHEJIANG, account, member, official
from tests.portal.registered import registered
from tests.portal.staging import staged, states_reached
from tests.portal.test_access import ALL, allowed, logged_in
from tests.portal.walking import ARGUMENTS, Things

pytestmark = pytest.mark.usefixtures("db")
MOST = 15
CASES = 40
ROLES = ("visitor", "account", "owner", "head", "administrator")
PAGES = sorted(route for route in ALL if matrix().action_of(route, "GET"))


@dataclass
class Busy:
    """A site with a few dozen cases of one organisation, and somebody for each role near them."""

    things: Things
    entry: Entry
    people: dict[str, SimpleCookie]

    def arguments(self, route: str) -> dict[str, Any]:
        """Return what stands in the address: things that are there, where the walk names some that are not."""
        found = ARGUMENTS[route](self.things) if route in ARGUMENTS else {}
        mine = {
            "number": self.entry.number if route.startswith(("entry", "number")) else found.get("number"),
            "occurrence": Occurrence.objects.get().pk,
        }
        return {name: mine.get(name, value) for name, value in found.items()}


@pytest.fixture(scope="module")
def busy(tables: None) -> Iterator[Busy]:  # noqa: ARG001
    with transaction.atomic():
        entry = registered()
        company = entry.case.organisation
        assert company
        for _, case in sorted(states_reached().items())[:CASES]:
            staged(case, company)
        systems = [System.objects.create(organisation=company, zh=f"星河问答{number}") for number in range(5)]
        Occurrence.objects.create(organisation=company, event="launch", date=dt.date(2026, 9, 1))
        yield Busy(Things(company, systems[0], entry.case), entry, _people(company))
        transaction.set_rollback(True)


def _people(company: Organisation) -> dict[str, SimpleCookie]:
    more = {"owner": member(company, "owner")} | {
        role: official(ZHEJIANG, role) for role in ("head", "administrator")
    }
    return {role: logged_in(user) for role, user in {"visitor": None, "account": account(), **more}.items()}


@pytest.mark.parametrize("route", PAGES)
def test_a_page_asks_at_most_fifteen_times_whoever_sees_it(
    route: str, busy: Busy, client: Client, django_queries: Callable[[], list[str]]
) -> None:
    for role in ROLES:
        if allowed(str(matrix().action_of(route, "GET")), role):
            client.cookies = copy.deepcopy(busy.people[role])
            address = reverse(route, kwargs=busy.arguments(route))
            before = len(django_queries())
            response = client.get(address)
            sent = django_queries()[before:]
            import sys; print("Q", route, role, response.status_code, len(sent), file=sys.stderr)
            assert response.status_code < 500
            assert len(sent) <= MOST, f"{address} as {role}:\n" + "\n".join(sent)
