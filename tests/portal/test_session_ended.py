"""A session that ends while somebody fills in a form takes nothing with it: any form of the site, by its route."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models
from django.test import Client
from django.urls import reverse

from guiju.portal.access.matrix import matrix
from guiju.portal.backup.tables import kept_models, lines_of
from guiju.portal.drafts.models import Draft, LatePost, Upload
from guiju.portal.faces.books import rulebooks
from guiju.portal.organisations.models import Organisation, System
from guiju.portal.organisations.profiles import take_in
from guiju.portal.people.models import User
from guiju.profiles.profile import load_profile
from tests.portal.filling import sent_in
from tests.portal.people import account, actor, member, office, official, organisation
from tests.portal.test_drafts import filed
from tests.portal.test_selfcheck import PROVIDER
from tests.portal_look.reading import Element, read

pytestmark = pytest.mark.usefixtures("db")

POSTS = sorted(route for route, methods in matrix().routes.items() if "POST" in methods)


@dataclass(frozen=True)
class Stage:
    """An organisation with a system and a case; who fills in the form, and somebody who sees the same page."""

    company: Organisation
    system: System
    person: User
    other: User

    @property
    def here(self) -> dict[str, Any]:
        return {"organisation": self.company.pk}


@dataclass(frozen=True)
class Typed:
    """A form with something typed in: where it stands, what is typed, who fills it in."""

    page: Callable[[Stage], str]
    said: dict[str, str]
    role: str = "owner"
    file: tuple[str, str, str] | None = None


def _at(route: str, query: str = "", **more: Any) -> Callable[[Stage], str]:
    def page(stage: Stage) -> str:
        of_company = matrix().action_of(route, "GET") is not None and route not in ("own_account", "found_organisation")
        return reverse(route, kwargs={**(stage.here if of_company else {}), **more}) + query

    return page


def _duty(stage: Stage) -> str:
    profile = load_profile(Path("examples/xinghe-chat.yaml"), rulebooks())
    take_in(actor(member(stage.company, "owner")), stage.company, profile)
    chat = stage.company.systems.get(zh="Xinghe Chat")
    return reverse("duty", kwargs={**stage.here, "about": f"system-{chat.pk}", "norm": "mail4:66.1"})


def _case(route: str, **more: str) -> Callable[[Stage], str]:
    def page(stage: Stage) -> str:
        case = filed(stage.company, stage.system, member(stage.company))
        return reverse(route, kwargs={"number": case.number, **more})

    return page


PROFILE = "organisation:\n  name: 星河\nsystems: []\n"
TYPED = {
    "begin_case": Typed(
        lambda stage: f"{_at('begin_case', law='mail4', name='filing')(stage)}?system={stage.system.pk}",
        {"content_to_publish": "An hour's work"}, "filer",
    ),
    "begin_own_case": Typed(
        lambda _: reverse("begin_own_case", kwargs={"law": "mail4", "name": "complaint"}),
        {"facts": "An hour's work"}, "account",
    ),
    "case_act": Typed(_case("case_act", act="transfer"), {"reasons": "Belongs elsewhere"}, "reviewer"),
    "system_facts": Typed(
        lambda stage: reverse("system_facts", kwargs={**stage.here, "system": stage.system.pk}),
        {"zh": "另一名称", "registered_users": "37001"},
    ),
    "organisation_facts": Typed(_at("organisation_facts"), {"annual_revenue_rmb": "123456"}),
    "occurrences": Typed(_at("occurrences", "?event=users_exceeded_1m"), {"date-year": "2026", "date-month": "13"}),
    "organisation_details": Typed(_at("organisation_details"), {"zh": "另一名称", "credit_code": "x1"}),
    "found_organisation": Typed(_at("found_organisation"), {"zh": "另一名称", "area": "330100"}, "account"),
    "add_system": Typed(_at("add_system"), {"zh": "另一系统", "en": "Another"}),
    "duty": Typed(_duty, {"note": "Two days' work", "reference": "Cabinet 7"}),
    "invite_member": Typed(_at("members"), {"email": "colleague@example.cn", "role": "reader"}),
    "profile": Typed(_at("profile"), {}, file=("profile", "ours.yaml", PROFILE)),
    "office": Typed(
        lambda _: reverse("office", kwargs={"code": office("330000").code}),
        {"email": "colleague@example.cn", "role": "head"}, "administrator",
    ),
    "assignment": Typed(_case("assignment"), {"to": "other"}, "head"),
    "own_account": Typed(_at("own_account"), {"name": "李小四"}, "account"),
    "check_keep": Typed(lambda _: f"{reverse('check_keep')}?{PROVIDER}", {"name": "另一系统"}),
}  # fmt: skip
"""Routes that take something that was typed, or chosen with thought."""

_BUTTON = "only a button: nothing is typed"
_LOG_IN = "leads to a session, so that none can end"
_SECRET = "takes passwords and keys, which are never kept; django-allauth asks again"
NOTHING_TYPED = {
    "draft_discard": _BUTTON,
    "accept_invitation": _BUTTON,
    "join": _BUTTON,
    "occurrence": _BUTTON,
    "calendar": _BUTTON,
    "withdraw_invitation": _BUTTON,
    "posting": _BUTTON,
    "change_member": "a button, and one choice of three beside it",
    "demo_log_in": _LOG_IN,
    "account_logout": _BUTTON,
    "account_email": "one mail address, which django-allauth has confirmed anew",
    **dict.fromkeys(
        (
            "account_login", "account_signup", "account_reset_password", "account_reset_password_from_key",
            "account_confirm_login_code", "account_confirm_email", "mfa_authenticate", "mfa_login_webauthn",
        ),
        _LOG_IN,
    ),
    **dict.fromkeys(
        (
            "account_reauthenticate", "account_change_password", "account_set_password", "mfa_reauthenticate",
            "mfa_activate_totp", "mfa_deactivate_totp", "mfa_generate_recovery_codes", "mfa_add_webauthn",
            "mfa_reauthenticate_webauthn", "mfa_remove_webauthn", "mfa_edit_webauthn",
        ),
        _SECRET,
    ),
}  # fmt: skip


def test_of_every_route_that_takes_forms_it_is_known_whether_something_is_typed_in() -> None:
    assert sorted([*TYPED, *NOTHING_TYPED]) == POSTS
    assert all(NOTHING_TYPED.values())


def stage_for(role: str) -> Stage:
    company = organisation()
    system = System.objects.create(organisation=company, zh="星河问答", en="Xinghe Chat")
    if role == "account":
        return Stage(company, system, account(), account())
    if role in matrix().roles_of("organisation"):
        return Stage(company, system, member(company, role), member(company, role))
    return Stage(company, system, official(role=role), official(role=role))


def form_on(html: str, said: dict[str, str], *, files: bool = False) -> Element:
    """The form in which all that is typed has its place."""
    found = [
        form
        for form in read(html).all("form", method="post")
        if said.keys() <= {one.get("name") for one in form.walk()} and (not files or form.all("input", type="file"))
    ]
    return found[-1]


def everything() -> dict[str, list[bytes]]:
    """All that the tables say, but for what is on its way (drafts, uploads, what is put aside) and log-ins."""
    on_its_way: tuple[type[models.Model], ...] = (Draft, Upload, LatePost, User)
    found = {model._meta.label: list(lines_of(model)) for model in kept_models() if model not in on_its_way}
    found["people"] = [repr(one).encode() for one in User.objects.order_by("pk").values_list("pk", "name", "language")]
    return found


def followed(client: Client, path: str) -> str:
    response = client.get(path, follow=True)
    assert response.status_code == 200, (path, response.status_code)
    return str(response.content.decode())


@pytest.fixture
def strict() -> Client:
    """A browser that forged requests are kept from, as in earnest."""
    return Client(enforce_csrf_checks=True)


@pytest.mark.parametrize("route", TYPED)
def test_what_was_typed_is_there_again_after_log_in_and_nothing_was_done_with_it(route: str, strict: Client) -> None:
    typed = TYPED[route]
    stage = stage_for(typed.role)
    path = typed.page(stage)
    said = {name: str(stage.other.pk) if value == "other" else value for name, value in typed.said.items()}
    strict.force_login(stage.person)
    form = form_on(followed(strict, path), said, files=typed.file is not None)
    data: dict[str, Any] = sent_in(form, **said)
    if typed.file:
        name, called, content = typed.file
        data[name] = SimpleUploadedFile(called, content.encode())
    before = everything()
    strict.session.delete()

    response = strict.post(form.get("action") or path, data)
    assert response.status_code == 302, response.content.decode()[:2000]
    log_in, _, back = response["Location"].partition("?next=")
    assert log_in == reverse("account_login")
    assert LatePost.objects.count() == 1
    assert everything() == before

    # Somebody else at the same browser, who may see the same page, sees nothing of it.
    strict.force_login(stage.other)
    theirs = followed(strict, path)
    shown = sent_in(form_on(theirs, said, files=typed.file is not None))
    assert not any(value in shown.get(name, ()) for name, value in said.items())
    assert PROFILE not in theirs

    strict.force_login(stage.person)
    page = followed(strict, unquote(back))
    shown = sent_in(form_on(page, said, files=typed.file is not None))
    for name, value in said.items():
        assert shown[name][-1] == value, name
    if typed.file:
        assert shown[typed.file[0]][0].replace("\r\n", "\n") == typed.file[2]
        assert typed.file[1] in page
    assert "您的登录曾经过期" in page
    assert everything() == before
    assert not LatePost.objects.exists()
