"""What Prometheus reads: requests, their time, and what waits in the outbox."""

from __future__ import annotations

import os
import secrets

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from django.utils import timezone
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client import multiprocess as across_processes

_ACROSS = "PROMETHEUS_MULTIPROC_DIR"
_OWN = CollectorRegistry()
REQUESTS = Counter(
    "guiju_requests", "Requests by route, method and status", ["route", "method", "status"], registry=_OWN
)
SECONDS = Histogram("guiju_request_seconds", "Time to answer, by route", ["route"], registry=_OWN)


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Answer whoever brings the token; without a token in the settings there are no metrics outside a demo."""
    if not _allowed(request):
        return HttpResponseNotFound()
    content = generate_latest(_collected()) + generate_latest(_now())
    return HttpResponse(content, content_type=CONTENT_TYPE_LATEST)


def _allowed(request: HttpRequest) -> bool:
    token = settings.CONFIGURATION.metrics_token
    if not token:
        return bool(settings.CONFIGURATION.demo)
    return secrets.compare_digest(request.headers.get("Authorization", "").encode(), f"Bearer {token}".encode())


def _collected() -> CollectorRegistry:
    """Return the counts of this process or, under several workers, of all of them."""
    if _ACROSS not in os.environ:
        return _OWN
    registry = CollectorRegistry()
    across_processes.MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return registry


def _now() -> CollectorRegistry:
    from guiju.portal.outbox.models import Message

    registry = CollectorRegistry()
    waiting = Message.objects.filter(sent_at=None)
    Gauge("guiju_outbox_waiting", "Messages that are not sent yet", registry=registry).set(waiting.count())
    oldest = waiting.order_by("queued_at").values_list("queued_at", flat=True).first()
    age = (timezone.now() - oldest).total_seconds() if oldest else 0.0
    Gauge("guiju_outbox_oldest_seconds", "Age of the oldest unsent message", registry=registry).set(age)
    return registry
