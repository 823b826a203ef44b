"""The role matrix: every route, every method, every role, inside and outside; what is not listed is refused."""

from __future__ import annotations

import copy
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.db import models, transaction
from django.http import HttpResponseNotAllowed
from django.test import Client
from django.urls import get_resolver, reverse

from guiju.portal.access.actor import NOBODY, Actor
from guiju.portal.access.belonging import BELONGINGS
from guiju.portal.access.deciding import UnknownActionError, grants, may, visible
from guiju.portal.access.gate import RefusedResponse
from guiju.portal.access.matrix import MatrixError, matrix, read_matrix
from guiju.portal.cases.acting import Done, begin
from guiju.portal.cases.models import Case
from guiju.portal.organisations.models import Organisation, System
from guiju.portal.people.models import User
from guiju.procedures.catalogue import built_in_types
from tests.portal.people import JIANGSU, NATION, ZHEJIANG, account, actor, filing_form, member, official, organisation
from tests.portal.walking import ARGUMENTS, SHOWS, Things

pytestmark = pytest.mark.usefixtures("db")
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")


def routes(patterns: Any = None) -> Iterator[str]:
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if hasattr(pattern, "url_patterns"):
            yield from routes(pattern.url_patterns)
        else:
            yield pattern.name


ALL = sorted(routes())


def filed_by(company: Organisation) -> Case:
    done = begin(
        actor(member(company)), "mail4/filing", "submit", filing_form(), applicant=company, today=dt.date(2026, 9, 28)
    )
    assert isinstance(done, Done)
    return done.case


def cast(company: Organisation, authority: str) -> dict[str, User | None]:
    """Somebody for each role."""
    people: dict[str, User | None] = {"visitor": None, "account": account()}
    people |= {role: member(company, role) for role in matrix().roles_of("organisation")}
    return people | {role: official(authority, role) for role in matrix().roles_of("office")}


def includes(role: str) -> set[str]:
    return {role, "visitor"} | ({"account"} if role != "visitor" else set())


def allowed(action: str, role: str) -> bool:
    return bool(includes(role) & set(matrix().actions[action]))


def asked(client: Client, route: str, method: str, things: Things) -> Any:
    arguments = ARGUMENTS[route](things) if route in ARGUMENTS else {}
    return client.generic(method, reverse(route, kwargs=arguments))


def refused(response: Any) -> bool:
    """Whether the gate refused; what a view refuses by itself is another matter."""
    to_login = response.status_code == 302 and response["Location"].startswith(f"{reverse('account_login')}?next=")
    return isinstance(response, RefusedResponse | HttpResponseNotAllowed) or to_login


@dataclass
class Stage:
    """Things, and somebody for each role, logged in: those near them, and those elsewhere."""

    things: Things
    near: dict[str, SimpleCookie]
    elsewhere: list[dict[str, SimpleCookie]]


@pytest.fixture(scope="module")
def stage(tables: None) -> Iterator[Stage]:  # noqa: ARG001
    with transaction.atomic():
        company, other = organisation(), organisation("320106")
        places = [(company, ZHEJIANG), (other, JIANGSU), (other, NATION)]
        near, *elsewhere = [
            {role: logged_in(user) for role, user in cast(place, authority).items()} for place, authority in places
        ]
        system = System.objects.create(organisation=company, zh="星河问答")
        yield Stage(Things(company, system, filed_by(company)), near, elsewhere)
        transaction.set_rollback(True)


def logged_in(user: User | None) -> SimpleCookie:
    client = Client()
    if user:
        client.force_login(user)
    return client.cookies


def test_every_route_has_an_entry_and_every_entry_a_route() -> None:
    assert sorted(matrix().routes) == ALL


def test_who_may_do_what_is_what_was_written_down_a_second_time() -> None:
    wanted = yaml.safe_load(Path(__file__).with_name("who_may.yaml").read_text("utf-8"))
    found: dict[str, set[str]] = {role: set() for role in matrix().roles}
    for action, granted in matrix().actions.items():
        for role, reach in granted.items():
            found[role].add(action if reach == "anything" else f"{action} {reach}")
    assert found == {role: set(actions) for role, actions in wanted.items()}


@pytest.mark.parametrize("route", ALL)
def test_every_method_of_every_route_for_every_role(route: str, stage: Stage, client: Client) -> None:
    for role, cookies in stage.near.items():
        for method in METHODS:
            client.cookies = copy.deepcopy(cookies)
            action = matrix().action_of(route, method)
            with transaction.atomic():
                response = asked(client, route, method, stage.things)
                transaction.set_rollback(True)
            told = f"{method} {route} as {role}: {response.status_code}"
            assert response.status_code < 500, told
            if action is None:
                assert response.status_code == 405, told
            else:
                assert refused(response) != allowed(action, role), told


@pytest.mark.parametrize(("route", "role"), [(route, role) for route, roles in SHOWS.items() for role in roles])
def test_who_may_see_a_thing_sees_those_within_reach_and_of_others_not_even_that_they_exist(
    route: str, role: str, stage: Stage, client: Client
) -> None:
    for people, status in ((stage.near, 200), *((people, 404) for people in stage.elsewhere)):
        client.cookies = copy.deepcopy(people[role])
        assert asked(client, route, "GET", stage.things).status_code == status


