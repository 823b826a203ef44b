"""Many at once: processes that file, threads that act on one case, processes that are killed."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from django.db import connection

from guiju.portal.cases.acting import Done, carry_out
from guiju.portal.cases.evidence import load
from guiju.portal.cases.models import Case, CaseEvent
from guiju.portal.evidence.opening import open_log
from guiju.portal.numbers.models import Issued, Series
from guiju.portal.outbox.models import Message
from guiju.procedures.refusals import Refusal
from tests.portal.conftest import ENVIRONMENT
from tests.portal.people import actor, member, official, organisation
from tests.portal.test_cases import MONDAY, filed

EACH = 8


def filer(url: str, count: int) -> subprocess.Popen[str]:
    environment = {
        **os.environ, **ENVIRONMENT, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "guiju.portal.settings",
    }  # fmt: skip
    program = [sys.executable, "-m", "tests.portal.filer", str(count)]
    root = Path(__file__).parents[2]
    return subprocess.Popen(program, stdout=subprocess.PIPE, text=True, cwd=root, env=environment)


def everything_is_whole(acknowledged: list[str]) -> None:
    """Nothing acknowledged is missing, nothing is there twice, and what is there is there in all its parts."""
    numbers = list(Case.objects.order_by("number").values_list("number", flat=True))
    assert set(acknowledged) <= set(numbers)
    issued = Issued.objects.order_by("ordinal")
    assert [(one.number, one.ordinal) for one in issued] == list(zip(numbers, range(1, len(numbers) + 1), strict=True))
    assert Series.objects.get().last == CaseEvent.objects.count() == open_log().size == len(numbers)
    assert Message.objects.count() == len(numbers)
    assert all(len(load(case).events) == 1 for case in Case.objects.all())


def test_parallel_filers_lose_no_number_and_get_none_twice(own_database: str) -> None:
    member(organisation())
    connection.close()
    filers = [filer(own_database, EACH) for _ in range(2)]
    told = [one.communicate()[0].split() for one in filers]
    assert [one.returncode for one in filers] == [0, 0]
    acknowledged = [number for numbers in told for number in numbers]
    assert len(set(acknowledged)) == len(acknowledged) == 2 * EACH
    everything_is_whole(acknowledged)
    assert Case.objects.count() == 2 * EACH


def test_a_filer_that_is_killed_leaves_every_acknowledged_filing_and_none_by_half(own_database: str) -> None:
    member(organisation())
    connection.close()
    process = filer(own_database, 1_000_000)
    assert process.stdout is not None
    told = [process.stdout.readline().strip() for _ in range(5)]
    process.kill()
    told += [line.strip() for line in process.communicate()[0].splitlines(keepends=True) if line.endswith("\n")]
    everything_is_whole(told)
    assert len(told) <= Case.objects.count() <= len(told) + 1


@pytest.mark.usefixtures("own_database")
def test_of_two_who_act_on_one_case_one_wins_and_the_other_is_told() -> None:
    case = filed()
    actors = [actor(official()), actor(official())]
    ready, results = threading.Barrier(2), []

    def act(number: int) -> None:
        ready.wait()
        try:
            results.append(carry_out(actors[number], case.number, "register", {}, seen=1, today=MONDAY))
        finally:
            connection.close()

    threads = [threading.Thread(target=act, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    won = [one for one in results if isinstance(one, Done)]
    lost = [one for one in results if isinstance(one, Refusal)]
    assert (len(won), [one.code for one in lost]) == (1, ["changed_meanwhile"])
    assert CaseEvent.objects.filter(case=case).count() == 2
    assert Issued.objects.filter(series__startswith="F").count() == 1
