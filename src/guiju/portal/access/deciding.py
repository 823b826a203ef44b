"""The one decision about access. The list filter and the check of a single thing are the same query."""

from __future__ import annotations

import functools
import operator
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Model, Q, QuerySet

from guiju.portal.access.actor import Actor, Held
from guiju.portal.access.belonging import BELONGINGS, reached
from guiju.portal.access.matrix import matrix


class ForbiddenError(PermissionDenied):
    """The actor may not do this to this thing."""


class UnknownActionError(LookupError):
    """The program asks for an action that roles.yaml does not list: a mistake in the program."""


def may(actor: Actor, action: str, thing: Model | None = None) -> bool:
    """Tell whether the actor may do this to this thing or, without one, to anything at all."""
    if thing is None:
        return bool(grants(actor, action))
    # Not type(thing): the user of a request is wrapped until it is needed.
    return visible(actor, action, thing._meta.model).filter(pk=thing.pk).exists()


def require(actor: Actor, action: str, thing: Model | None = None) -> None:
    """Raise ForbiddenError unless the actor may."""
    if not may(actor, action, thing):
        raise ForbiddenError(action)


def visible(actor: Actor, action: str, things: type[Model] | QuerySet[Any]) -> QuerySet[Any]:
    """Keep those things to which the actor may do this."""
    query = things if isinstance(things, QuerySet) else things._default_manager.all()
    belonging = BELONGINGS[query.model._meta.label]
    reaches = [reached(belonging, actor, held, reach) for held, reach in grants(actor, action)]
    conditions = [one for one in reaches if one is not None]
    if not conditions:
        return query.none()
    # An empty condition is met by everything; joined by "or" Django would drop it.
    return query if Q() in conditions else query.filter(functools.reduce(operator.or_, conditions))


def grants(actor: Actor, action: str) -> list[tuple[Held, str]]:
    """Return through which of their roles, and how far, the actor may do this."""
    granted = matrix().actions.get(action)
    if granted is None:
        raise UnknownActionError(action)
    return [(held, granted[held.role]) for held in actor.held if held.role in granted]
