"""What templates need beside the components: texts in the language shown, shapes, the other language's address."""

from __future__ import annotations

from typing import Any

from django import template
from django.conf import settings
from django.template.loader import get_template
from django.utils.html import escape, format_html
from django.utils.translation import get_language

from guiju.bilingual import Bilingual
from guiju.portal.look.components.base import language, said
from guiju.portal.look.language import PARAMETER, in_language

register = template.Library()


def shape(name: str) -> str:
    """Return a small picture that goes with a word and is hidden from those who hear the word."""
    text: str = get_template("look/shape.html").render({"name": name})
    return text


def languages(context: Any) -> list[dict[str, Any]]:
    """Return code, name, address of this page in it, and whether it is shown, for each language."""
    request = context.get("request")
    path = request.get_full_path() if request is not None else ""
    shown = get_language()
    return [
        {
            "code": code,
            "name": name,
            "href": in_language(path, code) if path else f"?{PARAMETER}={code}",
            "shown": code == shown,
        }
        for code, name in settings.LANGUAGES
    ]


def both(zh: str, en: str, **values: Any) -> str:
    """Say a text in the language shown, escaped: ``{% both "共 {n} 件" "{n} in all" n=count %}``."""
    text = Bilingual(zh=zh, en=en).get(language())
    return format_html(text, **{name: said(value) for name, value in values.items()}) if values else escape(text)


register.filter("said", said)
register.simple_tag(both, name="both")
register.simple_tag(shape, name="shape")
register.simple_tag(languages, takes_context=True, name="languages")
