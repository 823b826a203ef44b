"""The first page: useful before anybody logs in."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count, Max
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from guiju.assess.report.view import status_of
from guiju.bilingual import Bilingual
from guiju.engine.norms import Rulebook
from guiju.portal.access.deciding import visible
from guiju.portal.access.gate import actor_behind
from guiju.portal.faces.books import rulebooks
from guiju.portal.faces.places import place_of
from guiju.portal.faces.provisions import provision, provisions
from guiju.portal.faces.showing import show
from guiju.portal.look.components import Link, ProvisionLink, Tag, TextField
from guiju.portal.registers.models import Entry
from guiju.portal.selfcheck.sorted_result import begins_with_applicant
from guiju.procedures.catalogue import built_in_types

_TITLE = Bilingual(zh="人工智能监管服务平台", en="Regulatory services for artificial intelligence")
_IN_FORCE = Bilingual(zh="现行有效", en="In force")
_MODEL = Bilingual(zh="示范法，没有法律效力", en="Model law, not in force")


@dataclass(frozen=True, slots=True)
class Law:
    """A law that the site runs on, and whether it binds anybody."""

    title: Bilingual
    tag: Tag
    href: str
    about: Bilingual


@dataclass(frozen=True, slots=True)
class Figure:
    """How many public entries a register holds that stand, and when it was last changed."""

    register: Bilingual
    count: int
    changed: str
    href: str
    cites: tuple[ProvisionLink, ...]


def start(request: HttpRequest) -> HttpResponse:
    """Show what can be done here."""
    number = TextField(
        name="number",
        label=Bilingual(zh="编号", en="Number"),
        hint=Bilingual(zh="许可、备案、代表或者案件的编号", en="Of a licence, a filing, a representative or a case"),
        width=20,
        longest=100,
        prefix="n",
    )
    words = TextField(
        name="q",
        label=Bilingual(zh="服务、组织或者编号", en="Service, organisation or number"),
        kind="search",
        longest=100,
        prefix="r",
    )
    context = {
        "number": number,
        "words": words,
        "number_place": place_of("number_check"),
        "registers_place": place_of("registers"),
        "laws": _laws(),
        "procedures": _procedures(),
        "figures": _figures(request),
        "statistics_place": place_of("statistics"),
        "log_in": place_of("account_login"),
        "sign_up": place_of("account_signup"),
        "places": place_of("places"),
        "logged_in": actor_behind(request).user_id is not None,
        "demo_place": place_of("demo_accounts") if settings.CONFIGURATION.demo else "",
    }
    rests_on = [provision("mail4:81.1.4")]
    return show(request, "selfcheck/start.html", context, title=_TITLE, current="start", provisions=rests_on)


def _laws() -> list[Law]:
    today = timezone.localdate()
    books = sorted(rulebooks().books, key=lambda book: book.status == "model")
    return [
        Law(
            title=book.title,
            tag=Tag(text=_MODEL, kind="unsure") if book.status == "model" else Tag(text=_IN_FORCE, kind="good"),
            href=f"{place_of('law')}#{book.key}",
            about=_about(book, status_of(book, today)),
        )
        for book in books
    ]


def _about(book: Rulebook, status: Bilingual) -> Bilingual:
    if book.status == "model":
        return Bilingual(
            zh=f"学者起草的范本，共 {book.articles} 条，没有法律效力。本平台演示：假如它施行，各项程序怎样办理。",
            en=f"A scholars' draft of {book.articles} articles without legal force. This site shows how its procedures"
            " would work if it were law.",
        )
    return Bilingual(
        zh=f"部门规章，共 {book.articles} 条，{status.zh}。",
        en=f"Departmental rules, {book.articles} articles, {status.en}.",
    )


def _procedures() -> list[Link]:
    """List what an applicant can begin."""
    types = built_in_types()
    kinds = (types.get(key) for key in types.keys())  # noqa: SIM118
    return [
        Link(
            label=kind.title,
            href=place_of("procedure", law=kind.law, name=kind.name),
            note=rulebooks().book(kind.law).short,
        )
        for kind in kinds
        if begins_with_applicant(kind)
    ]


def _figures(request: HttpRequest) -> list[Figure]:
    """Count the public entries that stand, register by register, in one query."""
    actor = actor_behind(request)
    rows = visible(actor, "entry.read", Entry.objects.filter(public=True, shown=True)).order_by()
    counted = {row["register"]: row for row in rows.values("register").annotate(n=Count("pk"), last=Max("changed_on"))}
    types = built_in_types()
    found: dict[str, Figure] = {}
    for key in types.keys():  # noqa: SIM118
        kind = types.get(key)
        for name, register in kind.registers.items():
            full = f"{kind.law}/{name}"
            if register.public and full not in found:
                row = counted.get(full, {"n": 0, "last": None})
                href = f"{place_of('registers')}?register={full}"
                last = str(row["last"] or "")
                found[full] = Figure(register.label, row["n"], last, href, provisions(register.cites))
    return list(found.values())
