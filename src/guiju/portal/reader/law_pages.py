"""The pages of the law reader: the laws with their contents and search, an article, the terms, the checks."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from guiju.bilingual import Bilingual
from guiju.check.codes import CODES, SEVERITIES, Code
from guiju.check.words import say
from guiju.engine.norms import Rulebook
from guiju.law.address import Address
from guiju.law.citation import format_citation
from guiju.portal.faces.books import rulebooks
from guiju.portal.faces.provisions import provision
from guiju.portal.faces.showing import show
from guiju.portal.look.components import ChoiceField, Column, FilterPanel, Option, Row, Table, Tag, TextField
from guiju.portal.look.components.states import TagKind
from guiju.portal.reader.article import article_page
from guiju.portal.reader.contents import chapters_of, law_named
from guiju.portal.reader.findings import Finding, findings
from guiju.portal.reader.norms import cited, only_under
from guiju.portal.reader.search import LONGEST, search
from guiju.portal.reader.texts import headings, texts

_THE_LAW = Bilingual(zh="法规", en="The law")
_TAGS: dict[str, TagKind] = {"error": "bad", "warning": "unsure", "note": "neutral"}
_ALL_LAWS = Option(value="", label=Bilingual(zh="全部", en="All"))


def law(request: HttpRequest) -> HttpResponse:
    """Show both laws with their contents, and what a search in them finds."""
    shelf = texts()
    asked, of = request.GET.get("q", "").strip(), _law_asked(request)
    return show(
        request,
        "reader/law.html",
        {
            "laws": [
                {
                    "book": book,
                    "scope": [provision(one, show_law=False) for one in book.scope_cites],
                    "languages": shelf.languages_of(book.key),
                    "chapters": chapters_of(book.key, shelf),
                }
                for book in rulebooks().books
            ],
            "asked": asked,
            "answer": search(asked, shelf, of) if asked else None,
            "fields": _search_fields(asked, of),
        },
        title=_THE_LAW,
        current="law",
    )


def law_article(request: HttpRequest, law: str, article: int) -> HttpResponse:
    """Show an article: its provisions beside the norms, and what concerns it."""
    book = law_named(law)
    if book is None or not 1 <= article <= book.articles:
        raise Http404
    shelf = texts()
    page = article_page(law, article, shelf)
    checked = findings(start=False)
    heading = headings(shelf, law, article)
    return show(
        request,
        "reader/article.html",
        {
            "page": page,
            "heading": heading,
            "further": [one for one in page.questions if not one.own],
            "checked": checked,
            "findings": [_told(one) for one in checked.at(law, article)],
            "previous": _neighbour(book, article - 1),
            "next": _neighbour(book, article + 1),
        },
        title=Bilingual(
            zh=format_citation(Address(law, article), "zh", book.short.zh),
            en=format_citation(Address(law, article), "en", book.short.en),
        ),
        current="law",
        crumbs=((_THE_LAW, reverse("law")),),
        provisions=(provision(Address(law, article)),),
    )


def law_terms(request: HttpRequest) -> HttpResponse:
    """Show what the laws define, in our own words, and where."""
    shelf = texts()
    laws = []
    for book in rulebooks().books:
        defined = sorted((norm for norm in book.norms if norm.kind == "definition"), key=lambda norm: norm.address)
        rows = [
            {
                "link": provision(norm.address, show_law=False),
                "gist": norm.gist,
                "zh": shelf.words(norm.address, "zh"),
                "en": shelf.words(norm.address, "en"),
            }
            for norm in defined
        ]
        laws.append((book, rows))
    return show(
        request,
        "reader/terms.html",
        {"laws": laws},
        title=Bilingual(zh="法律用语", en="Terms of the law"),
        current="law",
        crumbs=((_THE_LAW, reverse("law")),),
    )


def law_checks(request: HttpRequest) -> HttpResponse:
    """Show what the checks of the laws found; without it yet, say so and what to do."""
    checked = findings()
    code, of = CODES.get(request.GET.get("code", "").upper()), _law_asked(request)
    found = [one for one in checked.found if _wanted(one, code, of)]
    groups = [(kind, [_told(one) for one in found if one.code is kind]) for kind in CODES.values()]
    return show(
        request,
        "reader/checks.html",
        {
            "state": checked.state,
            "groups": [(kind, _severity(kind), told) for kind, told in groups if told],
            "skipped": [one for one in checked.skipped if (not of or one[1] == of) and (not code or one[0] == code.id)],
            "count": len(found),
            "panel": _check_panel(code, of),
            "codes": _codes(checked.found, of),
        },
        title=say("title"),
        current="law",
        crumbs=((_THE_LAW, reverse("law")),),
    )


def _law_asked(request: HttpRequest) -> str:
    book = law_named(request.GET.get("law", ""))
    return book.key if book else ""


def _neighbour(book: Rulebook, article: int) -> tuple[str, Bilingual] | None:
    if not 1 <= article <= book.articles:
        return None
    return reverse("law_article", kwargs={"law": book.key, "article": article}), cited(Address(book.key, article))


def _law_field(value: str, prefix: str) -> ChoiceField:
    options = (_ALL_LAWS, *(Option(value=book.key, label=book.short) for book in rulebooks().books))
    return ChoiceField(
        prefix=prefix, name="law", label=Bilingual(zh="法规", en="Law"), options=options, value=value, listed=True
    )


def _search_fields(asked: str, of: str) -> tuple[TextField, ChoiceField]:
    words = TextField(
        name="q",
        label=Bilingual(zh="查找", en="Search"),
        hint=Bilingual(
            zh="条款要点、标题和已导入的条文，中英文均可；也可以写地址或者条号，例如 66.1、第六十六条",
            en="Gists, headings and imported texts, in either language; or an address, such as 66.1 or Article 66",
        ),
        kind="search",
        value=asked[:LONGEST],
        longest=LONGEST,
    )
    return words, _law_field(of, "s")


def _check_panel(code: Code | None, of: str) -> FilterPanel:
    options = (_ALL_LAWS, *(Option(value=one.id, label=_code_named(one)) for one in CODES.values()))
    kind = ChoiceField(
        prefix="c",
        name="code",
        label=Bilingual(zh="检查", en="Check"),
        options=options,
        value=code.id if code else "",
        listed=True,
    )
    here = reverse("law_checks")
    return FilterPanel(id="narrow", action=here, fields=(kind, _law_field(of, "c")), clear=here)


def _code_named(code: Code) -> Bilingual:
    return Bilingual(zh=f"{code.id} {code.title.zh}", en=f"{code.id} {code.title.en}")


def _severity(code: Code) -> Tag:
    return Tag(text=say(code.severity), kind=_TAGS[code.severity])


def _codes(found: tuple[Finding, ...], of: str) -> Table:
    """List every check with what it found, so that one also sees which found nothing."""
    rows = []
    for code in sorted(CODES.values(), key=lambda one: (SEVERITIES.index(one.severity), one.id)):
        count = sum(1 for one in found if _wanted(one, code, of))
        href = f"{reverse('law_checks')}?code={code.id}{f'&law={of}' if of else ''}"
        reads = Bilingual(zh="是", en="yes") if code.reads_text else Bilingual(zh="否", en="no")
        rows.append(Row(cells=(_code_named(code), _severity(code), count, reads), href=href))
    return Table(
        caption=Bilingual(zh="各项检查", en="The checks"),
        columns=(
            Column(label=Bilingual(zh="检查", en="Check")),
            Column(label=Bilingual(zh="程度", en="How grave")),
            Column(label=Bilingual(zh="发现", en="Found"), numeric=True),
            Column(label=Bilingual(zh="须读条文", en="Reads the text")),
        ),
        rows=tuple(rows),
    )


def _wanted(one: Finding, code: Code | None, of: str) -> bool:
    return (code is None or one.code is code) and (not of or one.places[0].law == of)


def _told(one: Finding) -> dict[str, object]:
    return {
        "code": one.code,
        "severity": _severity(one.code),
        "message": one.message,
        "places": [provision(place) for place in one.places],
        "only_under": only_under(tuple((name, each) for name, some in one.only_under for each in some)),
        "example": one.example,
        "command": one.command,
    }
