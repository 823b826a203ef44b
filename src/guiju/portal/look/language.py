"""The language of a page as a part of its address: `?lang=en` shows it in English from then on.

A link needs no form, no token and no script, and keeps the page with whatever else its address says; sent to somebody
else, or printed as a code, it opens in the language meant.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils import translation

PARAMETER: Final = "lang"
_YEAR: Final = 365 * 24 * 60 * 60


def in_language(path: str, code: str) -> str:
    """Return the address (path and query) of the same page in another language."""
    parts = urlsplit(path)
    query = [(name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if name != PARAMETER]
    return urlunsplit(("", "", parts.path, urlencode([*query, (PARAMETER, code)]), ""))


class LanguageFromAddress:
    """Shows the page in the language that its address asks for, and remembers that. Stands after LocaleMiddleware."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on; a language that the portal does not speak changes nothing."""
        code = request.GET.get(PARAMETER, "")
        if code not in dict(settings.LANGUAGES):
            return self.get_response(request)
        translation.activate(code)
        request.LANGUAGE_CODE = code
        response = self.get_response(request)
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            code,
            max_age=_YEAR,
            secure=request.is_secure(),
            httponly=True,
            samesite="Lax",
        )
        return response
