"""What somebody with full access to the tables changes is found by comparing them with the log."""

from __future__ import annotations

import pytest
from django.db import connection

from guiju.ledger.log import Ledger
from guiju.portal.cases import verifying
from guiju.portal.cases.models import Case, CaseEvent
from guiju.portal.cases.verifying import verify_cases
from guiju.portal.correspondence.models import Letter
from guiju.portal.evidence.models import Beside
from guiju.portal.evidence.opening import open_log
from tests.portal.test_cases import filed

pytestmark = pytest.mark.usefixtures("db")


def tampered(statement: str) -> None:
    """Do what only somebody can do who may also drop triggers."""
    with connection.cursor() as cursor:
        for table in ("cases_caseevent", "evidence_beside", "correspondence_letter"):
            for operation in ("insert", "update", "delete"):
                trigger = f"DROP TRIGGER {table}_{operation}_refused"
                cursor.execute(trigger if connection.vendor == "sqlite" else f"{trigger} ON {table}")
        cursor.execute(statement)


def found() -> list[str]:
    return [f"{one.what} {one.seq}" for one in verify_cases()]


def test_what_nobody_touched_agrees_also_after_an_erasure() -> None:
    case = filed()
    filed()
    open_log().erase(CaseEvent.objects.get(case=case).idx, ["private", "who"])
    assert found() == []


def test_what_is_filed_while_it_compares_is_no_difference(monkeypatch: pytest.MonkeyPatch) -> None:
    filed()
    others = [filed]

    def opened_before_another_files() -> Ledger:
        log = open_log()
        while others:
            others.pop()()
        return log

    monkeypatch.setattr(verifying, "open_log", opened_before_another_files)
    assert found() == []
    assert CaseEvent.objects.count() == 2


@pytest.mark.parametrize(
    ("statement", "findings"),
    [
        ("DELETE FROM cases_caseevent", ["not_in_tables 1", "wrong_revision 0"]),
        ("UPDATE cases_caseevent SET seq = 2", ["not_in_tables 1"]),
        ("UPDATE cases_caseevent SET idx = idx + 7", ["not_in_tables 1", "not_in_log 1"]),
        ("UPDATE cases_case SET revision = 0", ["wrong_revision 0"]),
        ("DELETE FROM evidence_beside WHERE name = 'private'", ["content_missing 1"]),
        ("UPDATE evidence_beside SET value = salt WHERE name = 'content'", ["content_changed 1"]),
    ],
)
def test_what_was_changed_behind_the_logs_back_is_named(statement: str, findings: list[str]) -> None:
    case = filed()
    tampered(statement)
    assert found() == findings
    for one in verify_cases():
        assert one.case == case.number
        assert one.text("zh") != one.text("en")


def test_a_case_that_was_deleted_with_all_that_belongs_to_it_is_still_in_the_log() -> None:
    number = filed().number
    index = CaseEvent.objects.get().idx
    tampered("DELETE FROM cases_caseevent")
    Beside.objects.filter(idx=index).delete()
    Letter.objects.all().delete()
    Case.objects.all().delete()
    assert {one.case for one in verify_cases()} == {number}
