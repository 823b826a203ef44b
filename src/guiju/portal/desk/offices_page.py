"""The offices within reach and, on each one's page, its people: who they are, and who appointed them when."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone

from guiju.bilingual import Bilingual
from guiju.portal.access.actor import Actor
from guiju.portal.access.deciding import may, visible
from guiju.portal.access.gate import actor_behind
from guiju.portal.access.matrix import matrix
from guiju.portal.authorities.models import Office, Posting
from guiju.portal.desk.choosing import Choosing
from guiju.portal.desk.models import PostingChange
from guiju.portal.desk.narrowing import office_name
from guiju.portal.desk.paging import RESULTS, page_of
from guiju.portal.desk.posting import PostingError, appoint, remove
from guiju.portal.drafts.late import sent_or_kept
from guiju.portal.faces.places import desk_of
from guiju.portal.faces.provisions import provisions
from guiju.portal.faces.showing import mistakes_of, show, tell
from guiju.portal.look.components import (
    ChoiceField,
    Column,
    Component,
    FilterPanel,
    Option,
    Row,
    Table,
    TextField,
)

TITLE = Bilingual(zh="处室与人员", en="Offices and people")
_AREA = Bilingual(zh="机关、处室或者地区", en="Authority, office or area")
_RESTS_ON = ("mail4:13.1", "mail4:13.2")


@dataclass(frozen=True, slots=True)
class OfficeChoice(Choosing):
    """A part of a name."""

    q: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Go(Component):
    """A link in a cell."""

    template = "desk/go.html"
    label: Bilingual
    href: str
    about: str = ""


def offices(request: HttpRequest) -> HttpResponse:
    """List the offices within reach, with how many people work there where the actor may know it."""
    actor, path = actor_behind(request), reverse("offices")
    choice = OfficeChoice.of(request.GET.dict())
    rows = _named(visible(actor, "office.read", Office), choice.q).order_by("authority__path", "code")
    count = rows.count()
    page, pagination = page_of(rows, choice, count, path, lambda found: found.select_related("authority"))
    return show(
        request,
        "desk/offices.html",
        {
            "filter": FilterPanel(
                id="find", action=path, clear=path, htmx=RESULTS, open=bool(choice.q),
                fields=(TextField(name="q", label=_AREA, value=choice.q, kind="search", longest=100),),
            ),
            "table": _offices_table(page, _people(actor, page)),
            "pagination": pagination,
        },
        title=TITLE, place=desk_of(actor), current="offices", provisions=provisions(_RESTS_ON),
    )  # fmt: skip


def office(request: HttpRequest, code: str) -> HttpResponse:
    """Show an office and its people; appoint somebody."""
    actor = actor_behind(request)
    found = get_object_or_404(visible(actor, "office.read", Office).select_related("authority"), code=code)
    problem = None
    if request.method == "POST":
        get_object_or_404(visible(actor, "posting.change", Office), pk=found.pk)
        try:
            posting = appoint(actor, found, request.POST.get("email", ""), request.POST.get("role", ""))
        except PostingError as error:
            problem = error
        else:
            role = matrix().roles[posting.role]
            said = Bilingual(zh=f"已任命 {posting.user} 为{role.zh}。", en=f"{posting.user} is now {role.en} here.")
            tell(request, said)
            return redirect("office", code=code)
    changes = may(actor, "posting.change", found)
    sees = may(actor, "posting.read", found)
    fields = _appointing(request, problem) if changes else ()
    return show(
        request,
        "desk/office.html",
        {
            "office": found,
            "area": Bilingual(zh=found.authority.area_zh, en=found.authority.area_en),
            "people": _people_table(actor, found) if sees else None,
            "fields": fields,
            "history": _history(found) if sees else None,
        },
        title=office_name(found), place=desk_of(actor), current="offices",
        crumbs=((TITLE, reverse("offices")),), provisions=provisions(_RESTS_ON), mistakes=mistakes_of(fields),
        status=400 if problem else 200,
    )  # fmt: skip


def posting(request: HttpRequest, posting: int) -> HttpResponse:
    """Ask whether somebody is to be removed, and remove them."""
    actor = actor_behind(request)
    found = get_object_or_404(
        visible(actor, "posting.change", Posting).select_related("user", "office__authority"), pk=posting
    )
    if request.method == "POST":
        try:
            remove(actor, found)
        except PostingError as error:
            tell(request, error.said, good=False)
        else:
            role = matrix().roles[found.role]
            said = Bilingual(
                zh=f"已免去 {found.user} 的{role.zh}角色。", en=f"{found.user} is no longer {role.en} here."
            )
            tell(request, said)
        return redirect("office", code=found.office.code)
    return show(
        request,
        "desk/posting.html",
        {"posting": found, "role": _role(found.role), "office": office_name(found.office)},
        title=Bilingual(zh=f"免去 {found.user}", en=f"Remove {found.user}"),
        place=desk_of(actor), current="offices",
        crumbs=(
            (TITLE, reverse("offices")),
            (office_name(found.office), reverse("office", kwargs={"code": found.office.code})),
        ),
    )  # fmt: skip


def _named(rows: QuerySet[Office], q: str) -> QuerySet[Office]:
    if not q:
        return rows
    names = ("zh", "en", "authority__zh", "authority__en", "authority__area_zh", "authority__area_en", "code")
    wanted = Q()
    for name in names:
        wanted |= Q(**{f"{name}__icontains": q})
    return rows.filter(wanted)


def _people(actor: Actor, page: list[Office]) -> dict[int, dict[str, int]]:
    """Count the people of each office by role, of those that the actor may know."""
    counted = visible(actor, "posting.read", Posting).filter(office__in=[one.pk for one in page], user__is_active=True)
    found: dict[int, dict[str, int]] = {}
    for place, role, count in counted.values_list("office", "role").annotate(Count("pk")):
        found.setdefault(place, {})[role] = count
    return found


def _offices_table(page: list[Office], people: dict[int, dict[str, int]]) -> Table:
    roles = matrix().roles_of("office") if people else []
    return Table(
        caption=Bilingual(zh="处室", en="Offices"),
        columns=(
            Column(label=Bilingual(zh="处室", en="Office")),
            Column(label=Bilingual(zh="地区", en="Area")),
            Column(label=Bilingual(zh="代码", en="Code"), unbroken=True),
            *(Column(label=_role(role), numeric=True) for role in roles),
        ),
        rows=tuple(
            Row(
                href=reverse("office", kwargs={"code": one.code}),
                cells=(
                    office_name(one),
                    Bilingual(zh=one.authority.area_zh, en=one.authority.area_en),
                    one.code,
                    *(people.get(one.pk, {}).get(role, 0) for role in roles),
                ),
            )
            for one in page
        ),
    )


def _appointing(request: HttpRequest, problem: PostingError | None) -> tuple[TextField, ChoiceField]:
    given = sent_or_kept(request) or {}
    return (
        TextField(
            name="email", label=Bilingual(zh="邮箱", en="Mail address"), kind="email", longest=254,
            value=given.get("email", ""), autocomplete="off",
            hint=Bilingual(zh="此人已有的账户的邮箱。", en="That of an account that the person has already."),
            error=problem.said if problem and problem.field == "email" else None,
        ),
        ChoiceField(
            name="role", label=Bilingual(zh="角色", en="Role"), value=given.get("role", ""),
            options=tuple(
                Option(value=role, label=_role(role), hint=_HINTS.get(role)) for role in matrix().roles_of("office")
            ),
            error=problem.said if problem and problem.field == "role" else None,
        ),
    )  # fmt: skip


_HINTS = {
    "reviewer": Bilingual(zh="办理本处室的案件。", en="Deals with the cases of this office."),
    "head": Bilingual(
        zh="查看本机关全部案件，作出决定，改派经办人。",
        en="Sees all cases of the authority, decides, gives cases to others.",
    ),
    "administrator": Bilingual(
        zh="任免本机关及下级机关的人员；看不到案件。", en="Appoints people here and below; sees no case."
    ),
}  # fmt: skip


def _people_table(actor: Actor, place: Office) -> Table:
    changing = may(actor, "posting.change", place)
    postings = Posting.objects.filter(office=place).select_related("user").order_by("role", "user__name", "pk")
    columns = (
        Column(label=Bilingual(zh="姓名", en="Name")),
        Column(label=Bilingual(zh="邮箱", en="Mail address")),
        Column(label=Bilingual(zh="角色", en="Role")),
    )
    rows = []
    for one in postings:
        inactive = Bilingual(zh=f"{one.user}（账户已停用）", en=f"{one.user} (account switched off)")
        cells = (str(one.user) if one.user.is_active else inactive, one.user.email, _role(one.role))
        rows.append(Row(cells=(*cells, _removal(one, actor)) if changing else cells))
    return Table(
        caption=Bilingual(zh="人员", en="People"),
        columns=(*columns, Column(label=Bilingual(zh="办理", en="Change"))) if changing else columns,
        rows=tuple(rows),
        empty=Bilingual(zh="本处室还没有人。", en="Nobody works here yet."),
    )


def _removal(one: Posting, actor: Actor) -> Go | Bilingual:
    if one.user_id == actor.user_id:
        return Bilingual(zh="您自己", en="yourself")
    return Go(
        label=Bilingual(zh="免去", en="Remove"),
        href=reverse("posting", kwargs={"posting": one.pk}),
        about=str(one.user),
    )


def _history(place: Office) -> Table:
    changes = PostingChange.objects.filter(office=place).select_related("user", "by").order_by("-at", "-pk")[:100]
    return Table(
        caption=Bilingual(zh="任免记录", en="Appointments and removals"),
        columns=(
            Column(label=Bilingual(zh="时间", en="When"), unbroken=True),
            Column(label=Bilingual(zh="姓名", en="Name")),
            Column(label=Bilingual(zh="角色", en="Role")),
            Column(label=Bilingual(zh="变动", en="What")),
            Column(label=Bilingual(zh="办理人", en="By")),
        ),
        rows=tuple(
            Row(
                cells=(
                    f"{timezone.localtime(one.at):%Y-%m-%d %H:%M}", str(one.user), _role(one.role),
                    _WHAT[one.what], str(one.by),
                )
            )
            for one in changes
        ),
        empty=Bilingual(zh="没有记录。", en="Nothing is on record."),
    )  # fmt: skip


_WHAT = {
    str(PostingChange.What.APPOINTED): Bilingual(zh="任命", en="appointed"),
    str(PostingChange.What.REMOVED): Bilingual(zh="免去", en="removed"),
}


def _role(name: str) -> Bilingual:
    role = matrix().roles.get(name)
    return Bilingual(zh=role.zh, en=role.en) if role else Bilingual(zh=name, en=name)
