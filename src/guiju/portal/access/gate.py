"""Every request passes here: a route or method that roles.yaml does not list is refused, whoever asks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseForbidden, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import reverse

from guiju.bilingual import Bilingual
from guiju.portal.access.actor import NOBODY, Actor, actor_of
from guiju.portal.access.deciding import may
from guiju.portal.access.matrix import matrix

_SECOND_FACTOR = Bilingual(
    zh="为主管机关办理事务须先启用双重验证：请添加验证器应用或者通行密钥。",
    en="Before you act for an authority your account needs a second factor: add an authenticator app or a passkey.",
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
            messages.warning(request, _SECOND_FACTOR.zh, extra_tags=f"\n{_SECOND_FACTOR.en}")
            return redirect("mfa_index")
        if actor.user_id is None and request.method in ("GET", "HEAD"):
            return redirect_to_login(request.get_full_path(), reverse("account_login"))
        late = put_aside(request) if actor.user_id is None and request.method == "POST" else None
        return late or RefusedResponse()


def actor_behind(request: HttpRequest) -> Actor:
    """Return who asks, once a request."""
    found: Actor | None = getattr(request, "_guiju_actor", None)
    if found is None:
        found = actor_of(request.user)
        request._guiju_actor = found
    return found
