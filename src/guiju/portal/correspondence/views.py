"""A letter on its page and as PDF, for the side to which it went and the side that sent it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from guiju.bilingual import Bilingual
from guiju.letters.plain import details, furniture, number_line
from guiju.letters.problems import LetterError
from guiju.letters.saying import plain_day
from guiju.portal.casefile.reach import Reached, reach
from guiju.portal.correspondence.keeping import TamperedLetterError, composed
from guiju.portal.correspondence.models import Letter
from guiju.portal.correspondence.opening import note_opened
from guiju.portal.correspondence.reading import may_read, pdf_address_of, went_to
from guiju.portal.correspondence.typesetting import typeset
from guiju.portal.faces.showing import show
from guiju.portal.look.components import Label, Notification
from guiju.portal.look.components.base import language

_CASE = Bilingual(zh="案件 {number}", en="Case {number}")
_OWED = Bilingual(zh="文书尚未生成", en="This letter could not be composed yet")
_OWED_TEXT = Bilingual(
    zh="办理行为本身有效，期限照常计算；文书生成后将在此处显示。原因：{problem}",
    en="The act itself stands, and clocks run as they should; the letter will be shown here. Reason: {problem}",
)
_NOT_SET = Bilingual(zh="无法排版为 PDF", en="This letter cannot be set as PDF")
_BROKEN = Bilingual(zh="文书内容与发出时不符", en="This letter is not what went out")
_LETTER = Bilingual(zh="文书", en="Letter")


def letter(request: HttpRequest, number: str, seq: int, place: int) -> HttpResponse:
    """Show a letter as it went out; 404 where it is not for this person."""
    reached, found = _found(request, number, seq, place)
    if not found.sha256:
        problem = Bilingual(
            zh=_OWED_TEXT.zh.format(problem=found.problem_zh), en=_OWED_TEXT.en.format(problem=found.problem_en)
        )
        return _instead(request, reached, found, _OWED, problem, status=200)
    try:
        content, lang = composed(found, reached.recorded.letters[seq]), language()
    except TamperedLetterError as error:
        return _instead(request, reached, found, _BROKEN, _told(error), status=500)
    _note(request, reached, found)
    context = {
        "letter": content,
        "number_line": number_line(content, lang),
        "to": furniture("to", lang, recipient=content.recipient.get(lang)),
        "seal": furniture("seal", lang),
        "verify": furniture("verify", lang),
        "date": plain_day(content.date),
        "details": details(content, lang),
        "pdfs": [
            {"lang": code, "href": pdf_address_of(found, number, code), "current": code == lang}
            for code in ("zh", "en")
        ],
        "sha256": found.sha256,
        "case_href": reverse("case_page", kwargs={"number": number}),
        "case_number": number,
    }
    return _page(request, reached, "correspondence/letter.html", context, title=content.title)


def letter_pdf(request: HttpRequest, number: str, seq: str, place: str, lang: str) -> HttpResponse:
    """Answer with a letter as PDF; what stands in the way of setting it is said on a page."""
    reached, found = _found(request, number, int(seq), int(place))
    if not found.sha256:
        raise Http404
    try:
        made = typeset(found, lang, reached.recorded.letters[found.seq])
    except LetterError as error:
        return _instead(request, reached, found, _NOT_SET, _told(error), status=503)
    except TamperedLetterError as error:
        return _instead(request, reached, found, _BROKEN, _told(error), status=500)
    _note(request, reached, found)
    name = f"{found.number}-{found.name}.{lang}.pdf"
    return HttpResponse(
        made, content_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}"'}
    )


def _note(request: HttpRequest, reached: Reached, found: Letter) -> None:
    if went_to(reached.kind, found.to, reached.seen_as):
        note_opened(request, found)


def _found(request: HttpRequest, number: str, seq: int, place: int) -> tuple[Reached, Letter]:
    reached = reach(request, number)
    found = Letter.objects.filter(case=reached.case, seq=seq, place=place).first()
    if found is None or not may_read(reached.kind, found.to, reached.seen_as):
        raise Http404
    return reached, found


def _instead(
    request: HttpRequest, reached: Reached, found: Letter, title: Bilingual, text: Bilingual, *, status: int
) -> HttpResponse:
    notice = Notification(id="instead", title=title, text=text, kind="warning")
    name = Bilingual(zh=found.title_zh, en=found.title_en) if found.title_zh else _LETTER
    return _page(request, reached, "correspondence/instead.html", {"instead": notice}, title=name, status=status)


def _page(
    request: HttpRequest,
    reached: Reached,
    template: str,
    context: dict[str, object],
    *,
    title: Label,
    status: int = 200,
) -> HttpResponse:
    number = reached.case.number
    label, current, href = reached.above
    case = Bilingual(zh=_CASE.zh.format(number=number), en=_CASE.en.format(number=number))
    crumbs = ((label, href), (case, reverse("case_page", kwargs={"number": number})))
    return show(
        request, template, context, title=title, place=reached.place, current=current, crumbs=crumbs, status=status
    )


def _told(error: LetterError | TamperedLetterError) -> Bilingual:
    return Bilingual(zh=error.text("zh"), en=error.text("en"))
