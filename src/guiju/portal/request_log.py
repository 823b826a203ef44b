"""One log line and one measurement for each request: route by name, method, status, milliseconds."""

from __future__ import annotations

import logging
import secrets
import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

from guiju.portal.metrics import REQUESTS, SECONDS

_LOG = logging.getLogger("guiju.portal.request")
UNKNOWN = "-"
_KNOWN_METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")


class RequestLog:
    """The outermost layer, so that what inner layers refuse is counted too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on, and tell how it went."""
        began = time.perf_counter()
        request_id = secrets.token_hex(8)
        response = self.get_response(request)
        seconds = time.perf_counter() - began
        match = request.resolver_match
        route = (match.view_name if match else None) or UNKNOWN
        # A client may send any word as a method; each would be a series of its own.
        method = request.method if request.method in _KNOWN_METHODS else UNKNOWN
        REQUESTS.labels(route, method, str(response.status_code)).inc()
        SECONDS.labels(route).observe(seconds)
        response.headers["X-Request-ID"] = request_id
        _LOG.info(
            "request",
            extra={
                "request_id": request_id,
                "route": route,
                "method": method,
                "status": response.status_code,
                "ms": round(seconds * 1000, 1),
            },
        )
        return response
