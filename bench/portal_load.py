"""A database with 100,000 cases and register entries, filled in bulk, for `python -m bench.portal`.

Honestly shaped, not honestly made: some dozens of cases are really filed and acted in (with everything that an act
means), and their rows are copied with other numbers and applicants, moved by whole weeks, so that days of the week
keep. Copies have no events in the ledger: lists, searches and lookups read none.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import random
from collections.abc import Iterator
from typing import Any

from django.utils import timezone

from guiju.portal.access.actor import Actor, actor_of
from guiju.portal.authorities.models import Office, Posting
from guiju.portal.cases.acting import Done, begin, carry_out
from guiju.portal.cases.models import Case, QueueRow
from guiju.portal.desk.models import Assignment
from guiju.portal.numbers.check_character import plain, with_check
from guiju.portal.organisations.models import Membership, Organisation
from guiju.portal.people.models import User
from guiju.portal.registers.describing import normalised
from guiju.portal.registers.models import Entry
from guiju.procedures.catalogue import built_in_types

ORGANISATIONS = 5_000
IN_ONE_OFFICE = 0.8
_BATCH = 2_000
_WEEK = dt.timedelta(days=7)
_HEADS = "星云天海山河明华智启新光远安达通联创科信"
_TAILS = ("智能科技有限公司", "数据服务有限公司", "信息技术股份有限公司", "教育科技有限公司", "医疗科技有限公司")
_DATES = ("next_due", "next_due_latest", "desk_due", "desk_due_latest", "lapse_after", "opened_on", "last_on",
          "arrived_on", "settled_on")  # fmt: skip


@dataclasses.dataclass(frozen=True)
class Filled:
    """Who asks, and what there is to ask for."""

    big: User
    head: User
    small: User
    numbers: list[str]
    entries: list[str]


def fill(cases: int) -> Filled:
    """Fill an empty site."""
    random.seed(7)
    today = timezone.localdate()
    big, small = Office.objects.get(code="000000-1"), Office.objects.get(code="330000-1")
    people = {name: _posted(name, role, office) for name, role, office in (
        ("big", "reviewer", big), ("head", "head", big), ("small", "reviewer", small),
    )}  # fmt: skip
    _filing(today, people)
    organisations = list(_organisations())
    Organisation.objects.bulk_create(organisations, batch_size=_BATCH)
    models = list(QueueRow.objects.select_related("case"))
    offices = [*Office.objects.exclude(pk=big.pk).order_by("pk")]
    made = [_case(number, random.choice(models), organisations, offices, big) for number in range(cases - len(models))]
    Case.objects.bulk_create([case for case, _, _ in made], batch_size=_BATCH)
    QueueRow.objects.bulk_create([_row(*one) for one in made], batch_size=_BATCH)
    _assign([case for case, _, _ in made], people["big"])
    entries = _entries([case for case, _, _ in made])
    return Filled(**people, numbers=[case.number for case, _, _ in made[::97]], entries=entries[::97])


def _posted(name: str, role: str, office: Office) -> User:
    user: User = User.objects.create_user(f"{name}@example.cn", name=name)
    Posting.objects.create(user=user, office=office, role=role)
    return user


def _organisations() -> Iterator[Organisation]:
    for number in range(ORGANISATIONS):
        name = "".join(random.choice(_HEADS) for _ in range(3)) + random.choice(_TAILS)
        yield Organisation(zh=name, en=f"Company {number:05}", credit_code=f"91330100MA{number:07}X", area="330106")


def _filing(today: dt.date, people: dict[str, User]) -> None:
    """File really, on most of the last hundred days: some then registered, some asked for more, some withdrawn."""
    company = Organisation.objects.create(zh="真实申报有限公司", en="Real Filer Ltd", area="110101")
    owner: User = User.objects.create_user("owner@example.cn", name="owner")
    Membership.objects.create(user=owner, organisation=company, role="owner")
    example = built_in_types().get("mail4/filing").example
    filer, reviewer = actor_of(owner), actor_of(people["big"])
    for back in range(0, 98, 2):
        day = today - dt.timedelta(days=back)
        form = {**example, "registered_users": 2_000_000, "users_exceeded_1m": (day - _WEEK).isoformat()}
        if back % 3 == 0:
            form["contact"] = None
        case = _done(begin(filer, "mail4/filing", "submit", form, applicant=company, today=day))
        match back % 7:
            case 0 | 1 | 2 | 3 if back % 3:
                _act(reviewer, case, "register", min(today, day + 2 * _WEEK))
            case 4 | 5 if back % 3 == 0:
                supply = {"missing": ["contact"], "supply_by": (day + 3 * _WEEK).isoformat()}
                _act(reviewer, case, "ask_for_supplement", day, **supply)
            case 6:
                _act(filer, case, "withdraw", day, reasons="bench")


def _act(actor: Actor, case: Case, name: str, day: dt.date, **values: Any) -> None:
    _done(carry_out(actor, case.number, name, values, seen=case.revision, today=day))


def _done(done: Any) -> Case:
    assert isinstance(done, Done), done
    return done.case


Made = tuple[Case, QueueRow, dt.timedelta]


def _case(number: int, model: QueueRow, organisations: list[Organisation], offices: list[Office], big: Office) -> Made:
    like, moved = model.case, _WEEK * (random.randrange(150) if model.final or model.turn == "nobody" else 0)
    opened = like.opened_on - moved
    kinds = built_in_types()
    kind = kinds.get(random.choice(("mail4/filing", "mail4/filing", "mail4/filing", "genai/filing", "mail4/licence")))
    case = Case(
        number=with_check(f"C-{opened.year}-{100_000 + number:06}"), kind=kind.key, version=kind.version,
        digest=kind.digest, readings=[list(pair) for pair in sorted(kind.readings.items())],
        organisation=random.choice(organisations), opened_on=opened, revision=like.revision,
        office=big if random.random() < IN_ONE_OFFICE else random.choice(offices),
    )  # fmt: skip
    return case, model, moved


def _row(case: Case, model: QueueRow, moved: dt.timedelta) -> QueueRow:
    values = {field.attname: getattr(model, field.attname) for field in QueueRow._meta.concrete_fields}
    values |= {name: values[name] - moved for name in _DATES if values[name]}
    values |= {"case_id": case.pk, "plain": plain(case.number), "kind": case.kind}
    return QueueRow(**{**values, "office_id": case.office_id, "organisation_id": case.organisation_id})


def _assign(cases: list[Case], person: User) -> None:
    """Give a third of one office's cases to one of two people."""
    mine = [case for case in cases if case.office_id == person.postings.values_list("office", flat=True)[0]][::3]
    other: User = User.objects.create_user("other@example.cn", name="other")
    Posting.objects.create(user=other, office_id=mine[0].office_id, role="reviewer")
    Assignment.objects.bulk_create(
        [
            Assignment(case=case, office_id=case.office_id, person=person if n % 20 == 0 else other, given_by=person)
            for n, case in enumerate(mine)
        ],
        batch_size=_BATCH,
    )


def _entries(cases: list[Case]) -> list[str]:
    """Enter every case in the register of filings, as the one that was really entered."""
    real = Entry.objects.filter(register="mail4/filings").order_by("pk").first()
    assert real is not None
    copied = {field.attname: getattr(real, field.attname) for field in Entry._meta.concrete_fields}
    made = []
    for number, case in enumerate(cases):
        entry = Entry(**copied)
        entry.pk = None
        entry.number = with_check(f"F-000000-{case.opened_on.year}-{100_000 + number:06}")
        entry.plain, entry.case = plain(entry.number), case
        entry.holder, entry.thing = case.organisation.zh, f"{case.organisation.zh[:3]}助手{number % 90}"
        entry.fields = {
            **real.fields, "filing_number": entry.number, "provider_name": entry.holder, "service_name": entry.thing,
        }  # fmt: skip
        entry.words = " ".join((entry.plain.lower(), *map(normalised, (entry.number, entry.holder, entry.thing))))
        entry.first_on = entry.status_on = entry.changed_on = case.opened_on
        made.append(entry)
    Entry.objects.bulk_create(made, batch_size=_BATCH)
    return [entry.number for entry in made]
