"""How public answers may be kept: the same for everybody, so that browsers, proxies and CDNs can carry them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response, patch_vary_headers

from guiju.portal.look.language import PARAMETER

SECONDS = 60
"""For so long an answer may be kept without asking again."""
_PUBLIC = f"public, max-age={SECONDS}"


def page(request: HttpRequest, response: HttpResponse) -> HttpResponseBase:
    """Let a page be kept where it is the same for all: for whoever brings no cookie but that of the language."""
    patch_vary_headers(response, ("Cookie", "Accept-Language"))
    if PARAMETER in request.GET or set(request.COOKIES) - {settings.LANGUAGE_COOKIE_NAME}:
        return response
    response.headers["Cache-Control"] = _PUBLIC
    return _if_changed(request, response)


def data(request: HttpRequest, content: Mapping[str, Any], *, status: int = 200) -> HttpResponseBase:
    """Answer with JSON that pages of other sites may read too."""
    text = json.dumps(content, ensure_ascii=False, indent=1) + "\n"
    return file(request, text.encode(), "application/json", status=status)


def file(request: HttpRequest, content: bytes, kind: str, *, name: str = "", status: int = 200) -> HttpResponseBase:
    """Answer with a file; with a `name` it is saved rather than shown."""
    response = HttpResponse(content, content_type=kind, status=status)
    open_to_all(response, name)
    return _if_changed(request, response)


def open_to_all(response: HttpResponseBase, name: str = "") -> None:
    """Set the headers of what is the same for everybody, whoever asks and from whichever site."""
    response.headers["Cache-Control"] = _PUBLIC
    response.headers["Access-Control-Allow-Origin"] = "*"
    if name:
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'


def _if_changed(request: HttpRequest, response: HttpResponse) -> HttpResponseBase:
    """Answer 304 where the asker has the very same already."""
    if response.status_code != 200:  # noqa: PLR2004
        return response
    tag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    response.headers["ETag"] = tag
    return get_conditional_response(request, etag=tag, response=response) or response
