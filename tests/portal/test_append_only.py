"""What is written once stays as it was written: the database itself refuses everything else, for every such table."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from django.db import DatabaseError, connection, models, transaction

from guiju.portal.cases.models import CaseEvent
from guiju.portal.correspondence.models import Letter
from guiju.portal.desk.models import PostingChange
from guiju.portal.evidence.models import Beside, Checkpoint, Erasure, Event, Log, Retention, Tile
from guiju.portal.evidence.opening import open_log_for_writing
from guiju.portal.numbers.models import Issued
from guiju.portal.organisations.models import System, Version
from guiju.portal.registers.models import EntryVersion
from guiju.portal.workspace.models import DutyMark
from tests.ledger.test_log import events
from tests.portal.people import office, official
from tests.portal.registered import registered

KEPT: list[type[models.Model]] = [
    Log, Event, Tile, Checkpoint, Beside, Erasure, CaseEvent, EntryVersion, Issued, Letter, DutyMark, PostingChange,
    Version,
]  # fmt: skip
ON_SQLITE = connection.vendor == "sqlite"


@pytest.fixture(scope="module", autouse=True)
def rows(tables: None) -> Iterator[None]:  # noqa: ARG001
    """Something in every table."""
    with transaction.atomic():
        case = registered().case
        company, who = case.organisation, official()
        with open_log_for_writing() as log:
            log.append({"by": "李四", "to": "王五"}, personal=["by", "to"])
            log.append_many(events(256))
            log.checkpoint()
            log.erase(log.size - 257, ["to"])
        system = System.objects.create(organisation=company, zh="星河问答")
        for about in (None, system):
            Version.objects.create(organisation=company, system=about, revision=2, by=who)
        DutyMark.objects.create(organisation=company, about="organisation", norm="mail4:66.1", by=who)
        PostingChange.objects.create(user=who, office=office("330000"), role="head", what="appointed", by=who)
        Letter.objects.create(case=case, seq=2, place=9, name="receipt", to="applicant", on=dt.date.today(), sha256="0")
        connection.check_constraints()  # else PostgreSQL refuses to truncate what it has yet to check
        yield
        transaction.set_rollback(True)


def refused(statement: str) -> None:
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def columns(model: type[models.Model]) -> list[str]:
    return [field.column for field in model._meta.concrete_fields]


def keys(model: type[models.Model], *, always: bool) -> list[set[str]]:
    """Return the sets of columns of which the same values stand in the table once (`always`: in all rows)."""
    meta = model._meta
    wholes = [one for one in meta.constraints if isinstance(one, models.UniqueConstraint)]
    return [{field.column} for field in meta.concrete_fields if field.unique] + [
        {meta.get_field(name).column for name in one.fields} for one in wholes if not (always and one.condition)
    ]


def quoted(names: list[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


@pytest.mark.parametrize("model", KEPT)
def test_no_column_can_be_written_again(model: type[models.Model]) -> None:
    for column in columns(model):
        refused(f'UPDATE {model._meta.db_table} SET "{column}" = "{column}"')


@pytest.mark.parametrize("model", KEPT)
def test_no_row_can_be_deleted(model: type[models.Model]) -> None:
    refused(f"DELETE FROM {model._meta.db_table}")
    if not ON_SQLITE:
        refused(f"TRUNCATE {model._meta.db_table} CASCADE")


@pytest.mark.parametrize("model", KEPT)
def test_no_row_can_be_put_in_the_place_of_another_with_any_of_its_keys(model: type[models.Model]) -> None:
    table, names = model._meta.db_table, columns(model)
    for key in keys(model, always=True):
        refused(
            f"INSERT INTO {table} ({quoted(names)}) SELECT {quoted(names)} FROM {table} WHERE 1 = 1 "
            f'ON CONFLICT ({quoted(sorted(key))}) DO UPDATE SET "{names[0]}" = excluded."{names[0]}"'
        )
    for key in keys(model, always=False) if ON_SQLITE else []:
        others = set().union(*keys(model, always=False)) - key
        values = [_another(model, name) if name in others else f'"{name}"' for name in names]
        refused(f"INSERT OR REPLACE INTO {table} ({quoted(names)}) SELECT {', '.join(values)} FROM {table}")


def _another(model: type[models.Model], column: str) -> str:
    """Return SQL for a value that the column has nowhere."""
    (field,) = [one for one in model._meta.concrete_fields if one.column == column]
    text = isinstance(field, models.CharField | models.TextField)
    return f"\"{column}\" || '-'" if text else f'"{column}" + 1000000'


def test_no_other_table_has_triggers() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT tbl_name FROM sqlite_master WHERE type = 'trigger'"
            if ON_SQLITE
            else "SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal"
        )
        found = {table for (table,) in cursor.fetchall()}
    # How far retention has come only goes forward, and no further than the log: tests of the log show it.
    kept: list[type[models.Model]] = [*KEPT, Retention]
    assert found == {model._meta.db_table for model in kept}
