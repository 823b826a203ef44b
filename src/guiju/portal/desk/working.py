"""Who works on the cases of an office: whoever holds a role there that reads its queue."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from guiju.portal.access.actor import Actor
from guiju.portal.access.deciding import grants, visible
from guiju.portal.access.matrix import matrix
from guiju.portal.authorities.models import Office, Posting
from guiju.portal.cases.models import QueueRow
from guiju.portal.people.models import User

READS = "queue.read"


def rows_for(actor: Actor) -> QuerySet[QueueRow]:
    """Return the cases of the offices that the actor serves."""
    return visible(actor, READS, QueueRow)


def offices_of(actor: Actor) -> QuerySet[Office]:
    """Return the offices whose cases the actor reads: not those that they only administer."""
    reached = Q(pk__in=())
    for held, reach in grants(actor, READS):
        reached |= Q(pk=held.office) if reach == "office" else Q(authority=held.authority)
    return Office.objects.filter(reached)


def people_of(offices: QuerySet[Office] | list[Office]) -> QuerySet[User]:
    """Return who may deal with cases of these offices."""
    reaching = Q(pk__in=())
    for role, reach in matrix().actions[READS].items():
        where = {"office__in": offices} if reach == "office" else {"office__authority__offices__in": offices}
        reaching |= Q(role=role, **where)
    return User.objects.filter(pk__in=Posting.objects.filter(reaching).values("user"), is_active=True).order_by(
        "name", "pk"
    )
