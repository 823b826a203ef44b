"""The choices by which the queue is narrowed and sorted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Self

from django.db.models import Exists, F, OuterRef, QuerySet

from guiju.bilingual import Bilingual
from guiju.portal.authorities.models import Office
from guiju.portal.cases.models import QueueRow
from guiju.portal.desk.choosing import Choosing
from guiju.portal.desk.groups import GROUPS, OURS
from guiju.portal.desk.models import Assignment
from guiju.portal.look.components import ChoiceField, Field, FilterChip, Label, Option
from guiju.portal.look.telling_apart import told_apart
from guiju.portal.people.models import User
from guiju.procedures.catalogue import built_in_types

MINE, NOBODYS = "mine", "none"
SORTS = {"due": "desk_due", "number": "case_id", "arrived": "arrived_on"}
"""By the clock that ends first, by number, by the day on which the case came in."""
_ALL = Option(value="", label=Bilingual(zh="全部", en="All"))
_WHO = (
    Option(value="", label=Bilingual(zh="全处", en="All of the office")),
    Option(value=MINE, label=Bilingual(zh="我经办的", en="My cases")),
    Option(value=NOBODYS, label=Bilingual(zh="无人经办的", en="Nobody's")),
)


@dataclass(frozen=True, slots=True)
class QueueChoice(Choosing):
    """Group, case type, state, who deals with it, office, order."""

    group: str = OURS
    kind: str = ""
    state: str = ""
    who: str = ""
    office: str = ""
    sort: str = "due"

    def checked(self) -> Self:
        """Return the choices with unknown groups, types and orders set back."""
        return replace(
            self,
            group=self.group if self.group in GROUPS else OURS,
            kind=self.kind if self.kind in kinds() else "",
            sort=self.sort if self.sort.lstrip("-") in SORTS else "due",
        )

    def narrowed(self, rows: QuerySet[QueueRow], me: int) -> QuerySet[QueueRow]:
        """Keep what was chosen, but for the group."""
        if self.kind:
            rows = rows.filter(kind=self.kind)
        if self.state:
            rows = rows.filter(state=self.state)
        if self.office:
            rows = rows.filter(office__code=self.office)
        here = Assignment.objects.filter(case=OuterRef("pk"), office=OuterRef("office"), ended_at=None)
        if self.who == NOBODYS:
            rows = rows.filter(~Exists(here))
        elif self.who == MINE or (self.who.isascii() and self.who.isdigit() and len(self.who) < 10):  # noqa: PLR2004
            person = me if self.who == MINE else int(self.who)
            dealt_with = Assignment.objects.filter(person=person, ended_at=None).values("case")
            # The first condition finds few cases fast; the second leaves out those that have moved to another office.
            rows = rows.filter(Exists(here.filter(person=person)), pk__in=dealt_with)
        return rows

    def ordered(self, rows: QuerySet[QueueRow]) -> QuerySet[QueueRow]:
        """Sort; where nothing binds the authority, by the clock that binds the applicant, then as the cases came in."""
        backwards, name = self.sort.startswith("-"), self.sort.lstrip("-")
        field = SORTS[name]
        if name == "due" and self.group in ("waiting", "new"):
            field = "next_due"
        if name == "due" and self.group in ("quiet", "closed"):
            field, backwards = "last_on", not backwards
        first = F(field).desc(nulls_last=True) if backwards else F(field).asc(nulls_last=True)
        return rows.order_by(first, "-pk" if backwards else "pk")


def kinds() -> dict[str, Bilingual]:
    """Name the case types, by law and name."""
    types = built_in_types()
    return {key: types.get(key).title for key in types.keys()}  # noqa: SIM118  (no mapping)


def states_of(kind: str) -> dict[str, Bilingual]:
    """Name the states of a case type; of all of them, each once, where none is chosen."""
    types = built_in_types()
    wanted = [types.get(key) for key in ([kind] if kind else types.keys())]
    return told_apart(
        (name, state.label, one.title)
        for one in wanted
        for name, state in one.states.items()
        if state.kind != "initial"
    )


def kind_fields(kind: str, state: str) -> tuple[ChoiceField, ChoiceField]:
    """Return the fields that choose case type and state."""
    return (
        ChoiceField(
            name="kind", label=Bilingual(zh="案件类型", en="Kind of case"), value=kind, listed=True,
            options=(_ALL, *_options(kinds())),
        ),
        ChoiceField(
            name="state", label=Bilingual(zh="状态", en="State"), value=state, listed=True,
            options=(_ALL, *_options(states_of(kind))),
        ),
    )  # fmt: skip


def queue_fields(choice: QueueChoice, people: Iterable[User], offices: list[Office]) -> tuple[Field, ...]:
    """Return the fields that narrow the queue; the office only where there is more than one."""
    others = tuple(Option(value=str(one.pk), label=str(one)) for one in people)
    who = ChoiceField(
        name="who", label=Bilingual(zh="经办人", en="Dealt with by"), value=choice.who, listed=True,
        options=(*_WHO, *others),
    )  # fmt: skip
    fields: tuple[Field, ...] = (*kind_fields(choice.kind, choice.state), who)
    if len(offices) > 1:
        options = tuple(Option(value=one.code, label=office_name(one)) for one in offices)
        fields += (
            ChoiceField(
                name="office", label=Bilingual(zh="处室", en="Office"), value=choice.office, listed=True,
                options=(_ALL, *options),
            ),
        )  # fmt: skip
    return fields


def chips(choice: Choosing, fields: Iterable[Field], path: str) -> tuple[FilterChip, ...]:
    """Return what narrows the list now, each with the address of the list without it."""
    chosen: list[tuple[str, Label]] = []
    for field in fields:
        if isinstance(field, ChoiceField) and field.value:
            label = next((one.label for one in field.options if one.value == field.value), field.value)
            chosen.append((field.name, label))
    return tuple(FilterChip(label=label, without=choice.address(path, **{name: ""})) for name, label in chosen)


def office_name(office: Office) -> Bilingual:
    """Name an office with its authority."""
    return Bilingual(zh=f"{office.authority.zh} · {office.zh}", en=f"{office.authority.en} · {office.en}")


def _options(names: dict[str, Bilingual]) -> tuple[Option, ...]:
    return tuple(Option(value=value, label=label) for value, label in names.items())
