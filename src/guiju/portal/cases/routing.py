"""Which office a case belongs to: the competent authority by its type's rules (mail4:13), of the area concerned."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q

from guiju.bilingual import Bilingual
from guiju.calendar.days import WorkCalendar
from guiju.portal.authorities.models import Authority, Office
from guiju.portal.authorities.seeding import LOCAL, PROVINCIAL
from guiju.procedures.refusals import Refusal
from guiju.procedures.situation import Situation, competent
from guiju.procedures.standing import Standing

AREA_FIELDS = ("province", "area")
"""Fields of forms that say where; without them, the seat of the organisation decides."""
_WHOLE_COUNTRY = "000000"
_NOWHERE = Bilingual(
    zh="按所填内容无法确定由哪一机关受理；请补充决定管辖的内容。",
    en="What was given does not say which authority is competent; give what decides it.",
)
_UNKNOWN_AREA = Bilingual(
    zh="没有名为“{area}”的地区；请填写省级行政区的名称或者代码，例如 浙江省、330000。",
    en="There is no area called `{area}`; give the name or code of a province, such as Zhejiang or 330000.",
)
_NO_AREA = Bilingual(zh="不知道属于哪一地区；请填写所在省级行政区。", en="The area is not known; give the province.")


def competent_party(standing: Standing, today: dt.date, calendar: WorkCalendar) -> str | None:
    """Return the party that the case belongs to as it stands; None while that is unknown."""
    situation = Situation(
        standing.kind, standing, standing.fields, {},
        today=today, calendar=calendar, readings=standing.active.readings,
    )  # fmt: skip
    return competent(standing.kind, situation, standing)


def office_for(party: str | None, standing: Standing, seat: str) -> Office | Refusal:
    """Find the receiving office of the authority to which a case belongs; `seat`: area code of the applicant, or ''."""
    if party is None:
        return Refusal("no_competent_authority", _NOWHERE, standing.kind.cites)
    if party not in (PROVINCIAL, LOCAL):
        return _receiving(Q(party=party, area=_WHOLE_COUNTRY), standing)
    given = next((str(standing.fields[name]) for name in AREA_FIELDS if standing.fields.get(name)), "")
    code = code_of(given) if given else seat
    if not code:
        reason = _filled(_UNKNOWN_AREA, given) if given else _NO_AREA
        return Refusal("unknown_area" if given else "no_area", reason, standing.kind.cites, ("province",))
    return _receiving(_serving(party, code), standing)


def _serving(party: str, code: str) -> Q:
    province, city = f"{code[:2]}0000", f"{code[:4]}00"
    if party == PROVINCIAL:
        return Q(party=PROVINCIAL, area=province)
    # Where the city has no authority of its own (mail4:13.2), the province's is the one of the area.
    return Q(party=LOCAL, area=city) | Q(party=PROVINCIAL, area=province)


def _receiving(which: Q, standing: Standing) -> Office | Refusal:
    authority = Authority.objects.filter(which).order_by("-path").first()
    office = authority and Office.objects.filter(authority=authority, receives=True).first()
    if office is None:
        return Refusal("no_competent_authority", _NOWHERE, standing.kind.cites)
    return office


def code_of(given: str) -> str:
    """Return the code of an area that is given by code or by name, with or without `省`, `市` and the like."""
    named = Q(area=given) | Q(area_zh=given) | Q(area_en__iexact=given)
    if len(given) > 1:
        named |= Q(area_zh__startswith=given)
    found = Authority.objects.filter(named).exclude(area=_WHOLE_COUNTRY).order_by("path").values_list("area", flat=True)
    return next(iter(found), "")


def _filled(text: Bilingual, area: str) -> Bilingual:
    return Bilingual(zh=text.zh.format(area=area), en=text.en.format(area=area))
