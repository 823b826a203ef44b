"""The log is published: one checkpoint for each state that is old enough, signed once, over a log that only grew."""

from __future__ import annotations

import datetime as dt
import threading
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from guiju.ledger.checkpoint import Checkpoint as Statement
from guiju.ledger.checkpoint import verify_checkpoint
from guiju.ledger.keys import SigningKey, VerifierKey
from guiju.portal.evidence import opening
from guiju.portal.evidence.checkpoints import RewrittenLogError, latest, publish_checkpoint
from guiju.portal.evidence.models import Checkpoint, Event, Log
from guiju.portal.evidence.opening import open_log, open_log_for_writing
from guiju.portal.evidence.proving import Prover
from guiju.portal.evidence.verifying import verify_log
from tests.ledger.test_log import events
from tests.portal.rewriting import drop_triggers, rewrite

EVERY = dt.timedelta(seconds=settings.CONFIGURATION.checkpoint_seconds)
START = dt.datetime(2026, 11, 2, 9, tzinfo=dt.UTC)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[dt.datetime]:
    """The time, as the last of a list."""
    now = [START]
    monkeypatch.setattr(timezone, "now", lambda: now[-1])
    return now


def logged(number: int) -> None:
    with open_log_for_writing() as log:
        log.append_many(events(number, log.size))


def sizes() -> list[int]:
    return list(Checkpoint.objects.order_by("pk").values_list("size", flat=True))


@pytest.mark.usefixtures("db")
def test_an_empty_log_says_nothing_and_the_first_event_is_published_at_once() -> None:
    assert publish_checkpoint() == 0
    logged(3)
    assert publish_checkpoint() == 1
    kept = latest()
    assert kept is not None
    assert verify_checkpoint(kept.note, VerifierKey.parse(Log.objects.get().verifier)) == Statement.parse(kept.note)
    assert Statement.parse(kept.note).root == open_log().root(3)


@pytest.mark.usefixtures("db")
def test_the_next_one_waits_until_the_last_is_old_enough(clock: list[dt.datetime]) -> None:
    logged(1)
    publish_checkpoint()
    logged(1)
    for later, done in ((dt.timedelta(0), 0), (EVERY - dt.timedelta(seconds=1), 0), (EVERY, 1)):
        clock.append(START + later)
        assert publish_checkpoint() == done
    assert sizes() == [1, 2]
    assert list(Checkpoint.objects.order_by("size").values_list("at", flat=True)) == [START, START + EVERY]


@pytest.mark.usefixtures("db")
def test_nothing_is_signed_twice_for_the_same_tree(clock: list[dt.datetime]) -> None:
    logged(1)
    for hours in range(3):
        clock.append(START + dt.timedelta(hours=hours))
        publish_checkpoint()
    assert sizes() == [1]


@pytest.mark.usefixtures("db")
def test_a_clock_that_was_ahead_does_not_silence_the_log(clock: list[dt.datetime]) -> None:
    clock.append(START + dt.timedelta(days=400))
    logged(1)
    publish_checkpoint()
    clock.append(START)
    logged(1)
    assert publish_checkpoint() == 1


def another_end(before: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [*before[:-1], {"act": "something else"}]


def longer_with_another_beginning(before: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{"act": "something else"}, *before[1:], {"act": "more"}]


def cut(before: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return before[:-1]


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize("change", [another_end, longer_with_another_beginning, cut])
def test_nothing_is_published_over_a_log_that_was_rewritten(clock: list[dt.datetime], change: Any) -> None:
    logged(300)
    publish_checkpoint()
    rewrite(change)
    clock.append(START + EVERY)
    with pytest.raises(RewrittenLogError) as refused:
        publish_checkpoint()
    assert refused.value.text("zh") != refused.value.text("en")
    assert "300" in refused.value.text("zh")
    assert sizes() == [300]


@pytest.mark.parametrize("change", [another_end, longer_with_another_beginning, cut])
@pytest.mark.usefixtures("db")
def test_a_log_rewritten_with_its_own_key_is_found_from_one_checkpoint_that_survives(change: Any) -> None:
    logged(270)
    kept = publish_checkpoint() and latest()
    assert kept
    assert verify_log() == ()
    rewrite(change)
    (found,) = verify_log()
    assert found.code == ("V203" if change is cut else "V204")
    Checkpoint.objects.all().delete()
    assert verify_log() == ()
    assert verify_log([kept.note.encode()]) == (found,)


@pytest.mark.usefixtures("db")
def test_several_checkpoints_tell_between_which_of_them_the_change_lies(clock: list[dt.datetime]) -> None:
    for turn in range(3):
        clock.append(START + turn * EVERY)
        logged(10)
        publish_checkpoint()
    rewrite(lambda before: [*before[:15], {"act": "something else"}, *before[16:]])
    (found,) = verify_log()
    assert (found.code, found.start, found.stop) == ("V204", 10, 20)


@pytest.mark.usefixtures("db")
def test_a_log_under_another_key_is_not_the_one_that_was_published(
    monkeypatch: pytest.MonkeyPatch, clock: list[dt.datetime]
) -> None:
    logged(3)
    publish_checkpoint()
    other = SigningKey.generate(settings.CONFIGURATION.log_name)
    monkeypatch.setattr(opening, "_key", lambda: other)
    rewrite(lambda before: [*before, {"act": "more"}], other)
    assert [one.code for one in verify_log()] == ["V208"]
    clock.append(START + EVERY)
    with pytest.raises(RewrittenLogError):
        publish_checkpoint()


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize("index", [0, 255, 256, 511])
def test_an_event_that_was_edited_in_place_is_named(index: int) -> None:
    logged(600)
    publish_checkpoint()
    drop_triggers()
    Event.objects.filter(idx=index).update(data=b'{"act":"edited"}')
    (found,) = verify_log()
    assert (found.code, found.start) == ("V201", index)


@pytest.mark.usefixtures("db")
def test_what_retention_has_removed_is_no_finding() -> None:
    logged(600)
    publish_checkpoint()
    with open_log_for_writing() as log:
        assert log.prune(512) == 512
    assert verify_log() == ()


@pytest.mark.usefixtures("db")
def test_a_proof_leads_to_the_published_checkpoint_as_soon_as_that_covers_the_event() -> None:
    logged(5)
    publish_checkpoint()
    logged(5)
    with open_log() as log:
        prover = Prover.of(log)
        kept = latest()
        assert kept is not None
        for index in range(10):
            note = prover.prove(index).note
            assert prover.is_published(index) == (index < 5)
            assert note == (kept.note if index < 5 else log.latest().note)


@pytest.mark.usefixtures("own_database")
def test_of_several_workers_at_once_one_publishes() -> None:
    logged(5)
    done: list[int] = []
    ready = threading.Barrier(4)

    def worker() -> None:
        ready.wait()
        try:
            done.append(publish_checkpoint())
        finally:
            connection.close()

    workers = [threading.Thread(target=worker) for _ in range(4)]
    for one in workers:
        one.start()
    for one in workers:
        one.join()
    assert sorted(done) == [0, 0, 0, 1]
    assert sizes() == [5]
