"""Every page asks the database a handful of times, however much there is: the walk over all pages, on a busy site."""

from __future__ import annotations

import copy
import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from http.cookies import SimpleCookie
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from guiju.portal.access.matrix import matrix
from guiju.portal.evidence.opening import open_log_for_writing
from guiju.portal.organisations.models import Occurrence, Organisation, System
from guiju.portal.registers.models import Entry
from guiju.portal.workspace.models import CalendarFeed
from tests.portal.people import ZHEJIANG, account, member, official
from tests.portal.registered import filed, registered
from tests.portal.staging import staged, states_reached
from tests.portal.test_access import ALL, allowed, logged_in
from tests.portal.test_selfcheck import PROVIDER
from tests.portal.walking import ARGUMENTS, Things

pytestmark = pytest.mark.usefixtures("db")
MOST = 15
CASES = 40
ROLES = ("visitor", "account", "owner", "head", "administrator")
PAGES = sorted(route for route in ALL if matrix().action_of(route, "GET"))
NOT_TO_BE_SHOWN = {
    # of something that is not there: a file, an invitation, a second factor, a contact of the site's operator
    "case_file", "draft_file", "duty_file", "join", "security_contact", "mfa_deactivate_totp",
    "mfa_download_recovery_codes", "mfa_edit_webauthn", "mfa_remove_webauthn", "mfa_view_recovery_codes",
    # leading on, or a step of logging in
    "check_answer", "account_change_password", "account_confirm_login_code", "account_reauthenticate",
    "mfa_authenticate", "mfa_login_webauthn", "mfa_reauthenticate", "mfa_reauthenticate_webauthn",
}  # fmt: skip
"""Routes that answer nobody on this site with a page; they are walked all the same."""


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

    def address(self, route: str) -> str:
        """Return where a page is, with answers where it is about answers."""
        answers = f"?{PROVIDER}&at=mail4:66.1" if route.startswith("check_") else ""
        return reverse(route, kwargs=self.arguments(route)) + answers


@pytest.fixture(scope="module")
def busy(tables: None) -> Iterator[Busy]:  # noqa: ARG001
    with transaction.atomic():
        filed()
        with open_log_for_writing() as log:
            log.checkpoint()
        entry = registered()
        company = entry.case.organisation
        assert company
        for _, case in sorted(states_reached().items())[:CASES]:
            staged(case, company)
        systems = [System.objects.create(organisation=company, zh=f"星河问答{number}") for number in range(5)]
        Occurrence.objects.create(organisation=company, event="launch", date=dt.date(2026, 9, 1))
        feed = sha256(ARGUMENTS["calendar_feed"](None)["token"].encode()).hexdigest()  # type: ignore[arg-type]
        CalendarFeed.objects.create(organisation=company, user=member(company, "filer"), token_hash=feed)
        yield Busy(Things(company, systems[0], entry.case), entry, _people(company))
        transaction.set_rollback(True)


def _people(company: Organisation) -> dict[str, SimpleCookie]:
    more = {"owner": member(company, "owner")} | {role: official(ZHEJIANG, role) for role in ("head", "administrator")}
    return {role: logged_in(user) for role, user in {"visitor": None, "account": account(), **more}.items()}


@pytest.mark.parametrize("route", PAGES)
def test_a_page_asks_at_most_fifteen_times_whoever_sees_it(
    route: str, busy: Busy, client: Client, django_queries: Callable[[], list[str]]
) -> None:
    seen = set()
    for role in ROLES:
        if not allowed(str(matrix().action_of(route, "GET")), role):
            continue
        client.cookies = copy.deepcopy(busy.people[role])
        address, before = busy.address(route), len(django_queries())
        seen.add(client.get(address).status_code)
        sent = django_queries()[before:]
        assert len(sent) <= MOST, f"{route} as {role}:\n" + "\n".join(sent)
    assert (200 in seen) != (route in NOT_TO_BE_SHOWN), seen
