"""The page of an entry, its JSON twin, the proof of each version, its code and its badge."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from guiju.bilingual import Bilingual
from guiju.law.address import Address
from guiju.portal.faces.provisions import provision, provisions
from guiju.portal.faces.showing import show
from guiju.portal.forms.outputs import Listing, cell, label_of
from guiju.portal.look.components import Column, Label, Pagination, ProvisionLink, Row, SummaryList, SummaryRow, Table
from guiju.portal.lookup import answers, pictures
from guiju.portal.lookup.entries import areas, published_entries, typed
from guiju.portal.lookup.finding import page_of
from guiju.portal.lookup.history import Change, Version, history
from guiju.portal.lookup.linking import Links
from guiju.portal.lookup.proofs import log_key, proof_of, shape_of
from guiju.portal.lookup.shapes import arguments, whole
from guiju.portal.lookup.standing import standing
from guiju.portal.lookup.wording import worded
from guiju.portal.registers.books import Book, addresses, books
from guiju.portal.registers.models import Entry
from guiju.procedures.model import Field

_REGISTERS = Bilingual(zh="登记查询", en="Registers")
_BADGE = Bilingual(zh="编号标识", en="Badge with the number")
_PAGE = 20
_LONGEST_VALUE = 80
_NOTHING = Bilingual(zh="无", en="none")
_FIRST = Bilingual(zh="首次写入", en="first entered")
_PROOF = Bilingual(zh="证明", en="proof")
_SHOW = Bilingual(zh="查看", en="show")


def entry(request: HttpRequest, law: str, register: str, number: str) -> HttpResponseBase:
    """Show an entry as it stands, or with `?version=` as it stood."""
    book, one = _found(law, register, number)
    if arguments(one)["number"] != number:
        query = f"?{request.GET.urlencode()}" if request.GET else ""
        return redirect(reverse("entry", kwargs=arguments(one)) + query)
    today = timezone.localdate()
    stands = standing(book, one, today)
    told: dict[str, Any] = {"book": book, "entry": one, "standing": stands, "rests_on": provisions(stands.cites)}
    crumbs = ((_REGISTERS, reverse("registers")), (book.label, f"{reverse('registers')}?register={book.key}"))
    if one.shown:
        told |= _shown(request, book, one)
    response = show(
        request, "lookup/entry.html" if one.shown else "lookup/withdrawn.html", told,
        title=(one.thing if one.shown else "") or one.number, current="registers", crumbs=crumbs,
        provisions=provisions(book.cites), status=200 if one.shown else 410,
    )  # fmt: skip
    return answers.page(request, response)


def entry_json(request: HttpRequest, law: str, register: str, number: str) -> HttpResponseBase:
    """Give an entry with its history to programs."""
    try:
        book, one = _found(law, register, number)
    except Http404:
        return answers.data(request, {"error": "not_found"}, status=404)
    versions = history(book, one) if one.shown else []
    content = whole(book, one, versions, timezone.localdate(), request.build_absolute_uri)
    return answers.data(request, content, status=200 if one.shown else 410)


def entry_proof(  # noqa: PLR0917  (the arguments of its address)
    request: HttpRequest, law: str, register: str, number: str, version: int, form: str
) -> HttpResponseBase:
    """Give the proof of the act behind a version: `json`, or `tlog-proof` as `guiju ledger verify` reads it."""
    _, one = _shown_entry(law, register, number)
    row = one.versions.filter(version=version).first() if version <= one.version else None
    proven = proof_of(row) if row is not None else None
    if proven is None or form not in ("json", "tlog-proof"):
        raise Http404
    if form == "json":
        return answers.data(request, shape_of(proven))
    name = f"{one.plain}-{version}.tlog-proof" if one.plain.isascii() else f"{version}.tlog-proof"
    return answers.file(request, str(proven.proof).encode(), "text/plain; charset=utf-8", name=name)


def entry_qr(request: HttpRequest, law: str, register: str, number: str, form: str) -> HttpResponseBase:
    """Give the code that leads to the check of the number, as `svg` or `png`."""
    _, one = _shown_entry(law, register, number)
    place = pictures.checking_place(request, one)
    if form == "svg":
        return answers.file(request, pictures.qr_svg(place), "image/svg+xml")
    if form == "png":
        return answers.file(request, pictures.qr_png(place), "image/png")
    raise Http404


def entry_badge(request: HttpRequest, law: str, register: str, number: str) -> HttpResponseBase:
    """Show the badge that an organisation may put on its product, to be printed or saved."""
    book, one = _in_force(law, register, number)
    told = {
        "book": book,
        "entry": one,
        "checking": pictures.checking_place(request, one),
        "duty": provision("mail4:46.1"),
    }
    crumbs = ((_REGISTERS, reverse("registers")), (one.number, reverse("entry", kwargs=arguments(one))))
    response = show(
        request, "lookup/badge.html", {**told, "arguments": arguments(one)},
        title=_BADGE, current="registers", crumbs=crumbs, provisions=provisions(book.cites),
    )  # fmt: skip
    return answers.page(request, response)


def entry_badge_picture(request: HttpRequest, law: str, register: str, number: str) -> HttpResponseBase:
    """Give the badge as a drawing."""
    book, one = _in_force(law, register, number)
    return answers.file(request, pictures.badge_svg(request, book, one), "image/svg+xml")


def _found(law: str, register: str, number: str) -> tuple[Book, Entry]:
    """Find an entry that is or was public. What is not, and what does not exist, are the same to whoever asks."""
    key = f"{law}/{register}"
    one = (
        published_entries().filter(register=key, plain=typed(number)).select_related("case__office__authority").first()
    )
    if one is None:
        raise Http404
    return books()[key], one


def _shown_entry(law: str, register: str, number: str) -> tuple[Book, Entry]:
    book, one = _found(law, register, number)
    if not one.shown:
        raise Http404
    return book, one


def _in_force(law: str, register: str, number: str) -> tuple[Book, Entry]:
    """Find an entry that may be advertised: there is no badge for what has ended."""
    book, one = _shown_entry(law, register, number)
    if standing(book, one, timezone.localdate()).stands != "in_force":
        raise Http404
    return book, one


def _shown(request: HttpRequest, book: Book, one: Entry) -> dict[str, Any]:
    asked = request.GET.get("version", "")
    pages = max(1, -(-one.version // _PAGE))
    page = page_of(request.GET.get("page", ""), pages)
    last = one.version - (page - 1) * _PAGE
    versions = history(book, one, max(1, last - _PAGE + 1), last)
    then = _version(book, one, asked) if asked else None
    fields = then.fields if then else book.open_fields(one.fields)
    place = reverse("entry", kwargs=arguments(one))
    return {
        "then": then,
        "then_status": book.status_label(then.status) if then else None,
        "facts": SummaryList(rows=tuple(_facts(book, fields, then.status if then else one.status))),
        "area": areas().get(one.area),
        "history": Table(
            caption=Bilingual(zh="版本", en="Versions"), hide_caption=True, columns=_COLUMNS,
            rows=tuple(_row(book, one, place, version) for version in reversed(versions)),
        ),
        "pages": Pagination(page=page, pages=pages, address=lambda number: f"{place}?page={number}#history"),
        "checking": pictures.checking_place(request, one),
        "arguments": arguments(one),
        "means_cites": provisions(book.cites),
        "log_key": log_key(),
        "newest_proof": versions[-1].number if page == 1 and versions and versions[-1].index is not None else None,
    }  # fmt: skip


def _version(book: Book, one: Entry, asked: str) -> Version:
    """Find the version that `?version=` names; anything else is a page that does not exist."""
    number = page_of(asked, one.version)
    if str(number) != asked:
        raise Http404
    return history(book, one, number, number)[0]


def _facts(book: Book, fields: dict[str, Any], status: str) -> list[SummaryRow]:
    return [
        SummaryRow(
            key=label_of(field),
            value=cell(field, fields[name]),
            cites=_rests_on(field, book, status),
        )
        for name, field in book.fields.items()
        if name in fields and fields[name] not in (None, "", [])
    ]


def _rests_on(field: Field, book: Book, status: str) -> ProvisionLink | None:
    """Cite what asks for a field; where several provisions can, the one on which the status rests."""
    if not field.cites:
        return None
    meaning = book.meaning.statuses.get(status)
    articles = {Address.parse(place).article for place in field.cites}
    for one in addresses(meaning.cites) if meaning and len(articles) > 1 else ():
        if Address.parse(one).article in articles:
            return provision(one)
    return provision(field.cites[0])


_COLUMNS = tuple(
    Column(label=label, unbroken=unbroken)
    for label, unbroken in (
        (Bilingual(zh="版本", en="Version"), True),
        (Bilingual(zh="日期", en="Day"), True),
        (Bilingual(zh="办理事项", en="Act"), False),
        (Bilingual(zh="办理机关", en="By"), False),
        (Bilingual(zh="变化", en="What changed"), False),
        (Bilingual(zh="存证", en="Evidence"), True),
    )
)


def _row(book: Book, one: Entry, place: str, version: Version) -> Row:
    here = f"{place}?version={version.number}"
    proofs = {
        form: reverse("entry_proof", kwargs={**arguments(one), "version": version.number, "form": form})
        for form in ("tlog-proof", "json")
    }
    evidence = Links.of(
        (Bilingual(zh=f"第 {version.index} 号", en=f"no. {version.index}"), proofs["tlog-proof"]),
        ("JSON", proofs["json"]),
    )
    changed = tuple(_said(book, change) for change in version.changes)
    return Row(
        href=here,
        cells=(
            str(version.number),
            version.on.isoformat(),
            Bilingual(zh=version.label.zh, en=version.label.en[:1].upper() + version.label.en[1:]),
            version.office or "–",
            Listing(cells=changed) if changed else (_FIRST if version.number == 1 else "–"),
            evidence if version.index is not None else "–",
        ),
    )


def _said(book: Book, change: Change) -> Label:
    before, after = _value(book, change.name, change.before), _value(book, change.name, change.after)
    return Bilingual(
        zh=f"{change.label.zh}：{before.zh} → {after.zh}", en=f"{change.label.en}: {before.en} → {after.en}"
    )


def _value(book: Book, name: str, value: Any) -> Bilingual:
    if value is None:
        return _NOTHING
    if isinstance(value, Bilingual):
        return value
    field = book.fields.get(name)
    if field is not None and field.type == "date":
        return Bilingual(zh=str(value), en=str(value))
    words = worded(field, value) if field is not None else Bilingual(zh=str(value), en=str(value))
    return Bilingual(zh=_short(words.zh), en=_short(words.en))


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_VALUE else f"{text[:_LONGEST_VALUE]}…"
