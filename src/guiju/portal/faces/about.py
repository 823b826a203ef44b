"""The pages about the site itself, and the two small files that programs look for."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from guiju.bilingual import Bilingual
from guiju.portal.faces.books import rulebooks
from guiju.portal.faces.places import place_of
from guiju.portal.faces.provisions import provision
from guiju.portal.faces.showing import show

_PLATFORM = "mail4:81.1.4"
_CLOSED_TO_ROBOTS = ("/account/", "/cases/", "/desk/", "/mine/", "/organisations/", "/places/")
_GOOD_FOR = dt.timedelta(days=180)
"""How long the address for security reports is said to hold (RFC 9116 wants less than a year)."""


def about(request: HttpRequest) -> HttpResponse:
    """Say what this platform is, what force it has, what it keeps, and how to check it."""
    return show(
        request,
        "faces/about.html",
        {
            "laws": rulebooks().books,
            "rests_on": provision(_PLATFORM),
            "log_name": settings.CONFIGURATION.log_name,
            "demo": settings.CONFIGURATION.demo,
            "registers": place_of("registers"),
            "statistics": place_of("statistics"),
        },
        title=Bilingual(zh="关于本平台", en="About this platform"),
        provisions=(provision(_PLATFORM),),
    )


def accessibility(request: HttpRequest) -> HttpResponse:
    """Say what was tested for people with disabilities, what was not, and whom to tell."""
    return show(
        request,
        "faces/accessibility.html",
        {"contact": settings.CONFIGURATION.mail_from, "demo": settings.CONFIGURATION.demo},
        title=Bilingual(zh="无障碍说明", en="Accessibility"),
    )


def robots(_request: HttpRequest) -> HttpResponse:
    """Tell search engines which pages are no use to them; what they must not see is closed to everybody anyway."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in _CLOSED_TO_ROBOTS)]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def security_contact(_request: HttpRequest) -> HttpResponse:
    """Say where to report a weak place (RFC 9116); there is no such file where the operator named no address."""
    contact = settings.SECURITY_CONTACT
    if not contact:
        raise Http404
    until = timezone.now().astimezone(dt.UTC).replace(microsecond=0) + _GOOD_FOR
    said = contact if ":" in contact else f"mailto:{contact}"
    lines = (f"Contact: {said}", f"Expires: {until:%Y-%m-%dT%H:%M:%SZ}", "Preferred-Languages: zh, en")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
