"""Taking things along, and bringing them: the report, its data, the calendar, the profile as a file."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect

from guiju.assess.report.html import render_html
from guiju.assess.serial import to_json
from guiju.bilingual import Bilingual
from guiju.documents.document import MAX_BYTES
from guiju.law.provisions import Text
from guiju.law.store import TextStore
from guiju.portal.access.deciding import require
from guiju.portal.drafts.late import NAME_OF_FILE, sent_or_kept
from guiju.portal.faces.books import rulebooks
from guiju.portal.faces.showing import mistakes_of, show, tell
from guiju.portal.forms.inputs_entered import text
from guiju.portal.look.components import FileField
from guiju.portal.look.components.base import language
from guiju.portal.organisations.profiles import described, impossible_in, take_in
from guiju.portal.workspace.assessing import Current, current
from guiju.portal.workspace.feeds import calendar_file
from guiju.portal.workspace.inside import SYSTEMS, Inside, inside
from guiju.profiles.problems import ProfileError
from guiju.profiles.profile import Profile, read_profile

_TITLE = Bilingual(zh="概况文件", en="The profile as a file")
_FILE, _CALLED = "profile", "profile.yaml"
_NAME = f"{_FILE}{NAME_OF_FILE}"
_NO_FILE = Bilingual(zh="请选择一个文件", en="Choose a file")


def download(request: HttpRequest, organisation: int, form: str) -> HttpResponse:
    """Send the assessment or the profile as a file: always as an attachment, since a report has styles of its own."""
    here = inside(request, organisation)
    if form not in _FORMS:
        raise Http404
    kind, make = _FORMS[form]
    name = f"guiju-{here.organisation.pk}-{form}"
    return HttpResponse(
        make(here),
        content_type=kind,
        headers={"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"},
    )


def profile(request: HttpRequest, organisation: int) -> HttpResponse:
    """Offer the profile as a file; a POST takes one in, and tells every problem of one that is not right."""
    here = inside(request, organisation)
    problems: list[Bilingual] = []
    error = None
    if request.method == "POST":
        require(here.actor, "organisation.describe", here.organisation)
        raw, name = _sent(request)
        if not raw:
            error = None if "_remove" in request.POST else _NO_FILE
        else:
            read = _read(raw, name)
            told = _take_in(here, read) if isinstance(read, Profile) else read
            if isinstance(told, Bilingual):
                tell(request, told)
                return redirect(here.to("systems"))
            problems = told
            error = Bilingual(zh="文件有错，没有读入", en="There are mistakes in the file; nothing was taken in")
    kept = (None if request.method == "POST" else sent_or_kept(request)) or QueryDict()
    field = FileField(
        name=_FILE, reference=kept.get(_FILE, ""), kept=(kept[_NAME],) if kept.get(_NAME) else (),
        label=Bilingual(zh="概况文件（YAML 或者 JSON）", en="Profile (YAML or JSON)"),
        hint=Bilingual(
            zh="文件所说的，取代现有的；文件没有提到的，保持不变。系统按名称对应。",
            en="What the file says replaces what is known, and the rest stays. Systems are matched by name.",
        ),
        accept=(".yaml", ".yml", ".json"), error=error,
    )  # fmt: skip
    return show(
        request,
        "workspace/profile.html",
        {
            "field": field,
            "name_of_file": kept.get(_NAME, ""),
            "changing": here.may("organisation.describe"),
            "told": problems,
            "text": described(here.organisation).text,
            "file": here.to("download", form="profile.yaml"),
        },
        title=_TITLE,
        place=here.place,
        current="systems",
        crumbs=((SYSTEMS, here.to("systems")),),
        mistakes=mistakes_of((field,)),
        status=422 if error else 200,
    )


def _sent(request: HttpRequest) -> tuple[bytes, str]:
    """Return the file that was chosen or, once more, the text of one that was sent after the session had ended."""
    file = request.FILES.get(_FILE)
    if file is not None:
        return file.read(MAX_BYTES + 1), str(file.name or _CALLED)
    if "_remove" in request.POST:
        return b"", ""
    return text(request.POST, _FILE).encode(), text(request.POST, _NAME) or _CALLED


def _read(raw: bytes, name: str) -> Profile | list[Bilingual]:
    try:
        return read_profile(raw, name, rulebooks())
    except ProfileError as error:
        return [Bilingual(zh=one.text("zh"), en=one.text("en")) for one in error.problems]


def _take_in(here: Inside, profile: Profile) -> Bilingual | list[Bilingual]:
    """Put a profile into the tables; where it contradicts what was known before, nothing of it stays."""
    with transaction.atomic():
        count = take_in(here.actor, here.organisation, profile)
        rule = impossible_in(described(here.organisation).profile)
        if rule is None:
            return Bilingual(zh=f"已读入，{count} 处有变化。", en=f"Taken in; {count} things were made or changed.")
        transaction.set_rollback(True)
    return [
        Bilingual(
            zh=f"与现有的事实矛盾：{rule.because.zh}", en=f"It contradicts what is known already: {rule.because.en}"
        )
    ]


def _html(here: Inside) -> str:
    now = current(here.organisation)
    return render_html(now.sheet.assessment, language(), now.sheet.questions, _texts(now))


def _texts(now: Current) -> list[Text]:
    """Return the texts of the laws assessed that were imported on this machine."""
    store = TextStore()
    found = (store.find(book.key, lang) for book in now.sheet.assessment.rulebooks for lang in ("zh", "en"))
    return [text for text in found if text is not None]


def _json(here: Inside) -> str:
    return to_json(current(here.organisation).sheet.assessment)


def _yaml(here: Inside) -> str:
    return described(here.organisation).text


def _ics(here: Inside) -> bytes:
    return calendar_file(current(here.organisation), here.actor, language())


_FORMS: dict[str, tuple[str, Callable[[Inside], str | bytes]]] = {
    "report.html": ("text/html; charset=utf-8", _html),
    "report.json": ("application/json", _json),
    "profile.yaml": ("application/yaml", _yaml),
    "calendar.ics": ("text/calendar; charset=utf-8", _ics),
}
