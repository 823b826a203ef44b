"""Published checkpoints as the pages list them: newest first, some at a time."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from django.http import Http404

from guiju.portal.evidence.models import Checkpoint
from guiju.portal.evidence.store import TableStore

_BIGGEST = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Listed:
    """Some checkpoints; `before` leads on to older ones, None where there are none."""

    checkpoints: tuple[Checkpoint, ...]
    before: int | None


def listed(asked: str, most: int) -> Listed:
    """Return checkpoints of fewer events than `asked`, a number as it stands in an address; nothing means the newest.

    Raises Http404 for what is no number.
    """
    rows = Checkpoint.objects.order_by("-size", "-pk")
    if asked:
        if not asked.isascii() or not asked.isdecimal():
            raise Http404
        rows = rows.filter(size__lt=min(int(asked[:20]), _BIGGEST))
    found = list(rows[: most + 1])
    return Listed(tuple(found[:most]), found[most - 1].size if len(found) > most else None)


def of_size(size: int) -> Checkpoint:
    """Return the checkpoint that was first published of so many events. Raises Http404."""
    found = Checkpoint.objects.filter(size=size).order_by("pk").first() if size <= _BIGGEST else None
    if found is None:
        raise Http404
    return found


def key_file() -> bytes:
    """Return the log's public key as a file."""
    return f"{TableStore().verifier_text()}\n".encode()


def fingerprint(content: bytes) -> str:
    """Return the SHA-256 of the key file, which any tool gives."""
    return sha256(content).hexdigest()
