"""Every request passes here: a route or method that roles.yaml does not list is refused, whoever asks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseForbidden, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import reverse

from guiju.bilingual import Bilingual
from guiju.portal.access.actor import NOBODY, Actor, actor_of, has_second_factor
from guiju.portal.access.deciding import may
from guiju.portal.access.matrix import matrix

_SECOND_FACTOR = Bilingual(
    zh="为主管机关办理事务须先启用双重验证：请添加验证器应用或者通行密钥。",
    en="Before you act for an authority your account needs a second factor: add an authenticator app or a passkey.",
)
_SHOW_IT = Bilingual(
    zh="为主管机关办理事务前，请先用验证器应用或者通行密钥验证一次。",
    en="Before you act for an authority, confirm with your authenticator app or passkey.",
)


class RefusedResponse(HttpResponseForbidden):
    """The gate's own refusal."""


class Gate:
    """Refuses by route, method and role; which things a view shows it asks `visible` and `require`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponse | None:
        """Answer in place of the view if the request is not allowed."""
        from guiju.portal.drafts.late import put_aside

        route = request.resolver_match.view_name if request.resolver_match else ""
        methods = matrix().methods_of(route)
        if methods is None:
            return RefusedResponse()
        action = matrix().action_of(route, request.method or "")
        if action is None:
            return HttpResponseNotAllowed(sorted(methods))
        actor = NOBODY if may(NOBODY, action) else actor_behind(request)
        if may(actor, action):
            return None
        if actor.withheld and may(replace(actor, held=actor.withheld), action):
            return _to_second_factor(request)
        if actor.user_id is None and request.method in ("GET", "HEAD"):
            return redirect_to_login(request.get_full_path(), reverse("account_login"))
        late = put_aside(request) if actor.user_id is None and request.method == "POST" else None
        return late or RefusedResponse()


def actor_behind(request: HttpRequest) -> Actor:
    """Return who asks, once a request."""
    found: Actor | None = getattr(request, "_guiju_actor", None)
    if found is None:
        found = actor_of(request.user, shown=shows_second_factor(request))
        request._guiju_actor = found
    return found


def shows_second_factor(request: HttpRequest) -> bool:
    """Tell whether a second factor was shown, or added, in this session: one begun before by password alone has none.

    Where none is demanded, every session will do.
    """
    from allauth.account.authentication import get_authentication_records

    if not settings.SECOND_FACTOR_DEMANDED or not request.user.is_authenticated:
        return True
    return any(one.get("method") == "mfa" for one in get_authentication_records(request, request.user))


def _to_second_factor(request: HttpRequest) -> HttpResponse:
    has_one = has_second_factor(request.user)
    text = _SHOW_IT if has_one else _SECOND_FACTOR
    messages.warning(request, text.zh, extra_tags=f"\n{text.en}")
    if not has_one:
        return redirect("mfa_index")
    back = request.get_full_path() if request.method in ("GET", "HEAD") else reverse("places")
    return redirect(f"{reverse('mfa_reauthenticate')}?{urlencode({'next': back})}")
