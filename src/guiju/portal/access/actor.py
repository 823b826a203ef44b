"""Who is asking, with every role that they hold and where they hold it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings

from guiju.portal.access.matrix import ACCOUNT, VISITOR


@dataclass(frozen=True, slots=True)
class Held:
    """A role somewhere: in an organisation, or in an office of an authority (`path`: its place in the tree)."""

    role: str
    organisation: int | None = None
    office: int | None = None
    authority: int | None = None
    path: str = ""


@dataclass(frozen=True, slots=True)
class Actor:
    """A person, or nobody in particular. Made anew for each request, so that a role taken away is gone at once.

    `withheld`: roles in offices that they hold, and may not act in until their account has a second factor.
    """

    user_id: int | None
    held: tuple[Held, ...]
    withheld: tuple[Held, ...] = ()


NOBODY = Actor(None, (Held(VISITOR),))


def actor_of(user: Any, *, shown: bool = True) -> Actor:
    """Return the actor behind an account, or nobody; an account that is switched off is nobody.

    `shown`: whether whoever asks has shown the account's second factor, not only that it has one. Two queries; three
    for an official.
    """
    if not user.is_authenticated or not user.is_active:
        return NOBODY
    members = [
        Held(role, organisation=organisation)
        for role, organisation in user.memberships.values_list("role", "organisation_id")
    ]
    posts = user.postings.values_list("role", "office_id", "office__authority_id", "office__authority__path")
    officials = [Held(role, None, office, authority, path) for role, office, authority, path in posts]
    held = (Held(VISITOR), Held(ACCOUNT), *members)
    if officials and settings.SECOND_FACTOR_DEMANDED and not (shown and has_second_factor(user)):
        return Actor(user.pk, held, tuple(officials))
    return Actor(user.pk, (*held, *officials))


def has_second_factor(user: Any) -> bool:
    """Tell whether an account has an authenticator app or a passkey; recovery codes alone are none."""
    from allauth.mfa.models import Authenticator

    return bool(Authenticator.objects.filter(user=user).exclude(type=Authenticator.Type.RECOVERY_CODES).exists())
