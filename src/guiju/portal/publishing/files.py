"""What programs read of the log: checkpoints, the key, proofs of growth, tiles of hashes. The same for everybody."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils import timezone

from guiju.ledger.checkpoint import Checkpoint as Statement
from guiju.ledger.proof_file import GrowthProof
from guiju.portal.evidence.checkpoints import latest
from guiju.portal.evidence.models import Checkpoint
from guiju.portal.evidence.opening import open_log
from guiju.portal.evidence.tiles import published_tile
from guiju.portal.lookup import answers
from guiju.portal.publishing.kept import key_file, listed, of_size

FORMAT = "guiju-log-checkpoints/1"
_TEXT = "text/plain; charset=utf-8"
_MOST = 500
_FOR_EVER = "public, max-age=31536000, immutable"


def log_checkpoint(request: HttpRequest) -> HttpResponseBase:
    """Give the latest checkpoint (C2SP tlog-checkpoint); 404 as long as nothing was logged."""
    return answers.file(request, _latest().note.encode(), _TEXT)


def log_former_checkpoint(request: HttpRequest, size: int) -> HttpResponseBase:
    """Give the checkpoint of so many events."""
    return answers.file(request, of_size(size).note.encode(), _TEXT)


def log_checkpoints_json(request: HttpRequest) -> HttpResponseBase:
    """List checkpoints, newest first; `next` is the address of older ones, or null."""
    found = listed(request.GET.get("before", ""), _MOST)
    here = request.build_absolute_uri(reverse("log_checkpoints_json"))
    content = {
        "format": FORMAT,
        "checkpoints": [_shape(one) for one in found.checkpoints],
        "next": f"{here}?before={found.before}" if found.before is not None else None,
    }
    return answers.data(request, content)


def log_growth(request: HttpRequest, since: int) -> HttpResponseBase:
    """Prove that the latest checkpoint continues the first `since` events, in the form that `guiju ledger` verifies."""
    kept = _latest()
    if not 0 < since <= kept.size:
        raise Http404
    with open_log() as log:
        path = tuple(log.consistency(since, kept.size))
    return answers.file(request, str(GrowthProof(since, path, kept.note)).encode(), "application/json")


def log_key(request: HttpRequest) -> HttpResponseBase:
    """Give the public key, one line."""
    return answers.file(request, key_file(), _TEXT)


def log_tile(request: HttpRequest, place: str) -> HttpResponseBase:
    """Give a tile of hashes (C2SP tlog-tiles). What it says never changes. Entries are not published."""
    found = published_tile(place)
    if found is None:
        raise Http404
    response = answers.file(request, found, "application/octet-stream")
    response.headers["Cache-Control"] = _FOR_EVER
    return response


def _latest() -> Checkpoint:
    kept = latest()
    if kept is None:
        raise Http404
    return kept


def _shape(one: Checkpoint) -> dict[str, Any]:
    return {
        "size": one.size,
        "root": Statement.parse(one.note).root.hex(),
        "published_at": timezone.localtime(one.at).isoformat(timespec="seconds") if one.at else None,
        "note": one.note,
    }
