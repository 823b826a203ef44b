"""Acts: opening a case with its first act, acting in it, and what happens in it by itself.

One transaction holds everything that an act means: events in the ledger, numbers, register entries, the office, mail.
Of two who act on the same revision one wins; the other is told that the case has changed.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from guiju.bilingual import Bilingual
from guiju.calendar.days import prc_calendar
from guiju.portal.access.actor import Actor
from guiju.portal.access.deciding import ForbiddenError, require
from guiju.portal.cases.evidence import UnreadableCaseError, load, pin_of
from guiju.portal.cases.keeping import Acting, Done, RefusedError
from guiju.portal.cases.models import Case, QueueRow
from guiju.portal.cases.roles import roles_in, roles_of
from guiju.portal.organisations.models import Organisation, System
from guiju.portal.people.models import User
from guiju.procedures.catalogue import built_in_types
from guiju.procedures.interpret import open_case, tick
from guiju.procedures.problems import ProcedureError
from guiju.procedures.refusals import Refusal

__all__ = ["CHANGED", "Done", "begin", "carry_out", "let_fall_due"]
_LOG = logging.getLogger("guiju.portal.cases")
CHANGED = Bilingual(
    zh="在您办理期间案件已有变化，您的办理没有生效；请查看最新情况后再办理。",
    en="The case was changed meanwhile, and your act was not carried out; look at it again before you act.",
)


def begin(
    actor: Actor,
    kind_name: str,
    first_act: str,
    values: Mapping[str, Any],
    *,
    applicant: Organisation | User,
    system: System | None = None,
    readings: Mapping[str, str] | None = None,
    request_key: str | None = None,
    today: dt.date | None = None,
) -> Done | Refusal:
    """Open a case with its first act. The same `request_key` of the same person again returns the case made then.

    Raises ForbiddenError, ProcedureError for an unknown type, UnknownReadingError.
    """
    require(actor, "case.open", applicant)
    if system is not None:
        require(actor, "system.read", system)
        if not isinstance(applicant, Organisation) or system.organisation_id != applicant.pk:
            raise ForbiddenError("case.open")
    kind = built_in_types().get(kind_name)
    procedure = open_case(kind, readings)
    parties = {"organisation": applicant} if isinstance(applicant, Organisation) else {"person": applicant}
    case = Case(
        kind=kind.key, version=kind.version, digest=kind.digest, readings=list(map(list, procedure.readings)),
        system=system, revision=0, request_key=request_key and f"{actor.user_id}:{request_key}", **parties,
    )  # fmt: skip
    held = (role for held in actor.held for role in roles_in(kind, held.role))
    roles = list(dict.fromkeys(role for role in held if kind.side_of(role) == "applicant"))
    try:
        with transaction.atomic():
            earlier = _made_already(case)
            if earlier is not None:
                return Done(earlier, load(earlier).events)
            return Acting(actor, case, kind, procedure, today).run(first_act, values, roles)
    except RefusedError as refused:
        return refused.refusal
    except IntegrityError:
        # The same form came in twice at the very same time, and the other one was first.
        earlier = _made_already(case)
        if earlier is None:
            raise
        return Done(earlier, load(earlier).events)


def carry_out(
    actor: Actor,
    number: str,
    act_name: str,
    values: Mapping[str, Any],
    *,
    seen: int,
    today: dt.date | None = None,
) -> Done | Refusal:
    """Act in a case of which the actor saw revision `seen`. Raises ForbiddenError where the case is out of reach."""
    try:
        with transaction.atomic():
            case = _locked().filter(number=number).first()
            if case is None:
                raise ForbiddenError("case.act")
            require(actor, "case.act", case)
            kind = built_in_types().pinned(pin_of(case))
            if case.revision != seen:
                return Refusal("changed_meanwhile", CHANGED, kind.cites)
            roles = roles_of(actor, "case.act", case, kind)
            return Acting(actor, case, kind, load(case), today).run(act_name, values, roles)
    except RefusedError as refused:
        return refused.refusal


def let_fall_due(today: dt.date | None = None) -> int:
    """Let happen what happens by itself once a clock has run out; returns in how many cases. For the worker.

    A case that cannot be read is logged and passed over, so that it does not hold up the others.
    """
    today = today or timezone.localdate()
    waiting = QueueRow.objects.filter(final=False, lapse_after__lt=today).order_by("lapse_after", "pk")
    return sum(_lapsed_if_readable(pk, today) for pk in list(waiting.values_list("case_id", flat=True)))


def _lapsed_if_readable(pk: int, today: dt.date) -> bool:
    try:
        return _lapsed(pk, today)
    except (UnreadableCaseError, ProcedureError, RefusedError):
        _LOG.exception("a case could not go on by itself", extra={"job": "clocks"})
        return False


@transaction.atomic
def _lapsed(pk: int, today: dt.date) -> bool:
    case = _locked().get(pk=pk)
    kind, procedure = built_in_types().pinned(pin_of(case)), load(case)
    events = tick(procedure, kind, prc_calendar(), today)
    if not events:
        return False
    Acting(None, case, kind, procedure, today).keep(events)
    return True


def _locked() -> QuerySet[Case]:
    return Case.objects.select_for_update(of=("self",)).select_related("office__authority")


def _made_already(case: Case) -> Case | None:
    return Case.objects.filter(request_key=case.request_key).first() if case.request_key else None
