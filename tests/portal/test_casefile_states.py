"""Every case type in every state that the scenarios reach: each side sees page, clocks, diagram and letters."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from guiju.portal.authorities.models import Posting
from guiju.portal.cases.models import Case
from guiju.portal.correspondence.models import Letter
from guiju.portal.people.models import User
from tests.portal.people import account, member, organisation
from tests.portal.staging import staged, states_reached

pytestmark = pytest.mark.usefixtures("db")
STATES = sorted(states_reached())


def people_near(case: Case) -> tuple[User, User]:
    """Somebody of the applicant, and an official who holds every role of the authority's side."""
    assert case.organisation
    official = account("王五")
    for role in ("reviewer", "head"):
        Posting.objects.create(user=official, office=case.office, role=role)
    return member(case.organisation, "owner"), official


def page(client: Client, address: str, lang: str = "zh-hans") -> str:
    response = client.get(f"{address}?lang={lang}")
    assert response.status_code == 200, address
    return response.content.decode()


@pytest.mark.parametrize(("kind", "state"), STATES, ids=[f"{kind}-{state}" for kind, state in STATES])
def test_in_every_state_each_side_sees_the_page_and_where_the_case_stands(
    kind: str, state: str, client: Client
) -> None:
    case = staged(states_reached()[kind, state], organisation())
    applicant, official = people_near(case)
    for user, lang in ((applicant, "zh-hans"), (official, "en")):
        client.force_login(user)
        shown = page(client, reverse("case_page", kwargs={"number": case.number}), lang)
        assert case.number in shown
        assert ">None<" not in shown
    assert not Letter.objects.filter(case=case, sha256="").exists()
    diagram = page(client, reverse("case_diagram", kwargs={"number": case.number}))
    assert diagram.count('stroke-width="3.5"') == 1


@pytest.mark.parametrize("kind", sorted({kind for kind, _ in STATES}))
def test_every_clock_and_letter_of_the_longest_case_can_be_read_in_both_languages(kind: str, client: Client) -> None:
    longest = max((one for (name, _), one in states_reached().items() if name == kind), key=lambda one: len(one.events))
    case = staged(longest, organisation())
    client.force_login(people_near(case)[0])
    shown = page(client, reverse("case_page", kwargs={"number": case.number}), "en")
    below = set(re.findall(r'href="(/cases/[^"]+/(?:clocks|letters)/[^"?#]+/)"', shown))
    assert below
    for address in below:
        for lang in ("zh-hans", "en"):
            assert ">None<" not in page(client, address, lang)
