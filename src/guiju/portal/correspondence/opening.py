"""Which letters somebody has opened: noted for the side to which they went, for its own use, and shown to it alone.

A letter is effective by the act that sends it, on that act's day; neither law makes anything turn on when it is opened
(no clock of theirs begins or ends with it). So the authority is not told: it would be watching, for nothing.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Iterable

from django.db.models import BooleanField, Count, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet, Window
from django.http import HttpRequest

from guiju.portal.correspondence.models import Letter, LetterOpening
from guiju.portal.people.models import User
from guiju.procedures.catalogue import built_in_types


def note_opened(request: HttpRequest, letter: Letter) -> None:
    """Note that this person has opened a letter that went to their side; the first time counts."""
    if request.method == "GET" and isinstance(request.user, User):
        LetterOpening.objects.get_or_create(letter=letter, user=request.user)


def first_openings(letters: Iterable[Letter]) -> dict[int, LetterOpening]:
    """Return by its key for each letter that was opened who opened it first, and when."""
    rows = LetterOpening.objects.filter(letter__in=list(letters)).select_related("user").order_by("-at", "-pk")
    return {row.letter_id: row for row in rows}


def to_the_applicant() -> Q:
    """Return the condition for letters that went to the applicant's side of their case."""
    found = Q(pk__in=[])
    for kind, parties in _applicants():
        found |= Q(case__kind=kind, to__in=parties)
    return found


def unread_first(letters: QuerySet[Letter], user_id: int | None, since: dt.date) -> QuerySet[Letter]:
    """Order letters, the unread first, with `unread` and `alike`: how many are unread or, of others, are not.

    Unread is what a person has not opened; of letters before a day, what nobody has opened either: who joins late would
    otherwise find years of letters unread that colleagues have long dealt with. All others before it are left out.
    """
    openings = LetterOpening.objects.filter(letter=OuterRef("pk"))
    lately = Q(on__gte=since)
    unread = ~Q(sha256="") & ~Q(Exists(openings.filter(user=user_id))) & (lately | ~Q(Exists(openings)))
    marked = letters.annotate(unread=ExpressionWrapper(unread, BooleanField())).filter(lately | Q(unread=True))
    counted = marked.annotate(alike=Window(Count("pk"), partition_by=F("unread")))
    return counted.order_by("-unread", "-on", "-pk").defer("content")


@functools.cache
def _applicants() -> tuple[tuple[str, tuple[str, ...]], ...]:
    types = built_in_types()
    kinds = [types.get(key) for key in types.keys()]  # noqa: SIM118  (no mapping)
    return tuple(
        (kind.key, tuple(name for name, party in kind.parties.items() if party.side == "applicant")) for kind in kinds
    )
