"""What the walk over all routes needs to know about them: the things in their addresses, and which show one thing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from guiju.portal.cases.models import Case
from guiju.portal.organisations.models import Organisation, System


@dataclass(frozen=True)
class Things:
    """The things near those who ask: an organisation in Zhejiang, its system, its filing there."""

    company: Organisation
    system: System
    case: Case


_ENTRY = {"law": "mail4", "register": "filings", "number": "F-330000-2026-000001-T"}


def _norm_of(things: Things) -> dict[str, Any]:
    return {"organisation": things.company.pk, "about": f"system-{things.system.pk}", "norm": "mail4:66.1"}


ARGUMENTS: dict[str, Callable[[Things], dict[str, Any]]] = {
    "account_confirm_email": lambda _: {"key": "abc"},
    "account_reset_password_from_key": lambda _: {"uidb36": "1", "key": "abc"},
    "mfa_remove_webauthn": lambda _: {"pk": 1},
    "mfa_edit_webauthn": lambda _: {"pk": 1},
    "case": lambda things: {"number": things.case.number},
    # -- desk
    "assignment": lambda things: {"number": things.case.number},
    "office": lambda things: {"code": things.case.office.code},
    "posting": lambda things: {"posting": things.case.office.postings.order_by("pk")[0].pk},
    "law_article": lambda _: {"law": "mail4", "article": 66},
    "procedure": lambda _: {"law": "mail4", "name": "filing"},
    "procedure_diagram": lambda _: {"law": "mail4", "name": "filing", "lang": "zh"},
    "case_page": lambda things: {"number": things.case.number},
    "case_diagram": lambda things: {"number": things.case.number},
    "case_clock": lambda things: {"number": things.case.number, "clock": "registering"},
    "case_evidence": lambda things: {"number": things.case.number},
    **dict.fromkeys(("case_proof", "case_proof_alone"), lambda things: {"number": things.case.number, "seq": 1}),
    "case_letter": lambda things: {"number": things.case.number, "seq": 1, "place": 1},
    "case_letter_pdf": lambda things: {"number": things.case.number, "seq": 1, "place": 1, "lang": "zh"},
    "check_file": lambda _: {"form": "json"},
    # -- lookup
    **dict.fromkeys(("entry", "entry_json", "entry_badge", "entry_badge_picture"), lambda _: _ENTRY),
    "entry_proof": lambda _: {**_ENTRY, "version": 1, "form": "json"},
    "entry_qr": lambda _: {**_ENTRY, "form": "svg"},
    "registers_data": lambda _: {"form": "json"},
    "number_short": lambda _: {"number": _ENTRY["number"]},
    "statistics_data": lambda _: {"figure": "entries", "form": "json"},
    # -- publishing
    "log_former_checkpoint": lambda _: {"size": 1},
    "log_growth": lambda _: {"since": 1},
    "log_tile": lambda _: {"place": "0/000.p/1"},
    # -- workspace
    **{
        route: lambda things: {"organisation": things.company.pk}
        for route in (
            "workspace",
            "organisation_details",
            "organisation_facts",
            "history",
            "profile",
            "occurrences",
            "systems",
            "add_system",
            "duties",
            "calendar",
            "organisation_cases",
            "members",
            "invite_member",
        )
    },
    "system": lambda things: {"organisation": things.company.pk, "system": things.system.pk},
    "system_facts": lambda things: {"organisation": things.company.pk, "system": things.system.pk},
    "findings": lambda things: {"organisation": things.company.pk, "about": f"system-{things.system.pk}"},
    "finding": _norm_of,
    "duty": _norm_of,
    "download": lambda things: {"organisation": things.company.pk, "form": "profile.yaml"},
    "occurrence": lambda things: {"organisation": things.company.pk, "occurrence": 1},
    "duty_file": lambda things: {"organisation": things.company.pk, "mark": 1},
    "change_member": lambda things: {
        "organisation": things.company.pk,
        "member": things.company.memberships.order_by("pk")[0].pk,
    },
    "withdraw_invitation": lambda things: {"organisation": things.company.pk, "invitation": 1},
    "accept_invitation": lambda _: {"invitation": 1},
    "join": lambda _: {"token": "abc"},
    "calendar_feed": lambda _: {"token": "abc"},
    # -- filing
    "file": lambda things: {"organisation": things.company.pk},
    "begin_case": lambda things: {"organisation": things.company.pk, "law": "mail4", "name": "filing"},
    "begin_own_case": lambda _: {"law": "mail4", "name": "complaint"},
    "case_act": lambda things: {"number": things.case.number, "act": "withdraw"},
    "case_file": lambda things: {"number": things.case.number, "sha256": "0" * 64},
    "draft_file": lambda _: {"upload": 1},
    "draft_discard": lambda _: {"draft": 1},
}
"""The arguments of each route that has some."""

SHOWS: dict[str, tuple[str, ...]] = {
    "assignment": ("reviewer", "head"),
    "office": ("reviewer", "head"),
    "case": ("owner", "filer", "reader", "reviewer", "head"),
    **dict.fromkeys(
        (
            "case_page",
            "case_diagram",
            "case_clock",
            "case_evidence",
            "case_proof",
            "case_proof_alone",
            "case_letter",
            "case_letter_pdf",
        ),
        ("owner", "filer", "reader", "reviewer", "head"),
    ),
    **dict.fromkeys(
        (
            "workspace",
            "organisation_details",
            "organisation_facts",
            "history",
            "profile",
            "occurrences",
            "systems",
            "duties",
            "calendar",
            "organisation_cases",
            "members",
            "system",
            "system_facts",
            "findings",
            "finding",
            "duty",
            "download",
        ),
        ("owner", "filer", "reader"),
    ),
    # -- filing
    "file": ("owner", "filer"),
    "begin_case": ("owner", "filer"),
    "case_act": ("owner", "filer", "reviewer", "head"),
}
"""Routes whose page is about one thing, and the roles that see it: 200 for those near it, 404 for all elsewhere."""
