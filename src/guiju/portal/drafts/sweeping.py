"""What nobody needs any more goes: files that nothing names, and forms that nobody came back for.

A file is kept once under its content, whoever sent it. So it stays while anything of anybody names it: a draft, a form
put aside, a mark of a duty, an event of any case. What was erased from a case is named by it no more.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from guiju.portal.drafts.files import files_folder, place_of_content
from guiju.portal.drafts.late import KEPT_FOR
from guiju.portal.drafts.models import Draft, LatePost, Upload
from guiju.portal.evidence.models import Beside
from guiju.portal.workspace.models import DutyMark

UNNAMED_FOR = dt.timedelta(days=7)
"""So long a file that nothing names is kept: its form may lie open somewhere. Ours, not the law's."""
_MOST = 500
_GONE = ".gone"
_NAMED = re.compile(rb"sha256:([0-9a-f]{64})/")
_DIGEST = re.compile(r"[0-9a-f]{64}")


def sweep(now: dt.datetime | None = None) -> int:
    """Delete forms put aside too long ago, and files that nothing has named for long; returns how many. For the worker.

    At most so many files at once; the next time goes on.
    """
    now = now or timezone.now()
    forms, _ = LatePost.objects.filter(kept_at__lt=now - KEPT_FOR).delete()
    return forms + len(_sweep_files(now - UNNAMED_FOR))


def _sweep_files(before: dt.datetime) -> set[str]:
    _finish_removals()
    old = (_old_uploads(before) | _strays(before)) - _named_on_the_way()
    if not old:
        return set()
    last = Beside.objects.aggregate(last=Max("pk"))["last"] or 0
    unnamed = set(sorted(old - _named_in_cases(0))[:_MOST])
    with transaction.atomic():
        # What somebody began or filed while the cases were read.
        unnamed -= _named_on_the_way() | _named_in_cases(last)
        Upload.objects.filter(sha256__in=unnamed, sent_at__lt=before).delete()
    return {digest for digest in unnamed if _remove(digest)}


def _old_uploads(before: dt.datetime) -> set[str]:
    lately = Upload.objects.filter(sent_at__gte=before).values("sha256")
    return set(Upload.objects.exclude(sha256__in=lately).values_list("sha256", flat=True))


def _strays(before: dt.datetime) -> set[str]:
    """Name the contents on disk that nobody is known to have sent, as of a process that was killed meanwhile."""
    known = set(Upload.objects.values_list("sha256", flat=True))
    found = (path for path in files_folder().glob("??/*") if _DIGEST.fullmatch(path.name) and path.name not in known)
    return {path.name for path in found if path.stat().st_mtime < before.timestamp()}


def _named_on_the_way() -> set[str]:
    entered: Iterator[object] = Draft.objects.values_list("entered", flat=True).iterator()
    late: Iterator[object] = LatePost.objects.values_list("entered", flat=True).iterator()
    texts = (json.dumps(one, ensure_ascii=False).encode() for rows in (entered, late) for one in rows)
    return _named_in(texts) | set(DutyMark.objects.exclude(upload=None).values_list("upload__sha256", flat=True))


def _named_in_cases(after: int) -> set[str]:
    """Return what events name that were recorded after a row."""
    return _named_in(Beside.objects.filter(pk__gt=after).values_list("value", flat=True).iterator())


def _named_in(texts: Iterable[bytes]) -> set[str]:
    return {digest.decode() for text in texts for digest in _NAMED.findall(bytes(text))}


def _remove(digest: str) -> bool:
    """Remove a content that nobody is known to have sent; out of the way first, for who sends it at this moment."""
    path = place_of_content(digest)
    if not path.exists() or Upload.objects.filter(sha256=digest).exists():
        return False
    return _settle(path.rename(path.with_name(f"{digest}{_GONE}")))


def _settle(away: Path) -> bool:
    digest = away.name.removesuffix(_GONE)
    if Upload.objects.filter(sha256=digest).exists():
        away.replace(place_of_content(digest))
        return False
    away.unlink()
    return True


def _finish_removals() -> None:
    """Finish what a worker that was killed had begun."""
    for away in files_folder().glob(f"??/*{_GONE}"):
        _settle(away)
