"""The shell for pages that django-allauth shows itself."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from guiju.bilingual import Bilingual
from guiju.portal.faces.showing import notices, shell_of

_TITLE = Bilingual(zh="账户", en="Account")


def shell(request: HttpRequest) -> dict[str, Any]:
    """Give a shell to templates that get none from `show`; nothing is worked out unless it is shown."""
    return {
        "shell": SimpleLazyObject(lambda: shell_of(request, title=_TITLE)),
        "notices": SimpleLazyObject(lambda: notices(request)),
    }
