"""Processes that are killed while people file: what was acknowledged is there, and whole; mail goes out."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from email import message_from_bytes
from pathlib import Path

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.db import connection
from django.utils import timezone

from guiju.portal.cases.evidence import load
from guiju.portal.cases.models import Case, CaseEvent
from guiju.portal.cases.verifying import verify_cases
from guiju.portal.evidence.opening import open_log
from guiju.portal.numbers.models import Issued, Series
from guiju.portal.outbox.models import Message
from guiju.portal.outbox.sending import LEASE
from guiju.portal.people.models import User
from tests.portal.browsing import Browser, NoAnswerError, Site, kill
from tests.portal.people import member, organisation
from tests.portal.test_together import filer

PASSWORD = "规矩方圆-correct-horse"
ENOUGH = 6


@pytest.fixture
def site(own_database: str, tmp_path: Path) -> Iterator[Site]:
    there = Site(own_database, tmp_path / "site")
    yield there
    there.end()


def person() -> User:
    from allauth.account.models import EmailAddress

    count = User.objects.count()
    # Hashed as the site does it, which runs in processes with its own settings, but quickly.
    password = PBKDF2PasswordHasher().encode(PASSWORD, "citizen", iterations=1_000)
    user = User.objects.create(email=f"citizen{count}@example.cn", password=password, name="赵敏")
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


class Citizen(threading.Thread):
    """Files complaints one after the other; where no answer comes, says nothing and tries again."""

    def __init__(self, site: Site, email: str, stop: threading.Event) -> None:
        super().__init__()
        self.site, self.email, self.stop = site, email, stop
        self.acknowledged: list[str] = []
        self.wrong: list[BaseException] = []

    def run(self) -> None:
        browser = Browser(self.site.address)
        logged_in = False
        while not self.stop.is_set():
            try:
                if not logged_in:
                    browser.log_in(self.email, PASSWORD)
                    logged_in = True
                self.acknowledged.append(browser.complaint(f"complaint {len(self.acknowledged)}"))
            except NoAnswerError:
                self.stop.wait(0.2)
            except BaseException as error:
                self.wrong.append(error)
                return


def test_when_the_site_is_killed_every_acknowledged_filing_is_there_and_none_by_half(site: Site) -> None:
    emails = [person().email for _ in range(2)]
    connection.close()
    stop = threading.Event()
    web = site.web()
    citizens = [Citizen(site, email, stop) for email in emails]
    try:
        for one in citizens:
            one.start()
        for times in (1, 2):
            _until(times * ENOUGH, citizens)
            kill(web)
            web = site.web()
        _until(3 * ENOUGH, citizens)
    finally:
        stop.set()
        for one in citizens:
            one.join()
        kill(web)
    assert [one.wrong for one in citizens] == [[], []]
    acknowledged = [number for one in citizens for number in one.acknowledged]
    assert len(set(acknowledged)) == len(acknowledged) >= 3 * ENOUGH
    numbers = list(Case.objects.order_by("number").values_list("number", flat=True))
    assert set(acknowledged) <= set(numbers)
    # Each of the two may have been answered no more than once for each time that the site was killed.
    assert len(numbers) <= len(acknowledged) + 2 * 3
    issued = Issued.objects.order_by("ordinal").values_list("number", "ordinal")
    assert list(issued) == list(zip(numbers, range(1, len(numbers) + 1), strict=True))
    assert Series.objects.get().last == CaseEvent.objects.count() == open_log().size == len(numbers)
    assert all(len(load(case).events) == 1 for case in Case.objects.all())
    assert list(verify_cases()) == []


def _until(acknowledged: int, citizens: list[Citizen]) -> None:
    while sum(len(one.acknowledged) for one in citizens) < acknowledged and not any(one.wrong for one in citizens):
        threading.Event().wait(0.05)


def test_when_the_worker_is_killed_every_mail_goes_out_with_one_key(
    site: Site, own_database: str, tmp_path: Path
) -> None:
    member(organisation())
    connection.close()
    filing = filer(own_database, 12)
    mail = tmp_path / "site" / "mail"
    for times in range(1, 4):
        worker = site.run("worker")
        while len(_keys(mail)) < 3 * times and worker.poll() is None:
            threading.Event().wait(0.05)
        kill(worker)
        # The next worker sends what this one had taken once its lease is over.
        Message.objects.filter(sent_at=None).update(leased_until=timezone.now() - LEASE)
        connection.close()
    filing.communicate()
    assert filing.returncode == 0
    last = site.run("worker", "--once")
    assert last.wait() == 0
    sent = _keys(mail)
    assert not Message.objects.filter(sent_at=None).exists()
    assert len(sent) == Message.objects.count() == 12
    assert all(len(ids) == 1 for ids in sent.values())


def _keys(folder: Path) -> dict[str, Counter[str]]:
    """Return the Message-IDs of the mails that went out, by their idempotency key."""
    found: dict[str, Counter[str]] = {}
    for path in folder.glob("*") if folder.exists() else ():
        # Django writes mails of one moment into one file, with a line between them.
        for part in path.read_bytes().split(b"\n" + b"-" * 79 + b"\n"):
            mail = message_from_bytes(part)
            if mail["Idempotency-Key"]:
                found.setdefault(mail["Idempotency-Key"], Counter())[str(mail["Message-ID"])] += 1
    return found
