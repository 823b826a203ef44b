"""The public registers: what each is, a search over all entries, and downloads of whatever was found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils import timezone

from guiju.bilingual import Bilingual
from guiju.portal.faces.provisions import provisions
from guiju.portal.faces.showing import mistakes_of, show
from guiju.portal.look.components import (
    ChoiceField,
    Column,
    FilterChip,
    FilterPanel,
    Htmx,
    Option,
    Pagination,
    Row,
    Table,
    TextField,
)
from guiju.portal.look.components.provisions import ProvisionLink
from guiju.portal.look.telling_apart import told_apart
from guiju.portal.lookup import answers
from guiju.portal.lookup.downloads import download
from guiju.portal.lookup.entries import areas, shown_entries
from guiju.portal.lookup.finding import NAMES, NEWEST, Search, page_of, read_search
from guiju.portal.lookup.shapes import arguments
from guiju.portal.lookup.standing import standing
from guiju.portal.registers.books import Book, books
from guiju.portal.registers.models import Entry

_TITLE = Bilingual(zh="登记查询", en="Registers")
_RESTS_ON = ("mail4:46.1", "mail4:67.1", "mail4:81.1.4")
_PAGE = 25
_FOUND = Htmx(target="#search", select="#search")
_ANY = Bilingual(zh="全部", en="All")
_LABELS = {
    "q": Bilingual(zh="编号、单位或者系统名称", en="Number, organisation or system"),
    "register": Bilingual(zh="登记簿", en="Register"),
    "status": Bilingual(zh="状态", en="Status"),
    "area": Bilingual(zh="地区", en="Area"),
    "from": Bilingual(zh="登记日期自", en="Registered from"),
    "to": Bilingual(zh="登记日期至", en="Registered until"),
}
_DAY_HINT = Bilingual(zh="例如 2026-10-01，或者 2026", en="Such as 2026-10-01, or 2026")


@dataclass(frozen=True, slots=True)
class Kept:
    """A register with the number of its entries."""

    book: Book
    entries: int

    @property
    def rests_on(self) -> tuple[ProvisionLink, ...]:
        """The provisions that demand it."""
        return provisions(self.book.cites)


def registers(request: HttpRequest) -> HttpResponseBase:
    """Show the registers and what a search finds in them."""
    search = read_search(request.GET)
    found = search.entries()
    count, areas_by_code = found.count(), areas()
    pages = max(1, -(-count // _PAGE))
    page = page_of(request.GET.get("page", ""), pages)
    rows = found[(page - 1) * _PAGE : page * _PAGE]
    here, panel = reverse("registers"), _panel(search, areas_by_code)
    kept = dict(shown_entries().order_by().values_list("register").annotate(count=Count("pk")))
    told: dict[str, Any] = {
        "kept": [Kept(book, kept.get(key, 0)) for key, book in books().items()],
        "panel": panel,
        "table": _table(search, rows, areas_by_code),
        "pages": Pagination(
            page=page, pages=pages, items=count, htmx=_FOUND, address=lambda n: f"{here}?{search.address(page=str(n))}"
        ),
        "query": search.address(),
        "narrowed": search.narrowed,
    }
    response = show(
        request, "lookup/registers.html", told, title=_TITLE, current="registers", provisions=provisions(_RESTS_ON),
        mistakes=mistakes_of(panel.fields),
    )  # fmt: skip
    return answers.page(request, response)


def registers_data(request: HttpRequest, form: str) -> HttpResponseBase:
    """Give what a search finds, whole and in its order, as `json` or `csv`."""
    if form not in ("json", "csv"):
        raise Http404
    search = read_search(request.GET)
    if search.wrong:
        return answers.data(request, {"error": "not_understood", "names": sorted(search.wrong)}, status=400)
    return download(request, search, form)


def _panel(search: Search, areas_by_code: dict[str, Bilingual]) -> FilterPanel:
    given, here = search.given, reverse("registers")
    choices = _choices(areas_by_code)
    fields = (
        TextField(prefix="s", name="q", label=_LABELS["q"], kind="search", value=given["q"], longest=100),
        *(
            ChoiceField(
                prefix="s", name=name, label=_LABELS[name], value=given[name], listed=True,
                options=(Option(value="", label=_ANY), *(Option(value=one, label=text) for one, text in known.items())),
            )
            for name, known in choices.items()
        ),
        *(
            TextField(
                prefix="s", name=name, label=_LABELS[name], value=given[name], width=10, hint=_DAY_HINT,
                error=search.wrong.get(name),
            )
            for name in ("from", "to")
        ),
    )  # fmt: skip
    chips = tuple(
        FilterChip(label=_chip(name, given[name], choices), without=f"{here}?{search.address(**{name: ''})}")
        for name in NAMES
        if given[name]
    )
    hidden = (("sort", search.sort),) if search.sort != NEWEST else ()
    return FilterPanel(
        id="narrow", action=here, fields=fields, chips=chips, clear=here if chips else "", hidden=hidden, htmx=_FOUND
    )


def _choices(areas_by_code: dict[str, Bilingual]) -> dict[str, dict[str, Bilingual]]:
    kept = books()
    statuses = told_apart((name, label, book.label) for book in kept.values() for name, label in book.statuses.items())
    return {"register": {key: book.label for key, book in kept.items()}, "status": statuses, "area": areas_by_code}


def _chip(name: str, value: str, choices: dict[str, dict[str, Bilingual]]) -> Bilingual:
    label, text = _LABELS[name], choices.get(name, {}).get(value, Bilingual(zh=value, en=value))
    return Bilingual(zh=f"{label.zh}：{text.zh}", en=f"{label.en}: {text.en}")


def _table(search: Search, rows: Any, areas_by_code: dict[str, Bilingual]) -> Table:
    today, kept = timezone.localdate(), books()
    return Table(
        caption=Bilingual(zh="登记条目", en="Entries"), hide_caption=True,
        columns=(
            _column(search, Bilingual(zh="编号", en="Number"), "number"),
            Column(label=Bilingual(zh="系统、产品", en="System")),
            _column(search, Bilingual(zh="单位", en="Organisation"), "holder"),
            Column(label=_LABELS["area"], unbroken=True),
            Column(label=_LABELS["status"]),
            _column(search, Bilingual(zh="登记日期", en="Registered"), "registered"),
            _column(search, Bilingual(zh="最近变化", en="Last changed"), "changed"),
        ),
        rows=tuple(_row(kept[one.register], one, areas_by_code, today) for one in rows),
        empty=Bilingual(
            zh="没有符合条件的条目。不公开的登记和尚在办理的案件不在此列。",
            en="No entry answers to this. Registers that are not public, and cases under way, are not listed here.",
        ),
    )  # fmt: skip


def _column(search: Search, label: Bilingual, order: str) -> Column:
    """Make a column that sorts; a second click turns it round."""
    upwards = search.sort == order
    now = "ascending" if upwards else "descending" if search.sort == f"-{order}" else ""
    address = search.address(sort=f"-{order}" if upwards else order)
    return Column(
        label=label, unbroken=order != "holder", sort=f"{reverse('registers')}?{address}", sorted=now, htmx=_FOUND  # type: ignore[arg-type]
    )  # fmt: skip


def _row(book: Book, one: Entry, areas_by_code: dict[str, Bilingual], today: Any) -> Row:
    return Row(
        href=reverse("entry", kwargs=arguments(one)),
        cells=(
            one.number, one.thing, one.holder, areas_by_code.get(one.area, "–"),
            standing(book, one, today).tag, one.first_on.isoformat(), one.changed_on.isoformat(),
        ),
    )  # fmt: skip
