"""The demo: invented people and what they did, so that there is always something waiting, late, paused, finished."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.utils import timezone

from guiju.portal.cases.models import Case, QueueRow
from guiju.portal.cases.verifying import verify_cases
from guiju.portal.demo.days import in_months
from guiju.portal.demo.invented import Invented, read_invented
from guiju.portal.demo.laying import lay_demo
from guiju.portal.people.models import User
from guiju.portal.registers.models import Entry
from guiju.procedures.catalogue import built_in_types

NOT_TO_BE_OPENED = {
    # dealt with by the provider itself
    "genai/complaint",
    # opened by an official of their own motion
    "mail4/filing_breach",
    "mail4/licence_in_force",
}


@pytest.fixture(scope="module")
def invented() -> Invented:
    return read_invented()


@pytest.fixture(scope="module")
def demo(tables: None) -> Iterator[None]:  # noqa: ARG001
    """Lay it once for all tests of this module."""
    with transaction.atomic():
        assert lay_demo()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def laid(demo: None) -> Iterator[None]:  # noqa: ARG001
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def test_it_is_laid_once(laid: None) -> None:  # noqa: ARG001
    count = Case.objects.count()
    assert not lay_demo()
    assert Case.objects.count() == count


def test_every_case_type_that_can_be_opened_is_there(laid: None) -> None:  # noqa: ARG001
    types = set(built_in_types().keys())
    assert set(Case.objects.values_list("kind", flat=True)) == types - NOT_TO_BE_OPENED


@pytest.mark.parametrize(("kind", "never"), [("mail4/filing", {"draft"}), ("genai/filing", {"draft", "unfiled"})])
def test_filings_are_there_in_every_state(laid: None, kind: str, never: set[str]) -> None:  # noqa: ARG001
    there = set(QueueRow.objects.filter(kind=kind).values_list("state", flat=True))
    assert there == set(built_in_types().get(kind).states) - never


@pytest.mark.usefixtures("laid")
def test_there_is_always_something_late_and_something_in_time_on_both_sides() -> None:
    today = timezone.localdate()
    running = QueueRow.objects.filter(final=False)
    for side in ("authority", "applicant"):
        assert running.filter(next_side=side, next_due_latest__lt=today).count() >= 2
        assert running.filter(next_side=side, next_due__gt=today).count() >= 2


@pytest.mark.usefixtures("laid")
def test_registers_have_entries_in_force_and_ended() -> None:
    filings = set(Entry.objects.filter(register="mail4/filings").values_list("status", flat=True))
    assert {"registered", "deregistered", "cancelled", "annulled"} <= filings
    for register in ("mail4/licences", "mail4/representatives", "genai/algorithm_filings"):
        assert Entry.objects.filter(register=register, shown=True).exists()


@pytest.mark.usefixtures("laid")
def test_the_log_tells_the_same_as_the_tables() -> None:
    assert list(verify_cases()) == []


@pytest.mark.usefixtures("laid")
def test_nothing_in_it_happened_after_today() -> None:
    assert not QueueRow.objects.filter(last_on__gt=timezone.localdate()).exists()


def test_every_act_is_said_by_somebody_who_may(invented: Invented) -> None:
    """Names in the files are names that exist; everything says in both languages what it shows."""
    systems = {f"{key}/{name}" for key, one in invented.organisations.items() for name in one.systems}
    for script in invented.scripts:
        assert script.applicant in systems | set(invented.people) | set(invented.organisations), script.case
        assert set(script.shows) == {"zh", "en"}
        assert all(script.shows.values())
    assert len({script.case for script in invented.scripts}) == len(invented.scripts)
    assert len(invented.organisations) >= 12
    assert all(one.email.endswith(".example.cn") for one in invented.people.values())


@pytest.mark.usefixtures("laid")
def test_the_accounts_are_listed_with_their_password(
    client: Client, invented: Invented, django_queries: Callable[[], list[str]]
) -> None:
    before = len(django_queries())
    zh = client.get("/demo/", {"lang": "zh-hans"}).content.decode()
    assert len(django_queries()) - before <= 15
    en = client.get("/demo/", {"lang": "en"}).content.decode()
    for one in invented.people.values():
        assert one.email in zh
        assert one.email in en
    assert invented.password in zh
    assert "以李明登录" in zh
    assert "Sign in as 李明" in en
    assert "Xinghe Intelligence Technology Co., Ltd.: develops" in en


@pytest.mark.usefixtures("laid")
def test_a_button_logs_in_and_leads_to_the_places(client: Client) -> None:
    answer = client.post("/demo/log-in/", {"email": "li.ming@xinghe.example.cn"})
    assert (answer.status_code, answer["Location"]) == (302, "/places/")
    assert int(client.session["_auth_user_id"]) == User.objects.get(email="li.ming@xinghe.example.cn").pk


@pytest.mark.usefixtures("laid")
def test_the_password_logs_in_too(invented: Invented) -> None:
    assert User.objects.get(email="wang.fang@nation.example.cn").check_password(invented.password)


@pytest.mark.usefixtures("laid")
def test_nobody_who_is_not_invented_can_be_entered_so(client: Client) -> None:
    User.objects.create_user("real@example.cn", "a real password 1")
    assert client.post("/demo/log-in/", {"email": "real@example.cn"}).status_code == 404
    assert "_auth_user_id" not in client.session


@pytest.mark.usefixtures("laid")
def test_outside_a_demo_there_is_neither(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "CONFIGURATION", replace(settings.CONFIGURATION, demo=False))
    assert client.get("/demo/").status_code == 404
    assert client.post("/demo/log-in/", {"email": "li.ming@xinghe.example.cn"}).status_code == 404


def test_months_end_where_the_month_ends() -> None:
    assert in_months(dt.date(2026, 8, 31), 6) == dt.date(2027, 2, 28)
    assert in_months(dt.date(2026, 11, 22), 2) == dt.date(2027, 1, 22)
    assert in_months(dt.date(2026, 3, 15), -4) == dt.date(2025, 11, 15)
