"""What was known when: every change to names and facts, who made it, from what to what."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from guiju.bilingual import Bilingual
from guiju.portal.faces.books import rulebooks
from guiju.portal.faces.showing import show
from guiju.portal.look.components import Option, SummaryList, SummaryRow
from guiju.portal.organisations.models import Version
from guiju.portal.workspace.assessing import ORGANISATION
from guiju.portal.workspace.fact_form import said_value
from guiju.portal.workspace.inside import inside, name_of
from guiju.portal.workspace.narrowing import Choice, Narrowing

_NAMES = {
    "zh": Bilingual(zh="中文名称", en="Name in Chinese"),
    "en": Bilingual(zh="英文名称", en="Name in English"),
    "credit_code": Bilingual(zh="统一社会信用代码", en="Unified social credit code"),
    "area": Bilingual(zh="住所所在地", en="Seat"),
}
_NOTHING = Bilingual(zh="（无）", en="(nothing)")
_SYSTEM = "system-"
_FEW = 8
"""So many changes of one version stand open; more are folded."""


def history(request: HttpRequest, organisation: int) -> HttpResponse:
    """Show the changes to a system's or the organisation's names and facts, the latest first."""
    here = inside(request, organisation)
    systems = list(here.organisation.systems.order_by("zh", "pk"))
    whole = Option(value=ORGANISATION, label=Bilingual(zh="组织整体", en="The organisation as a whole"))
    options = tuple(Option(value=f"{_SYSTEM}{one.pk}", label=name_of(one)) for one in systems)
    about = Choice("about", Bilingual(zh="关于", en="About"), (whole, *options))
    narrowing = Narrowing(request, (about,))
    if request.GET.get("about") and not narrowing.get("about"):
        raise Http404
    wanted = narrowing.get("about") or ORGANISATION
    rows = Version.objects.filter(organisation=here.organisation).select_related("by")
    rows = rows.filter(system=wanted.removeprefix(_SYSTEM) if wanted != ORGANISATION else None)
    page, pages = narrowing.page(request, rows)
    told = [_told(row) for row in page]
    return show(
        request,
        "workspace/history.html",
        {"filter": narrowing.panel(), "versions": told, "pages": pages},
        title=Bilingual(zh="修改记录", en="History of changes"),
        place=here.place,
        current="systems" if wanted != ORGANISATION else "workspace",
    )


def _told(row: Version) -> dict[str, Any]:
    rows = tuple(
        SummaryRow(key=_label(name), value=_change(name, row.before.get(name), after))
        for name, after in row.after.items()
    )
    return {
        "version": row,
        "at": timezone.localtime(row.at),
        "changes": SummaryList(rows=rows),
        "count": len(rows),
        "open": len(rows) <= _FEW,
    }


def _change(name: str, before: Any, after: Any) -> Bilingual:
    was, now = _said(name, before), _said(name, after)
    return Bilingual(zh=f"{was.zh} → {now.zh}", en=f"{was.en} → {now.en}")


def _label(name: str) -> Bilingual:
    spec = rulebooks().facts.get(name)
    return spec.question if spec else _NAMES.get(name, Bilingual(zh=name, en=name))


def _said(name: str, value: Any) -> Bilingual:
    if name in _NAMES:
        return Bilingual(zh=str(value), en=str(value)) if value else _NOTHING
    return said_value(name, value)
