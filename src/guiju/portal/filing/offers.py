"""What an organisation, or a person, can file: first acts that its side may take, and which of them are called for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from guiju.bilingual import Bilingual
from guiju.engine.findings import Finding
from guiju.portal.access.actor import Actor
from guiju.portal.authorities.models import Authority
from guiju.portal.cases.models import Case
from guiju.portal.cases.roles import roles_in
from guiju.portal.organisations.models import Organisation, System
from guiju.portal.workspace.assessing import current
from guiju.procedures.catalogue import built_in_types
from guiju.procedures.model import ANYBODY, CaseType, Clock, Transition

_DUTY = "duty"


@dataclass(frozen=True, slots=True)
class Offer:
    """A procedure that can be begun, with the acts that begin it."""

    kind: CaseType
    acts: tuple[Transition, ...]

    @property
    def clocks(self) -> list[Clock]:
        """The statutory clocks that the first act starts, or that it must be in time for, under the usual readings."""
        active = self.kind.under(tuple(sorted(self.kind.readings.items())))
        names = {act.name for act in self.acts}
        return [
            clock
            for clock in active.clocks.values()
            if clock.period is not None
            and any(hook.on in names for hook in (*active.hooks(clock, "starts"), *active.hooks(clock, "stops")))
        ]


@dataclass(frozen=True, slots=True)
class Recommendation:
    """A procedure that a duty calls for: of which system, which duty says so, and the case that is there already."""

    offer: Offer
    system: System
    finding: Finding
    case: Case | None


def filing_roles(actor: Actor, kind: CaseType, applicant: Organisation | None) -> list[str]:
    """List the roles on the applicant's side in which the actor can begin a case for an applicant."""
    held = (one for one in actor.held if one.organisation == (applicant.pk if applicant else None))
    names = (name for one in held for name in roles_in(kind, one.role))
    return list(dict.fromkeys(name for name in names if kind.side_of(name) == "applicant"))


def first_acts(kind: CaseType, roles: Iterable[str]) -> tuple[Transition, ...]:
    """List the acts by which somebody in these roles can begin a case of this type."""
    named = {*roles, ANYBODY}
    active = kind.under(tuple(sorted(kind.readings.items())))
    return tuple(one for one in active.exits[kind.initial] if not one.automatic and named & set(one.by))


def offers(actor: Actor, applicant: Organisation | None) -> list[Offer]:
    """List what can be filed for an organisation, or by the person for themself."""
    types = built_in_types()
    kinds = (types.get(key) for key in types.keys())  # noqa: SIM118  (no mapping)
    found = (Offer(kind, first_acts(kind, filing_roles(actor, kind, applicant))) for kind in kinds)
    reached = receiving()
    return [offer for offer in found if offer.acts and is_received(offer.kind, reached)]


def receiving() -> set[str]:
    """Name the parties of case types that authorities of this site are (one query)."""
    return set(Authority.objects.values_list("party", flat=True).distinct())


def is_received(kind: CaseType, parties: set[str]) -> bool:
    """Tell whether any authority of this site deals with such cases."""
    return any(rule.authority in parties for rule in kind.rules)


def recommended(organisation: Organisation, offered: Sequence[Offer]) -> list[Recommendation]:
    """List the procedures to which a duty leads that applies to a system today and is not fulfilled."""
    now = current(organisation)
    by_key = {offer.kind.key: offer for offer in offered}
    wanted: dict[tuple[str, str], tuple[Offer, System, Finding]] = {}
    for finding in now.sheet.assessment.findings:
        norm = finding.norm
        offer = by_key.get(f"{norm.rulebook}/{norm.procedure}")
        if offer is None or finding.subject.kind != "system" or finding.subject.name not in now.systems:
            continue
        if norm.kind == _DUTY and _is_the_applicants(norm.bearer) and _is_open(finding):
            key = (offer.kind.key, finding.subject.name)
            wanted.setdefault(key, (offer, now.systems[finding.subject.name], finding))
    cases = _open_cases(organisation)
    found = (Recommendation(*one, cases.get((one[0].kind.key, one[1].pk))) for one in wanted.values())
    return [one for one in found if one.case is None or _has_begun(one.finding)]


def _is_the_applicants(bearer: str | None) -> bool:
    """Tell whether a duty is one of those who file, and not of the authority that deals with it."""
    return bearer is not None and not bearer.endswith("authority")


def _is_open(finding: Finding) -> bool:
    return finding.status == "applies" and finding.fulfilment != "met"


def _has_begun(finding: Finding) -> bool:
    """Tell whether what the duty waits for has happened; until then it calls for nothing in a case that stands."""
    return finding.deadline is None or finding.deadline.anchor_date is not None


def _open_cases(organisation: Organisation) -> dict[tuple[str, int | None], Case]:
    rows = Case.objects.filter(organisation=organisation, queue_row__final=False, system__isnull=False)
    return {(case.kind, case.system_id): case for case in rows.order_by("pk")}


def clock_words(clock: Clock) -> Bilingual:
    """Say the length of a clock: "time to register: within 30 working days"."""
    assert clock.period is not None
    zh, en = clock.period.text("zh"), clock.period.text("en")
    said = {
        "within": Bilingual(zh=f"{zh}内", en=f"within {en}"),
        "at_least": Bilingual(zh=f"至少提前{zh}", en=f"at least {en} before"),
        "from": Bilingual(zh=f"届满前{zh}起", en=f"from {en} before"),
    }.get(clock.form, Bilingual(zh=zh, en=en))
    return Bilingual(zh=f"{clock.label.zh}：{said.zh}", en=f"{clock.label.en}: {said.en}")
