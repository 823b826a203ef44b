"""The result to take along: to print, for a calendar, for programs, and as the profile from which it follows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from guiju.assess.report.ics import render_ics
from guiju.assess.serial import to_json
from guiju.bilingual import Bilingual
from guiju.portal.look.components.base import language
from guiju.portal.selfcheck.answers import Answers
from guiju.portal.selfcheck.checking import Check
from guiju.portal.selfcheck.journey import answers_in, go, unlisted
from guiju.portal.selfcheck.paper import pdf
from guiju.profiles.written import profile_text

FILES: Final = {
    "pdf": (Bilingual(zh="结果", en="The result"), Bilingual(zh="PDF，供打印", en="PDF, to print")),
    "ics": (
        Bilingual(zh="日历", en="Calendar"),
        Bilingual(zh="ICS，含到期日和提醒", en="ICS, due dates with reminders"),
    ),
    "yaml": (
        Bilingual(zh="事实概况", en="Profile"),
        Bilingual(zh="YAML，供 guiju assess 读取", en="YAML, for guiju assess"),
    ),
    "json": (Bilingual(zh="全部结论", en="All findings"), Bilingual(zh="JSON，供程序使用", en="JSON, for programs")),
}
"""The forms in which there is a file: what it is called, and for what it is."""
_TYPES: Final = {
    "pdf": "application/pdf",
    "ics": "text/calendar; charset=utf-8",
    "yaml": "application/yaml; charset=utf-8",
    "json": "application/json",
}


def download(request: HttpRequest, form: str) -> HttpResponse:
    """Send the result in one of the forms; nothing of it is kept here."""
    if form not in FILES:
        raise Http404
    given = answers_in(request)
    if not given.laws:
        return go("check", given)
    checking = Check(given)
    response = HttpResponse(_WRITERS[form](checking), content_type=_TYPES[form])
    response.headers["Content-Disposition"] = f'attachment; filename="guiju-check-{checking.as_of}.{form}"'
    return unlisted(response)


def file_of(given: Answers, form: str) -> str:
    """Return the address of the result in a form."""
    return f"{reverse('check_file', kwargs={'form': form})}?{given.query()}"


def _json(checking: Check) -> bytes:
    """Print the very words of `guiju assess --format json`."""
    return (to_json(checking.assessment) + "\n").encode()


def _yaml(checking: Check) -> bytes:
    laws = " ".join(f"--rulebook {book.key}" for book in checking.assessment.rulebooks)
    readings = "".join(f" --reading {question}={name}" for question, name in checking.answers.readings.items())
    said = f"# guiju assess FILE {laws}{readings} --as-of {checking.as_of}\n"
    return (said + profile_text(checking.assessment.profile)).encode()


def _ics(checking: Check) -> bytes:
    return render_ics(checking.assessment, language())


def _pdf(checking: Check) -> bytes:
    return pdf(checking, language())


_WRITERS: dict[str, Callable[[Check], bytes]] = {"pdf": _pdf, "ics": _ics, "yaml": _yaml, "json": _json}
