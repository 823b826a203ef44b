"""What every form that somebody logged in fills in begins with."""

from __future__ import annotations

from typing import Any

from django import template
from django.middleware.csrf import get_token
from django.utils.html import format_html
from django.utils.safestring import SafeString

from guiju.portal.drafts.late import FIELD, made_for

register = template.Library()


def our_form(context: Any, page: str = "") -> SafeString:
    """Write the token against forged requests and, signed, for whom the form was made (drafts/late.py).

    `page`: where the form stands, if it is sent to an address that only takes it: ``{% our_form "/members/" %}``.
    """
    request = context["request"]
    token = format_html('<input type="hidden" name="csrfmiddlewaretoken" value="{}">', get_token(request))
    if not request.user.is_authenticated:
        return token
    return token + format_html('<input type="hidden" name="{}" value="{}">', FIELD, made_for(request.user, page))


register.simple_tag(our_form, takes_context=True, name="our_form")
