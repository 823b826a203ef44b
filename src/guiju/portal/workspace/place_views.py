"""After log-in: where one can go; founding an organisation; accepting an invitation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from guiju.bilingual import Bilingual
from guiju.portal.access.gate import actor_behind
from guiju.portal.authorities.models import Authority, Posting
from guiju.portal.cases.models import Case
from guiju.portal.drafts.late import sent_or_kept
from guiju.portal.faces.places import PUBLIC, place_of
from guiju.portal.faces.showing import mistakes_of, show, tell
from guiju.portal.look.components import ChoiceField, Field, Option, TextField
from guiju.portal.organisations.credit_code import is_credit_code, plain
from guiju.portal.organisations.facts import organisation_names
from guiju.portal.organisations.joining import (
    JoiningError,
    accept,
    accept_waiting,
    found,
    invitation_of,
    waiting_for,
)
from guiju.portal.organisations.models import Organisation
from guiju.portal.workspace.inside import inside, name_of, user_of
from guiju.portal.workspace.member_views import role_name

PLACES = Bilingual(zh="我的工作台", en="My places")
_DETAILS = Bilingual(zh="组织信息", en="Details of the organisation")
_WHOLE_COUNTRY = "000000"
_LONGEST = 200
_AREA = Bilingual(zh="请选择住所所在地", en="Choose where the seat is")
_NAME = Bilingual(zh="请填写中文名称", en="Enter the Chinese name")
_LONG = Bilingual(zh=f"最多 {_LONGEST} 个字符", en=f"At most {_LONGEST} characters")
_CODE = Bilingual(
    zh="不是有效的统一社会信用代码：应为 18 位，且末位校验码相符；请对照证照核对",
    en="This is no valid code of 18 characters whose last one fits the others; compare it with your licence",
)
_TAKEN = Bilingual(
    zh="已有组织使用这一代码；请让其负责人邀请您加入",
    en="An organisation with this code is here already; ask its owner to invite you",
)


def places(request: HttpRequest) -> HttpResponse:
    """Show the places of a person; with exactly one and nothing that waits, go there."""
    user, actor = user_of(request), actor_behind(request)
    memberships = list(user.memberships.select_related("organisation").order_by("organisation__zh", "pk"))
    postings = list(user.postings.select_related("office__authority").order_by("office__code", "role"))
    invitations = list(waiting_for(user).select_related("organisation").order_by("pk"))
    own = Case.objects.filter(person=user).count()
    only = _only(memberships, postings)
    if only and not invitations and not own and "all" not in request.GET:
        return redirect(only)
    return show(
        request,
        "workspace/places.html",
        {
            "organisations": [
                {"name": name_of(one.organisation), "role": role_name(one.role),
                 "href": place_of("workspace", organisation=one.organisation_id)}
                for one in memberships
            ],
            "offices": [_office(one) for one in postings],
            "invitations": [
                {"name": name_of(one.organisation), "role": role_name(one.role),
                 "to": place_of("accept_invitation", invitation=one.pk)}
                for one in invitations
            ],
            "own": own,
            "own_cases": place_of("own_cases"),
            "own_file": place_of("own_file"),
            "found": place_of("found_organisation"),
            "check": place_of("check"),
            "account": actor.user_id,
        },
        title=PLACES,
    )  # fmt: skip


def accept_invitation(request: HttpRequest, invitation: int) -> HttpResponse:
    """Accept an invitation from the list of those to one's own address."""
    try:
        member = accept_waiting(user_of(request), invitation)
    except JoiningError as error:
        tell(request, Bilingual(zh=error.text("zh"), en=error.text("en")), good=False)
        return redirect("places")
    return _joined(request, member.organisation)


def join(request: HttpRequest, token: str) -> HttpResponse:
    """Show the invitation that came by mail; a POST accepts it."""
    if request.method == "POST":
        try:
            return _joined(request, accept(user_of(request), token).organisation)
        except JoiningError as error:
            tell(request, Bilingual(zh=error.text("zh"), en=error.text("en")), good=False)
            return redirect("places")
    waiting = invitation_of(token)
    mine = waiting is not None and waiting.email == user_of(request).email.lower()
    context: dict[str, Any] = {"gone": waiting is None, "other": waiting is not None and not mine}
    if waiting is not None and mine:
        context |= {"name": name_of(waiting.organisation), "role": role_name(waiting.role)}
    title = Bilingual(zh="加入组织", en="Join an organisation")
    status = 404 if waiting is None else 200
    return show(request, "workspace/join.html", context, title=title, place=PUBLIC, status=status)


def found_organisation(request: HttpRequest) -> HttpResponse:
    """Ask for what an organisation is called and where it sits; a POST founds it, with oneself as its owner."""
    title = Bilingual(zh="登记组织", en="Found an organisation")
    fields = _fields(sent_or_kept(request) or {})
    if request.method == "POST":
        values, errors = _read(request.POST)
        if not errors:
            try:
                organisation = found(user_of(request), **values)
            except JoiningError as error:
                tell(request, Bilingual(zh=error.text("zh"), en=error.text("en")), good=False)
                return redirect("places")
            tell(request, Bilingual(zh=f"已登记“{organisation.zh}”，您是负责人。", en="Done; you are its owner."))
            return redirect("workspace", organisation=organisation.pk)
        fields = _fields(request.POST, errors)
    return _form(request, fields, title=title, crumbs=((PLACES, place_of("places")),))


