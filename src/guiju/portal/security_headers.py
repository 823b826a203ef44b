"""Headers that let a browser do nothing but show our own pages: scripts, styles and pictures are files of this site."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

_DIRECTIVES = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "font-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
}
_PERMISSIONS = (
    "publickey-credentials-get=(self), publickey-credentials-create=(self), "
    "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()"
)


def content_security_policy(*, encrypted: bool, identity_server: str = "") -> str:
    """Return the policy. An identity server is a place to which the log-in form may lead on."""
    directives = dict(_DIRECTIVES)
    if identity_server:
        directives["form-action"] += f" {identity_server}"
    if encrypted:
        directives["upgrade-insecure-requests"] = ""
    return "; ".join(f"{name} {value}".strip() for name, value in directives.items())


class SecurityHeaders:
    """Adds the headers to every answer, also to refusals and errors."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        configuration = settings.CONFIGURATION
        server = configuration.oidc["server"] if configuration.oidc else ""
        self.policy = content_security_policy(encrypted=not configuration.demo, identity_server=_origin(server))

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on; what somebody signed in sees is kept in no cache, what one browser sees in no other."""
        response = self.get_response(request)
        response.headers["Content-Security-Policy"] = self.policy
        response.headers["Permissions-Policy"] = _PERMISSIONS
        response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        # Who asks is in the database; a fault, which shows nothing of theirs, must be told without it.
        user = getattr(request, "user", None) if response.status_code < HTTPStatus.INTERNAL_SERVER_ERROR else None
        if user is not None and user.is_authenticated:
            response.headers.setdefault("Cache-Control", "private, no-store")
        elif response.cookies or "Cookie" in response.headers.get("Vary", ""):
            # Made for one browser: the token of its forms, what it was just told.
            response.headers.setdefault("Cache-Control", "private, no-cache")
        return response


def _origin(url: str) -> str:
    return "/".join(url.split("/")[:3])
