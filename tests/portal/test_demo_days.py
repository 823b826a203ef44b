"""The demo on other days than today: it can be laid on any, and on the same day it is the same."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import transaction

from guiju.portal.cases.models import Case, QueueRow
from guiju.portal.demo.laying import lay_demo
from guiju.portal.organisations.models import Organisation

pytestmark = pytest.mark.usefixtures("db")


def test_a_site_with_an_organisation_is_left_alone() -> None:
    Organisation.objects.create(zh="真的", area="330106")
    assert not lay_demo()
    assert not Case.objects.exists()


def test_it_can_be_laid_in_a_long_holiday() -> None:
    assert lay_demo(dt.date(2026, 10, 4))
    assert _late(dt.date(2026, 10, 4)) >= 2


def test_two_of_one_day_are_the_same_and_in_a_year_that_is_not_published_dates_are_provisional() -> None:
    told, today = [], dt.date(2027, 3, 1)
    for _ in range(2):
        with transaction.atomic():
            assert lay_demo(today)
            assert _late(today) >= 2
            told.append(list(Case.objects.order_by("number").values_list("number", "kind", "queue_row__state")))
            running = QueueRow.objects.filter(final=False)
            due = [(one.next_due, one.next_due_latest) for one in running]
            due += [(one.desk_due, one.desk_due_latest) for one in running]
            transaction.set_rollback(True)
    assert told[0] == told[1]
    assert any(earliest != latest for earliest, latest in due)


def _late(today: dt.date) -> int:
    return QueueRow.objects.filter(final=False, next_side="authority", next_due_latest__lt=today).count()
