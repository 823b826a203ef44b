"""A site to test: on SQLite or, where a PostgreSQL server is named, the same tests on that.

The tables are made once. `db` undoes everything after each test; `own_database` is a copy, for tests with processes
and threads, in which transactions really end.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

SERVER = os.environ.get("GUIJU_TEST_POSTGRES", "")
FOLDER = Path(tempfile.mkdtemp(prefix="guiju-portal-test-"))
NAME = f"guiju_test_{os.getpid()}"
TEMPLATE = f"{SERVER.rpartition('/')[0]}/{NAME}" if SERVER else f"sqlite://{FOLDER}/portal.sqlite3"
ENVIRONMENT = {
    "GUIJU_DEMO": "1",
    "GUIJU_ALLOWED_HOSTS": "testserver,localhost",
    "GUIJU_PORTAL_DIR": str(FOLDER),
    "GUIJU_MAIL": "file",
    "DATABASE_URL": TEMPLATE,
}


def _set_up() -> None:
    """Load the site under an environment of its own, and leave that of the other tests alone."""
    before = dict(os.environ)
    os.environ |= {**ENVIRONMENT, "DJANGO_SETTINGS_MODULE": "guiju.portal.settings"}
    try:
        import django

        django.setup()
    finally:
        os.environ.clear()
        os.environ.update(before)
    from django.conf import settings

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


_set_up()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """With a server named, these tests are those of PostgreSQL: `-m postgres` chooses them."""
    here = Path(__file__).parent
    for item in items:
        if SERVER and here in item.path.parents:
            item.add_marker(pytest.mark.postgres)


def on_server(statement: str) -> None:
    import psycopg

    with psycopg.connect(SERVER, autocommit=True) as connection:
        connection.execute(statement)


@pytest.fixture(scope="session")
def tables() -> Iterator[None]:
    from django.db import connection

    from guiju.portal.starting import prepare

    if SERVER:
        on_server(f"CREATE DATABASE {NAME}")
    prepare()
    yield
    connection.close()
    if SERVER:
        on_server(f"DROP DATABASE {NAME} WITH (FORCE)")
    shutil.rmtree(FOLDER)


@pytest.fixture
def db(tables: None) -> Iterator[None]:  # noqa: ARG001
    from django.db import transaction

    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def own_database(tables: None, tmp_path: Path) -> Iterator[str]:  # noqa: ARG001
    """Copy the tables, let this process use the copy, and return its URL for other processes."""
    from django.db import connection

    connection.close()
    before = connection.settings_dict["NAME"]
    own = f"{NAME}_own" if SERVER else str(tmp_path / "own.sqlite3")
    if SERVER:
        on_server(f"CREATE DATABASE {own} TEMPLATE {NAME}")
    else:
        shutil.copyfile(before, own)
    connection.settings_dict["NAME"] = own
    yield f"{SERVER.rpartition('/')[0]}/{own}" if SERVER else f"sqlite://{own}"
    connection.close()
    connection.settings_dict["NAME"] = before
    if SERVER:
        on_server(f"DROP DATABASE {own} WITH (FORCE)")


@pytest.fixture(scope="session")
def one_client() -> Client:
    """Every new client would load the whole site again."""
    return Client(raise_request_exception=False)


@pytest.fixture
def client(one_client: Client) -> Client:
    one_client.cookies = SimpleCookie()
    return one_client


@pytest.fixture
def django_queries() -> Iterator[Callable[[], list[str]]]:
    """Return what gives the statements sent to the database since the test began."""
    from django.db import connection

    sent: list[str] = []

    def keep(execute: Any, statement: str, *rest: Any) -> Any:
        sent.append(statement)
        return execute(statement, *rest)

    with connection.execute_wrapper(keep):
        yield lambda: sent
