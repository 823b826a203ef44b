"""Keeping a self-check as a system of one's organisation: the only moment at which answers go into a table."""

from __future__ import annotations

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from guiju.bilingual import Bilingual
from guiju.engine.complete import complete, contradiction
from guiju.portal.access.actor import Actor
from guiju.portal.access.deciding import visible
from guiju.portal.access.gate import actor_behind
from guiju.portal.drafts.late import sent_or_kept
from guiju.portal.faces.books import rulebooks
from guiju.portal.faces.places import place_of
from guiju.portal.faces.showing import mistakes_of, show, tell
from guiju.portal.look.components import ChoiceField, Field, Option, TextField
from guiju.portal.organisations.models import Organisation, System
from guiju.portal.organisations.profiles import profile_of, take_in
from guiju.portal.selfcheck.answers import LONGEST_NAME, Answers
from guiju.portal.selfcheck.journey import CRUMB, Ways, about_left_out, answers_in, go, unlisted, way
from guiju.procedures.catalogue import built_in_types

_TITLE = Bilingual(zh="作为组织的系统保存", en="Keep this as a system of an organisation")
_NAME_IT = Bilingual(zh="请写出系统名称", en="Give the system a name")
_CHOOSE = Bilingual(zh="请选择组织", en="Choose the organisation")
_KEPT = Bilingual(zh="已保存到组织的系统中", en="Kept among the systems of the organisation")


class _ContradictsError(Exception):
    """What was answered and what the organisation has on record cannot both be true."""

    def __init__(self, because: Bilingual) -> None:
        self.because = because
        super().__init__(because.en)


def keep(request: HttpRequest) -> HttpResponse:
    """Ask for which organisation and under which name, and keep it."""
    given = answers_in(request)
    if not given.laws:
        return go("check", given)
    actor = actor_behind(request)
    organisations = list(visible(actor, "organisation.describe", Organisation).order_by("pk"))
    if request.method != "POST":
        only = str(organisations[0].pk) if len(organisations) == 1 else ""
        kept = sent_or_kept(request) or {}
        return _page(request, given, organisations, kept.get("organisation", only), kept.get("name", given.name))
    chosen = next((one for one in organisations if str(one.pk) == request.POST.get("organisation")), None)
    named = given.named(request.POST.get("name", ""))
    if chosen is None or not named.name:
        return _page(
            request, given, organisations, str(chosen.pk) if chosen else "", named.name,
            organisation_error=None if chosen else _CHOOSE, name_error=None if named.name else _NAME_IT,
        )  # fmt: skip
    try:
        system = _keep(actor, chosen, named)
    except _ContradictsError as error:
        return _page(request, given, organisations, str(chosen.pk), named.name, organisation_error=error.because)
    tell(request, _KEPT)
    return HttpResponseRedirect(_after(request.GET.get("file", ""), system))


def _after(wanted: str, system: System) -> str:
    """Return where it goes on: to the filing that was asked for, else to the system."""
    law, _, name = wanted.partition("/")
    if wanted in built_in_types().keys():  # noqa: SIM118
        begin = place_of("begin_case", organisation=system.organisation_id, law=law, name=name)
        return f"{begin}?system={system.pk}"
    return place_of("system", organisation=system.organisation_id, system=system.pk)


@transaction.atomic
def _keep(actor: Actor, organisation: Organisation, given: Answers) -> System:
    books = rulebooks()
    take_in(actor, organisation, given.profile(books, ""))
    after = profile_of(organisation)
    for one in after.systems:
        rule = contradiction(books, complete(books, {**after.facts, **one.facts})[0])
        if rule is not None:
            raise _ContradictsError(
                Bilingual(
                    zh=f"与该组织已有的记录矛盾：{rule.because.zh}",
                    en=f"This contradicts what the organisation has on record: {rule.because.en}",
                )
            )
    return System.objects.filter(organisation=organisation, zh=given.name).order_by("pk")[0]


def _page(
    request: HttpRequest,
    given: Answers,
    organisations: list[Organisation],
    chosen: str,
    name: str,
    *,
    organisation_error: Bilingual | None = None,
    name_error: Bilingual | None = None,
) -> HttpResponse:
    fields: tuple[Field, ...] = (
        ChoiceField(
            name="organisation",
            label=Bilingual(zh="哪个组织？", en="Which organisation?"),
            options=tuple(
                Option(value=str(one.pk), label=Bilingual(zh=one.zh, en=one.en or one.zh)) for one in organisations
            ),
            value=chosen,
            error=organisation_error,
        ),
        TextField(
            name="name",
            label=Bilingual(zh="系统名称", en="Name of the system"),
            hint=Bilingual(
                zh="组织已有同名系统的，回答会写进那个系统：答过的以这次为准，没有答的不变。",
                en="A system of this name that the organisation has already takes in these answers; what was not"
                " answered here stays as it is there.",
            ),
            value=name,
            longest=LONGEST_NAME,
            error=name_error,
        ),
    )
    context = {
        "fields": fields if organisations else (),
        "facts": len(given.facts),
        "days": len(given.days),
        "ways": Ways(given),
        "left_out": about_left_out(given),
    }
    crumbs = [(CRUMB, way("check", given)), (Bilingual(zh="结果", en="Result"), way("check_result", given))]
    page = show(
        request, "selfcheck/keep.html", context, title=_TITLE, current="check", crumbs=crumbs,
        mistakes=mistakes_of(fields),
    )  # fmt: skip
    return unlisted(page)
