"""How an authority stands: open, late, how long it takes; the authority's own cases only."""

from __future__ import annotations

import datetime as dt
import statistics
from collections import Counter
from collections.abc import Callable

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from guiju.portal.access.deciding import visible
from guiju.portal.cases.models import QueueRow
from guiju.portal.desk.overview import median_of, tally
from tests.portal.people import JIANGSU, ZHEJIANG, actor, official
from tests.portal.test_desk import MONDAY, act, filed, shown, today, words

__all__ = ["today"]


@given(st.lists(st.integers(0, 40), min_size=1, max_size=40))
def test_the_median_of_counted_days_is_the_median(days: list[int]) -> None:
    assert median_of(Counter(days)) == statistics.median(days)


@pytest.mark.usefixtures("db")
class TestFigures:
    def test_open_late_waiting_and_settled_are_counted_by_kind(self) -> None:
        reviewer, head = official(), official(role="head")
        late_on = dt.date(2026, 11, 16)
        filed()
        filed(on=dt.date(2026, 11, 10))
        act(reviewer, filed(contact=None), "ask_for_supplement", missing=["联系方式"], supply_by="2026-12-15")
        for days in (3, 5, 10):
            act(reviewer, filed(), "register", on=MONDAY + dt.timedelta(days=days))
        filed(province="江苏省")
        one = tally(visible(actor(head), "office.overview", QueueRow), late_on)["mail4/filing"]
        assert (one.open, one.ours, one.late, one.waiting, one.quiet, one.median_days) == (6, 2, 1, 1, 3, 5)

    def test_the_time_that_the_applicant_took_is_in_it_and_asking_does_not_settle(self) -> None:
        reviewer = official()
        case = act(reviewer, filed(contact=None), "ask_for_supplement", missing=["联系方式"], supply_by="2026-12-15")
        assert QueueRow.objects.get(case=case).settled_on is None

    def test_only_heads_have_it_and_only_of_their_authority(
        self, client: Client, today: Callable[[dt.date], None]
    ) -> None:
        today(MONDAY)
        filed()
        assert "1 open, 0 of them past" in words(shown(client, official(ZHEJIANG, "head"), "/desk/overview/?lang=en"))
        assert "0 open" in words(shown(client, official(JIANGSU, "head"), "/desk/overview/?lang=en"))
        for role in ("reviewer", "administrator"):
            client.force_login(official(ZHEJIANG, role))
            assert client.get("/desk/overview/").status_code == 403
