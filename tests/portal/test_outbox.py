"""The outbox: queued with its cause, sent at least once, recognisable when sent twice."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from django.conf import settings
from django.core.mail import EmailMultiAlternatives, send_mail
from django.db import connection, transaction
from django.utils import timezone

from guiju.portal.databases import analyse
from guiju.portal.outbox.models import Message
from guiju.portal.outbox.queueing import queue_mail
from guiju.portal.outbox.sending import LEASE, send_waiting
from guiju.portal.outbox.working import at_most_every

pytestmark = pytest.mark.usefixtures("db")


class Post:
    """A mail server that keeps what it gets."""

    def __init__(self, fails: type[BaseException] | None = None, *, after_sending: bool = False) -> None:
        self.got: list[EmailMultiAlternatives] = []
        self.fails = fails
        self.after_sending = after_sending

    def __call__(self, mail: EmailMultiAlternatives) -> None:
        if self.fails and not self.after_sending:
            raise self.fails
        self.got.append(mail)
        if self.fails:
            raise self.fails


def queue(key: str = "k") -> None:
    queue_mail(key=key, to=["li@example.cn"], subject="收到", body="已收到。")


def time_passes(by: timedelta) -> None:
    for message in Message.objects.all():
        message.due_at -= by
        message.leased_until = message.leased_until and message.leased_until - by
        message.save()


def test_a_mail_is_sent_once_and_marked() -> None:
    queue()
    post = Post()
    assert [send_waiting(post), send_waiting(post)] == [1, 0]
    assert [(mail.to, mail.subject) for mail in post.got] == [(["li@example.cn"], "收到")]


def test_what_did_not_happen_sends_nothing() -> None:
    with transaction.atomic():
        queue()
        transaction.set_rollback(True)
    assert send_waiting(Post()) == 0


def test_queued_twice_for_one_cause_is_one_mail() -> None:
    queue()
    queue()
    queue("other")
    assert send_waiting(Post()) == 2


def test_a_mail_that_fails_is_tried_again_later_and_holds_up_no_other() -> None:
    queue()
    assert send_waiting(Post(OSError)) == 0
    message = Message.objects.get()
    assert (message.attempts, message.last_error, message.sent_at) == (1, "OSError", None)
    queue("other")
    assert send_waiting(post := Post()) == 1
    time_passes(timedelta(minutes=2))
    assert send_waiting(post) == 1


def test_waiting_grows_up_to_a_bound() -> None:
    queue()
    waits = []
    for _ in range(12):
        send_waiting(Post(OSError))
        waits.append(Message.objects.get().due_at - timezone.now())
        time_passes(timedelta(days=1))
    assert all(early < late + timedelta(seconds=5) for early, late in pairwise(waits))
    assert timedelta(hours=5) < waits[-1] < timedelta(hours=7)


def test_a_worker_that_dies_after_sending_leaves_a_mail_that_goes_out_again_with_the_same_key() -> None:
    queue()
    dying = Post(SystemExit, after_sending=True)
    with pytest.raises(SystemExit):
        send_waiting(dying)
    other = Post()
    assert send_waiting(other) == 0, "the lease of the dead worker still runs"
    time_passes(LEASE + timedelta(seconds=1))
    assert send_waiting(other) == 1
    for header in ("Message-ID", "Idempotency-Key"):
        assert dying.got[0].extra_headers[header] == other.got[0].extra_headers[header]


def test_djangos_own_mail_goes_through_the_outbox_and_the_file_backend_writes_it() -> None:
    send_mail("确认", "请确认邮箱。", None, ["wang@example.cn"])
    assert Message.objects.get().sent_at is None
    assert send_waiting() == 1
    files = list(Path(settings.EMAIL_FILE_PATH).iterdir())
    assert any(b"wang@example.cn" in path.read_bytes() for path in files)


def test_a_job_that_is_done_now_and_then_is_done_at_once_and_then_not_too_often(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clock, done = [1000.0], list[float]()

    def job() -> int:
        done.append(clock[0])
        return 1

    monkeypatch.setattr("time.monotonic", lambda: clock[0])
    seldom = at_most_every(60, job)
    for now, told in ((1000.0, 1), (1059.0, 0), (1060.0, 1), (1061.0, 0), (2000.0, 1)):
        clock[0] = now
        assert seldom() == told
    assert done == [1000.0, 1060.0, 2000.0]


def test_sqlite_looks_at_its_indexes_so_that_it_chooses_well() -> None:
    assert analyse() == 0
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT COUNT(*) FROM sqlite_stat1 WHERE idx IS NOT NULL")
            assert cursor.fetchone()[0] > 0
