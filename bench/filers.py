"""Many who file at once: `python -m bench.filers [FILERS] [EACH]`; 50 processes, 100 filings each, without more said.

On a SQLite file, or on a database of its own on the server that GUIJU_TEST_POSTGRES names. It ends with status 1 if a
number is there twice, one that was acknowledged is missing, or cases and log differ.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

FILERS, EACH = 50, 100
_SERVER = os.environ.get("GUIJU_TEST_POSTGRES", "")
_NAME = f"guiju_filers_{os.getpid()}"


def main(filers: int = FILERS, each: int = EACH) -> int:
    """File, look, and say what came of it."""
    with tempfile.TemporaryDirectory(prefix="guiju-filers-") as folder:
        _set_up(Path(folder))
        try:
            return _measured(filers, each)
        finally:
            _tear_down()


def _set_up(folder: Path) -> None:
    os.environ |= {"GUIJU_DEMO": "1", "GUIJU_PORTAL_DIR": str(folder), "DATABASE_URL": ""}
    if _SERVER:
        _on_server(f"CREATE DATABASE {_NAME}")
        os.environ["DATABASE_URL"] = f"{_SERVER.rpartition('/')[0]}/{_NAME}"
    os.environ["DJANGO_SETTINGS_MODULE"] = "guiju.portal.settings"
    import django

    django.setup()
    from guiju.portal.starting import prepare

    prepare()


def _measured(filers: int, each: int) -> int:
    from django.db import connection

    from guiju.portal.organisations.models import Membership, Organisation
    from guiju.portal.people.models import User

    company = Organisation.objects.create(zh="星河智能", en="Xinghe", area="330106")
    user = User.objects.create_user("filer@example.cn", name="李四")
    Membership.objects.create(user=user, organisation=company, role="filer")
    connection.close()
    here = multiprocessing.get_context("fork")
    told: Any = here.SimpleQueue()
    ready = here.Barrier(filers + 1)
    children = [here.Process(target=_file, args=(each, told, ready)) for _ in range(filers)]
    for child in children:
        child.start()
    ready.wait()
    begun = time.monotonic()
    acknowledged = [number for _ in children for number in told.get()]
    seconds = time.monotonic() - begun
    for child in children:
        child.join()
    return _said(acknowledged, filers * each, seconds)


def _file(each: int, told: Any, ready: Any) -> None:
    """File so many times, and then hand over the numbers that were acknowledged."""
    from guiju.portal.access.actor import actor_of
    from guiju.portal.cases.acting import Done, begin
    from guiju.portal.organisations.models import Organisation
    from guiju.portal.people.models import User
    from guiju.procedures.catalogue import built_in_types

    numbers: list[str] = []
    try:
        company, actor = Organisation.objects.get(), actor_of(User.objects.get())
        form = {**built_in_types().get("mail4/filing").example, "province": "浙江省"}
        ready.wait()
        for _ in range(each):
            done = begin(actor, "mail4/filing", "submit", form, applicant=company)
            assert isinstance(done, Done), done
            numbers.append(done.case.number)
    finally:
        told.put(numbers)


def _said(acknowledged: list[str], wanted: int, seconds: float) -> int:
    from django.db import connection

    from guiju.portal.cases.models import Case
    from guiju.portal.cases.verifying import verify_cases
    from guiju.portal.evidence.opening import open_log
    from guiju.portal.numbers.models import Issued

    numbers = list(Case.objects.values_list("number", flat=True))
    ordinals = list(Issued.objects.order_by("ordinal").values_list("ordinal", flat=True))
    differences = list(verify_cases())
    twice, lost = len(acknowledged) - len(set(acknowledged)), len(set(acknowledged) - set(numbers))
    gaps = ordinals != list(range(1, len(numbers) + 1))
    print(
        f"{connection.vendor}: {len(acknowledged)} of {wanted} acknowledged in {seconds:.0f} s "
        f"({len(acknowledged) / seconds:.1f} a second); {len(numbers)} cases, {open_log().size} events; "
        f"{twice} numbers twice, {lost} lost, {'gaps' if gaps else 'no gap'}; "
        f"{len(differences)} differences from the log"
    )
    return int(bool(twice or lost or gaps or differences or len(acknowledged) != wanted))


def _tear_down() -> None:
    from django.db import connection

    connection.close()
    if _SERVER:
        _on_server(f"DROP DATABASE {_NAME} WITH (FORCE)")


def _on_server(statement: str) -> None:
    import psycopg

    with psycopg.connect(_SERVER, autocommit=True) as connection:
        connection.execute(statement)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
