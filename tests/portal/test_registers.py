"""Entries of registers: as acts write them, with every version."""

from __future__ import annotations

import datetime as dt

import pytest

from guiju.portal.access.actor import NOBODY
from guiju.portal.access.deciding import visible
from guiju.portal.cases.models import Case
from guiju.portal.registers.models import Entry, EntryVersion
from guiju.portal.registers.writing import NoSuchEntryError, given_number, write_entries
from guiju.procedures.case import EntryChange, Event
from guiju.procedures.catalogue import built_in_types
from tests.portal.test_cases import filed

pytestmark = pytest.mark.usefixtures("db")
KIND = "mail4/filing"
DAY = dt.date(2026, 10, 9)


def change(case: Case, seq: int, how: str, number: str, status: str = "registered", **fields: str) -> None:
    entry = EntryChange("filings", how, status, {"filing_number": number, **fields})  # type: ignore[arg-type]
    write_entries(case, built_in_types().get(KIND), Event(seq, DAY, "register", "reviewer", entries=(entry,)))


def entry(number: str) -> Entry:
    return Entry.objects.get(number=number)


def test_every_act_leaves_a_version_and_the_entry_is_the_last() -> None:
    case = filed()
    change(case, 2, "write", "F-1", service_name="星河")
    change(case, 3, "update", "F-1", service_name="星河二号")
    change(case, 4, "update", "F-1", "deregistered")
    one = entry("F-1")
    assert (one.version, one.status, one.fields) == (3, "deregistered", {"filing_number": "F-1"})
    versions = EntryVersion.objects.filter(entry=one).order_by("version")
    assert [(v.how, v.status, v.fields.get("service_name")) for v in versions] == [
        ("write", "registered", "星河"), ("update", "registered", "星河二号"), ("update", "deregistered", None),
    ]  # fmt: skip


def test_what_is_withdrawn_is_shown_no_more_and_its_history_stays() -> None:
    case = filed()
    change(case, 2, "write", "F-1")
    assert visible(NOBODY, "entry.read", Entry).count() == 1
    change(case, 3, "withdraw", "F-1")
    assert not visible(NOBODY, "entry.read", Entry).exists()
    assert EntryVersion.objects.count() == 2


def test_another_case_changes_what_it_speaks_of_and_leaves_the_rest() -> None:
    first, other = filed(), filed()
    change(first, 2, "write", "F-1", service_name="星河")
    change(other, 2, "update", "F-1", "cancelled", ended_on="2026-10-09")
    one = entry("F-1")
    assert (one.fields["service_name"], one.fields["ended_on"], one.status, one.case) == (
        "星河", "2026-10-09", "cancelled", other,
    )  # fmt: skip


def test_a_new_number_of_the_same_case_is_named_in_the_old_entry() -> None:
    case = filed()
    change(case, 2, "write", "F-1")
    change(case, 3, "write", "F-2")
    old = entry("F-1")
    assert (old.status, old.fields["superseded_by"], old.shown) == ("superseded", "F-2", True)


def test_a_number_that_was_never_given_cannot_be_changed() -> None:
    case = filed()
    for how in ("update", "withdraw"):
        with pytest.raises(NoSuchEntryError) as refused:
            change(case, 2, how, "F-9")
        assert "F-9" in refused.value.text("zh")


def test_an_entry_is_found_however_its_number_is_typed() -> None:
    change(filed(), 2, "write", "F-330000-2026-000001-K")
    with pytest.raises(Exception, match=r"(?i)unique"):
        Entry.objects.create(
            register="mail4/filings", number="F3300002026000001K", plain="F3300002026000001K", public=True,
            case=Case.objects.first(), changed_on=DAY,
        )  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "act", "wanted"),
    [
        ("mail4/filing", "register", ("filing_number", "F")),
        ("mail4/filing", "amend", None),
        ("mail4/licence", "grant", ("licence_number", "L")),
    ],
)
def test_numbers_are_given_where_a_register_gets_a_new_entry(
    kind: str, act: str, wanted: tuple[str, str] | None
) -> None:
    assert given_number(built_in_types().get(kind), act) == wanted


def test_every_register_that_needs_numbers_has_a_series() -> None:
    types = built_in_types()
    for key in types.keys():  # noqa: SIM118
        kind = types.get(key)
        for transition in kind.transitions:
            wanted = given_number(kind, transition.name)
            assert wanted is None or (wanted[0] in kind.record and len(wanted[1]) == 1)