def organisation_details(request: HttpRequest, organisation: int) -> HttpResponse:
    """Show names, code and seat of an organisation; an owner changes them."""
    here = inside(request, organisation, "organisation.change" if request.method == "POST" else "organisation.read")
    now = here.organisation
    kept: Mapping[str, Any] = {"zh": now.zh, "en": now.en, "credit_code": now.credit_code, "area": now.area}
    errors: dict[str, Bilingual] = {}
    if request.method == "POST":
        values, errors = _read(request.POST, now)
        if not errors:
            organisation_names(here.actor, now, values)
            tell(request, Bilingual(zh="已保存。", en="Saved."))
            return redirect(here.to("organisation_details"))
        kept = request.POST
    elif here.may("organisation.change"):
        kept = sent_or_kept(request) or kept
    crumbs = ((Bilingual(zh="概览", en="Overview"), here.to("workspace")),)
    return _form(
        request, _fields(kept, errors), title=_DETAILS, place=here.place, current="workspace", crumbs=crumbs,
        readonly=not here.may("organisation.change"),
    )  # fmt: skip


def _form(request: HttpRequest, fields: tuple[Field, ...], *, readonly: bool = False, **shown: Any) -> HttpResponse:
    mistakes = mistakes_of(fields)
    context = {"fields": fields, "readonly": readonly, "founding": "place" not in shown}
    status = 422 if mistakes else 200
    return show(request, "workspace/organisation.html", context, mistakes=mistakes, status=status, **shown)


def _joined(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    name = name_of(organisation)
    tell(request, Bilingual(zh=f"您已加入“{name.zh}”。", en=f"You are now a member of {name.en}."))
    return redirect("workspace", organisation=organisation.pk)


def _only(memberships: list[Any], postings: list[Posting]) -> str:
    if len(memberships) == 1 and not postings:
        return place_of("workspace", organisation=memberships[0].organisation_id)
    if not memberships and len({one.office_id for one in postings}) == 1:
        return str(_office(postings[0])["href"])
    return ""


def _office(posting: Posting) -> dict[str, Any]:
    office = posting.office
    name = Bilingual(zh=f"{office.authority.zh} · {office.zh}", en=f"{office.authority.en} · {office.en}")
    # An administrator appoints people and sees no case.
    route = "offices" if posting.role == "administrator" else "desk"
    return {"name": name, "role": role_name(posting.role), "href": place_of(route)}


def _read(data: Any, own: Organisation | None = None) -> tuple[dict[str, str], dict[str, Bilingual]]:
    values = {name: str(data.get(name, "")).strip() for name in ("zh", "en", "area")}
    values["credit_code"] = code = plain(str(data.get("credit_code", "")))
    errors: dict[str, Bilingual] = {}
    for name in ("zh", "en"):
        if len(values[name]) > _LONGEST or not values[name].isprintable():
            errors[name] = _LONG
    if not values["zh"]:
        errors["zh"] = _NAME
    others = Organisation.objects.exclude(pk=own.pk if own else None)
    if code and not is_credit_code(code):
        errors["credit_code"] = _CODE
    elif code and others.filter(credit_code=code).exists():
        errors["credit_code"] = _TAKEN
    if values["area"] not in {option.value for option in _areas(own.area if own else "")} - {""}:
        errors["area"] = _AREA
    return values, errors


def _areas(kept: str) -> tuple[Option, ...]:
    """List provinces and cities, each once, and the area that is kept if it is none of them."""
    rows = Authority.objects.exclude(area=_WHOLE_COUNTRY).order_by("area").values_list("area", "area_zh", "area_en")
    named = {area: Bilingual(zh=zh, en=en) for area, zh, en in rows}
    if kept and kept not in named:
        named[kept] = Bilingual(zh=kept, en=kept)
    return tuple(Option(value=area, label=label) for area, label in sorted(named.items()))


def _fields(data: Any, errors: dict[str, Bilingual] | None = None) -> tuple[Field, ...]:
    wrong = errors or {}
    said = {name: str(data.get(name, "")) for name in ("zh", "en", "credit_code", "area")}
    choose = Option(value="", label=Bilingual(zh="请选择", en="Choose one"))
    kept = said["area"] if said["area"].isascii() and said["area"].isdecimal() else ""
    return (
        TextField(
            name="zh", label=Bilingual(zh="中文名称", en="Name in Chinese"), value=said["zh"], longest=_LONGEST,
            hint=Bilingual(zh="与证照一致的全称。", en="In full, as on its licence."), error=wrong.get("zh"),
            autocomplete="organization",
        ),
        TextField(
            name="en", label=Bilingual(zh="英文名称", en="Name in English"), value=said["en"], longest=_LONGEST,
            optional=True, error=wrong.get("en"),
        ),
        TextField(
            name="credit_code", label=Bilingual(zh="统一社会信用代码", en="Unified social credit code"),
            hint=Bilingual(
                zh="18 位，末位是校验码；没有或者尚不清楚的，留空。",
                en="18 characters, the last one a check character; empty where there is none or it is not known yet.",
            ),
            value=said["credit_code"], width=30, optional=True, error=wrong.get("credit_code"),
        ),
        ChoiceField(
            name="area", label=Bilingual(zh="住所所在地", en="Seat"),
            hint=Bilingual(
                zh="决定由哪一地的主管机关受理；列表中没有的城市，选所在省份。",
                en="It decides which local authority is competent; for a city that is not listed, choose its province.",
            ),
            options=(choose, *_areas(kept)), value=kept, listed=True, error=wrong.get("area"),
        ),
    )  # fmt: skip
