"""On which side somebody stands: the organisation that is assessed, the State, or other people."""

from __future__ import annotations

from typing import Literal

Side = Literal["own", "state", "people"]

OWN: frozenset[str] = frozenset((
    "developer", "provider", "user", "developer_or_provider", "developer_provider_or_user", "organisation", "applicant",
    "licensee", "filer", "foreign_provider", "device_provider", "platform_provider", "other_providers", "employer",
    "persons_in_charge", "any_person", "ai_officer",
))  # fmt: skip
"""The roles in which the law meets the organisation assessed; what binds any person binds it too."""

STATE: frozenset[str] = frozenset((
    "state", "state_organ", "government", "state_council", "national_authority", "provincial_authority",
    "local_authority", "competent_authority", "cyberspace_authority", "supervising_authority", "military_commission",
    "court", "judicial_authority", "procuratorate", "review_bodies", "regulation_recorders", "zone_congress",
    "free_trade_zone", "central_treasury", "national_ethics_expert_committee", "local_ethics_expert_committee",
    "officials", "public_security_organ", "designated_organisation",
))  # fmt: skip

PEOPLE: frozenset[str] = frozenset((
    "natural_persons", "users", "public", "minors", "workers", "trade_union", "whistleblower", "annotators",
    "rights_holder", "injured_party", "interested_parties", "researchers", "consumer_organisation",
))  # fmt: skip


def side_of(party: str | None) -> Side:
    """Tell the side of a party. A norm without a bearer speaks to the organisation; a stranger is somebody else."""
    if party is None or party in OWN:
        return "own"
    return "state" if party in STATE else "people"
