"""On which side somebody stands: the organisation that is assessed, the State, or other people."""

from __future__ import annotations

from typing import Literal

Side = Literal["own", "state", "people"]

STATE: frozenset[str] = frozenset((
    "state", "state_organ", "government", "state_council", "national_authority", "provincial_authority",
    "local_authority", "competent_authority", "cyberspace_authority", "supervising_authority", "military_commission",
    "court", "judicial_authority", "procuratorate", "review_bodies",
))  # fmt: skip
PEOPLE: frozenset[str] = frozenset((
    "natural_persons", "users", "public", "minors", "workers", "trade_union", "whistleblower",
    "annotators", "rights_holder", "injured_party", "interested_parties", "researchers", "consumer_organisation",
))  # fmt: skip


def side_of(party: str | None) -> Side:
    """Tell the side of a party; what binds any person or organisation binds the one that is assessed."""
    if party in STATE:
        return "state"
    return "people" if party in PEOPLE else "own"
