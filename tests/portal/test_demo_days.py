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


@pytest.mark.parametrize("today", [dt.date(2026, 10, 4), dt.date(2027, 3, 1)])
def test_it_can_be_laid_in_a_long_holiday_and_in_a_year_that_is_not_published(today: dt.date) -> None:
    assert lay_demo(today)
    late = QueueRow.objects.filter(final=False, next_side="authority", next_due_latest__lt=today)
    assert late.count() >= 2


def test_two_of_one_day_are_the_same_and_dates_of_a_year_that_is_not_published_are_provisional() -> None:
    told = []
    for _ in range(2):
        with transaction.atomic():
            lay_demo(dt.date(2026, 11, 23))
            told.append(list(Case.objects.order_by("number").values_list("number", "kind", "queue_row__state")))
            running = QueueRow.objects.filter(final=False)
            due = [(one.next_due, one.next_due_latest) for one in running]
            due += [(one.desk_due, one.desk_due_latest) for one in running]
            transaction.set_rollback(True)
    assert told[0] == told[1]
    assert any(earliest != latest for earliest, latest in due)
