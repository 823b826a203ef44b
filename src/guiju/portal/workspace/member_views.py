"""The people of an organisation: who acts for it as what, who is invited, how one leaves."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone

from guiju.bilingual import Bilingual
from guiju.portal.access.matrix import matrix
from guiju.portal.drafts.late import sent_or_kept
from guiju.portal.faces.showing import mistakes_of, show, tell
from guiju.portal.look.components import ChoiceField, Field, Option, TextField
from guiju.portal.organisations.joining import (
    JoiningError,
    appoint,
    dismiss,
    invite,
    open_invitations,
    withdraw,
)
from guiju.portal.organisations.models import Membership
from guiju.portal.workspace.inside import Inside, inside

MEMBERS = Bilingual(zh="成员", en="Members")
_MAIL = Bilingual(zh="请填写一个电子邮箱，例如 li@example.cn", en="Enter a mail address, such as li@example.cn")
_ROLE = Bilingual(zh="请选择角色", en="Choose a role")
_MEANING = {
    "owner": Bilingual(
        zh="可以做一切，包括邀请成员、修改角色、改组织信息",
        en="May do everything, also invite, change roles and the details of the organisation",
    ),
    "filer": Bilingual(zh="可以修改事实、提交申请、标记义务", en="May change facts, file, and mark duties as done"),
    "reader": Bilingual(zh="只能查看", en="May only look"),
}  # fmt: skip


def members(request: HttpRequest, organisation: int) -> HttpResponse:
    """List members and open invitations; an owner can invite, change and end."""
    here = inside(request, organisation)
    if not here.may("organisation.invite"):
        return _page(request, here, ())
    kept = sent_or_kept(request)
    return _page(request, here, _fields(kept.get("email", ""), kept.get("role", "")) if kept else _fields())


def invite_member(request: HttpRequest, organisation: int) -> HttpResponse:
    """Send an invitation."""
    here = inside(request, organisation, "organisation.invite")
    email, role = request.POST.get("email", "").strip(), request.POST.get("role", "")
    errors: dict[str, Bilingual] = {}
    try:
        validate_email(email)
    except ValidationError:
        errors["email"] = _MAIL
    if role not in matrix().roles_of("organisation"):
        errors["role"] = _ROLE
    if not errors:
        try:
            invite(here.actor, here.organisation, email, role, lambda token: _link(request, token))
        except JoiningError as error:
            errors["email"] = Bilingual(zh=error.text("zh"), en=error.text("en"))
        else:
            tell(
                request, Bilingual(zh=f"已向 {email} 发出邀请，七日内有效。", en=f"{email} is invited, for seven days.")
            )
            return redirect(here.to("members"))
    return _page(request, here, _fields(email, role, errors))


def change_member(request: HttpRequest, organisation: int, member: int) -> HttpResponse:
    """Give a member another role, or end the membership."""
    here = inside(request, organisation, "organisation.dismiss")
    found = get_object_or_404(Membership.objects.select_related("user"), organisation=here.organisation, pk=member)
    try:
        if "dismiss" in request.POST:
            dismiss(here.actor, found)
            tell(request, Bilingual(zh=f"{found.user} 不再是成员。", en=f"{found.user} is no longer a member."))
        else:
            appoint(here.actor, found, request.POST.get("role", ""))
            tell(request, Bilingual(zh=f"{found.user} 的角色已修改。", en=f"The role of {found.user} was changed."))
    except JoiningError as error:
        tell(request, Bilingual(zh=error.text("zh"), en=error.text("en")), good=False)
    left = found.user_id == here.actor.user_id and "dismiss" in request.POST
    return redirect("places" if left else here.to("members"))


def withdraw_invitation(request: HttpRequest, organisation: int, invitation: int) -> HttpResponse:
    """Let an open invitation run out."""
    here = inside(request, organisation, "organisation.invite")
    withdraw(here.actor, get_object_or_404(open_invitations(here.organisation), pk=invitation))
    tell(request, Bilingual(zh="邀请已撤回。", en="The invitation was withdrawn."))
    return redirect(here.to("members"))


def role_name(role: str) -> Bilingual:
    """Name a role of the access matrix."""
    found = matrix().roles[role]
    return Bilingual(zh=found.zh, en=found.en)


def _link(request: HttpRequest, token: str) -> str:
    return request.build_absolute_uri(reverse("join", kwargs={"token": token}))


def _page(request: HttpRequest, here: Inside, fields: tuple[Field, ...]) -> HttpResponse:
    people = Membership.objects.filter(organisation=here.organisation).select_related("user")
    changing = here.may("organisation.dismiss")
    return show(
        request,
        "workspace/members.html",
        {
            "here": here,
            "people": [
                {"member": one, "role": role_name(one.role), "field": _role_field(one.role, f"m{one.pk}"),
                 "me": one.user_id == here.actor.user_id, "to": here.to("change_member", member=one.pk)}
                for one in people.order_by("user__name", "pk")
            ],
            "invited": [
                {"invitation": one, "role": role_name(one.role), "until": timezone.localdate(one.expires_at),
                 "to": here.to("withdraw_invitation", invitation=one.pk)}
                for one in open_invitations(here.organisation).order_by("email")
            ],
            "meaning": [(role_name(role), _MEANING.get(role)) for role in matrix().roles_of("organisation")],
            "changing": changing,
            "fields": fields,
            "invite_to": here.to("invite_member"),
            "page": here.to("members"),
        },
        title=MEMBERS,
        place=here.place,
        current="members",
        mistakes=mistakes_of(fields),
        status=422 if any(field.error for field in fields) else 200,
    )  # fmt: skip


def _role_field(value: str, prefix: str) -> ChoiceField:
    options = tuple(Option(value=role, label=role_name(role)) for role in matrix().roles_of("organisation"))
    return ChoiceField(
        prefix=prefix, name="role", label=Bilingual(zh="角色", en="Role"), options=options, value=value, listed=True
    )


def _fields(email: str = "", role: str = "filer", errors: dict[str, Bilingual] | None = None) -> tuple[Field, ...]:
    wrong = errors or {}
    return (
        TextField(
            name="email",
            label=Bilingual(zh="电子邮箱", en="Mail address"),
            hint=Bilingual(zh="邀请只对这一邮箱有效。", en="The invitation is good for this address alone."),
            kind="email",
            value=email,
            width=30,
            error=wrong.get("email"),
        ),
        ChoiceField(
            name="role",
            label=Bilingual(zh="角色", en="Role"),
            options=tuple(
                Option(value=one, label=role_name(one), hint=_MEANING.get(one))
                for one in matrix().roles_of("organisation")
            ),
            value=role,
            error=wrong.get("role"),
        ),
    )