def test_a_route_without_an_entry_is_refused_whoever_asks(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.conf import settings
    from django.urls import clear_url_caches

    monkeypatch.setattr(settings, "ROOT_URLCONF", "tests.portal.unlisted")
    clear_url_caches()
    try:
        for user in (None, official(NATION, "administrator")):
            if user:
                client.force_login(user)
            for path in ("/unlisted", "/nameless"):
                response = client.get(path)
                assert (response.status_code, response.content) == (403, b"")
    finally:
        clear_url_caches()


def test_a_new_account_has_no_role_and_sees_no_case() -> None:
    case = filed_by(organisation())
    newcomer = actor(account())
    assert [held.role for held in newcomer.held] == ["visitor", "account"]
    assert not may(newcomer, "case.read", case)
    assert not visible(newcomer, "case.read", Case).exists()


def test_an_account_that_is_switched_off_is_nobody() -> None:
    user = member(organisation(), "owner")
    user.is_active = False
    user.save()
    assert actor(user) == NOBODY


def test_a_posting_that_ends_takes_its_access_with_it_at_once(client: Client) -> None:
    case, user = filed_by(organisation()), official()
    client.force_login(user)
    address = reverse("case", kwargs={"number": case.number})
    assert client.get(address).status_code == 200
    user.postings.all().delete()
    assert client.get(address).status_code == 404


def test_administrators_reach_the_offices_below_theirs_and_heads_their_own_authority() -> None:
    from guiju.portal.authorities.models import Office

    seen = {
        place: set(
            visible(actor(official(place, "administrator")), "office.change", Office).values_list("code", flat=True)
        )
        for place in (NATION, ZHEJIANG, "330100")
    }
    assert seen["330100"] == {"330100-1"}
    assert seen[ZHEJIANG] == {"330000-1", "330100-1", "330200-1"}
    assert len(seen[NATION]) == 81
    assert not may(actor(official(ZHEJIANG, "head")), "office.change")


def test_a_case_type_that_does_not_show_itself_to_a_role_is_hidden_in_lists_and_singly(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from guiju.portal.cases import roles

    case, reviewer = filed_by(organisation()), actor(official())
    assert may(reviewer, "case.read", case)
    monkeypatch.setattr(roles, "kinds_shown_to", lambda role: () if role == "reviewer" else ("mail4/filing",))
    assert not may(reviewer, "case.read", case)
    assert not visible(reviewer, "case.read", Case).exists()
    assert may(actor(official(ZHEJIANG, "head")), "case.read", case)


def things(case: Case, company: Organisation) -> list[models.Model]:
    system = System.objects.create(organisation=company, zh="星河问答")
    made = [case, company, system, case.office, User.objects.first(), *company.memberships.all()[:1]]
    return [one for one in made if one is not None]


def test_the_list_and_the_single_check_agree_for_every_action_role_and_thing() -> None:
    company, other = organisation(), organisation("320106")
    everything = [*things(filed_by(company), company), *things(filed_by(other), other)]
    everyone: list[Actor] = [NOBODY]
    for place, authority in ((company, ZHEJIANG), (other, JIANGSU)):
        everyone += [actor(user) for user in cast(place, authority).values() if user]
    for who in everyone:
        for action in matrix().actions:
            for thing in everything:
                listed = visible(who, action, type(thing)).values_list("pk", flat=True)
                assert may(who, action, thing) == (thing.pk in listed)


def test_a_thing_that_belongs_to_nobody_known_is_a_mistake_of_the_program_not_an_open_door() -> None:
    from guiju.portal.outbox.models import Message

    with pytest.raises(KeyError):
        visible(actor(official()), "case.read", Message)
    with pytest.raises(UnknownActionError):
        grants(NOBODY, "case.raed")


def test_every_case_type_can_be_dealt_with_in_some_role_of_the_portal() -> None:
    from guiju.portal.cases.roles import roles_in

    types = built_in_types()
    for key in types.keys():  # noqa: SIM118
        kind = types.get(key)
        reached = {name for role in matrix().acts_as for name in roles_in(kind, role)}
        for party in kind.parties.values():
            if party.side != "public":
                assert set(party.roles) <= reached, key


def test_every_model_that_has_an_owner_is_known() -> None:
    from django.apps import apps

    assert all(apps.get_model(label) for label in BELONGINGS)


SMALL = """
roles: {visitor: {of: nobody, zh: 访客, en: visitor}, head: {of: office, zh: 负责人, en: head}}
acts_as: {}
sees_as: {}
actions: {case.read: {head: office}}
routes: {case: {GET: case.read}}
oidc_routes: {}
"""


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("{head: office}", "{hed: office}", "case.read: there is no hed"),
        ("GET: case.read", "GET: case.raed", "case: there is no case.raed"),
        ("GET: case.read", "FETCH: case.read", "case: there is no FETCH"),
        ("{head: office}", "{visitor: office}", "`visitor` cannot reach `office`"),
        ("{head: office}", "{head: own}", "`head` cannot reach `own`"),
    ],
)
def test_a_matrix_that_contradicts_itself_is_refused(before: str, after: str, message: str) -> None:
    assert read_matrix(SMALL).action_of("case", "HEAD") == "case.read"
    with pytest.raises(MatrixError, match=message):
        read_matrix(SMALL.replace(before, after))
