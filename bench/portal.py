"""The portal at 100,000 cases: `python -m bench.portal`, and on PostgreSQL `.ci/with-postgres python -m bench.portal`.

Each page is asked for through Django's own test client: the site's whole stack of middleware, without a server and
without a network. Beside it, in the same process, an empty view behind the same middleware.
"""

from __future__ import annotations

import itertools
import os
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import perf_counter, process_time
from types import ModuleType
from typing import Any
from urllib.parse import quote

from bench.timing import Line, Section, medians, print_section

CASES = int(os.environ.get("GUIJU_BENCH_CASES", "100000"))
EMPTY = "an empty view behind the same middleware"
_ROUTE = "bench_empty"
_MOST_QUERIES = 15


def sections() -> Iterator[Section]:
    """Fill a site of its own and measure it."""
    with _site() as vendor:
        from bench.portal_load import fill

        start = perf_counter()
        filled = fill(CASES)
        seconds = perf_counter() - start
        _settle(vendor)
        _add_empty_view()
        yield Section(
            f"Portal on {vendor}: {CASES:,} cases and as many register entries",
            [Line("filling it, in bulk", seconds, f"{CASES / seconds:,.0f} cases/s")],
            "filling it, in bulk",
        )
        yield _pages(vendor, filled)
        yield _public(vendor, filled)


def _pages(vendor: str, filled: Any) -> Section:
    from guiju.portal.organisations.models import Organisation

    rare = Organisation.objects.order_by("-pk").values_list("zh", "credit_code")[0]
    asks = {
        EMPTY: (None, f"/{_ROUTE}"),
        "queue, one office with four fifths of all": (filled.big, "/desk/"),
        "queue, its late cases": (filled.big, "/desk/?group=late"),
        "queue, closed, last page": (filled.big, "/desk/?group=closed&page=99999"),
        "queue, one kind and state": (filled.big, "/desk/?kind=mail4/licence&state=submitted"),
        "queue, my cases": (filled.big, "/desk/?who=mine"),
        "queue, nobody's cases": (filled.big, "/desk/?who=none"),
        "queue of a head": (filled.head, "/desk/"),
        "queue of a small office": (filled.small, "/desk/"),
        "overview of a head": (filled.head, "/desk/overview/"),
        "search, whole number": (filled.big, f"/desk/search/?q={filled.numbers[7]}"),
        "search, running number": (filled.big, "/desk/search/?q=123456"),
        "search, wrong number": (filled.big, f"/desk/search/?q={filled.numbers[7][:-1]}0"),
        "search, register number": (filled.big, f"/desk/search/?q={filled.entries[7]}"),
        "search, one applicant": (filled.big, f"/desk/search/?q={quote(rare[0])}"),
        "search, credit code": (filled.big, f"/desk/search/?q={rare[1]}"),
        "search, part of many names": (filled.big, f"/desk/search/?q={quote('科技')}"),
        "search, part of a few names": (filled.big, f"/desk/search/?q={quote('星云天')}"),
        "search, in a small office": (filled.small, f"/desk/search/?q={quote('科技')}"),
        "search, nothing asked": (filled.big, "/desk/search/"),
        "register search, nothing asked": (None, "/registers/"),
        "register search, part of a name": (None, f"/registers/?q={quote('星云')}"),
        "register search, whole number": (None, f"/registers/?q={filled.entries[11]}"),
    }
    works = {what: _ask(user, path) for what, (user, path) in asks.items()}
    queries = {what: _queries(work) for what, work in works.items()}
    times = medians(works)
    busy = {what: _busy(work) for what, work in works.items()}
    lines = [
        Line(what, seconds, f"{_counted(what, queries[what])}, {1000 * busy[what]:.0f} ms of processor time")
        for what, seconds in times.items()
    ]
    return Section(f"Pages on {vendor}, {CASES:,} cases, medians", lines, EMPTY)


def _busy(work: Callable[[], object]) -> float:
    """Return the processor time of this process, which a busy machine stretches less; SQLite's work is in it."""
    taken = []
    for _ in range(5):
        start = process_time()
        work()
        taken.append(process_time() - start)
    return statistics.median(taken)


def _counted(what: str, queries: int) -> str:
    return f"{queries} queries" + (" (TOO MANY)" if queries > _MOST_QUERIES and what != EMPTY else "")


def _public(vendor: str, filled: Any) -> Section:
    """Look numbers up, each time another one."""
    numbers = itertools.cycle(filled.entries)
    works = {EMPTY: _ask(None, f"/{_ROUTE}")}
    for what, path in (("lookup of a number, page", "/number/"), ("lookup of a number, JSON", "/number.json")):
        works[what] = _each(path, numbers)
    times = medians(works, 200)
    lines = [Line(what, seconds, f"{1 / seconds:,.0f} requests/s in one thread") for what, seconds in times.items()]
    return Section(f"Public lookup on {vendor}", lines, EMPTY)


def _ask(user: Any, path: str) -> Callable[[], object]:
    from django.test import Client

    client = Client()
    if user is not None:
        client.force_login(user)

    def ask() -> object:
        response = client.get(path)
        assert response.status_code == 200, f"{path}: {response.status_code}"
        return response

    return ask


def _each(path: str, numbers: Iterator[str]) -> Callable[[], object]:
    from django.test import Client

    client = Client()

    def ask() -> object:
        response = client.get(path, {"number": next(numbers)})
        assert response.status_code == 200, response.status_code
        return response

    return ask


def _queries(work: Callable[[], object]) -> int:
    from django.db import connection

    sent: list[str] = []

    def keep(execute: Any, statement: str, *rest: Any) -> Any:
        sent.append(statement)
        return execute(statement, *rest)

    with connection.execute_wrapper(keep):
        work()
    return len(sent)


@contextmanager
def _site() -> Iterator[str]:
    """Prepare a site in a temporary folder, or in a database of its own on the server that is named."""
    server, name = os.environ.get("GUIJU_TEST_POSTGRES", ""), f"guiju_bench_{os.getpid()}"
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "GUIJU_DEMO": "1", "GUIJU_PORTAL_DIR": folder, "GUIJU_ALLOWED_HOSTS": "testserver",
            "DJANGO_SETTINGS_MODULE": "guiju.portal.settings",
            "DATABASE_URL": f"{server.rpartition('/')[0]}/{name}" if server else f"sqlite://{folder}/portal.sqlite3",
        }  # fmt: skip
        if server:
            _on_server(server, f"CREATE DATABASE {name}")
        try:
            import logging

            import django

            django.setup()
            logging.disable(logging.WARNING)
            from guiju.portal.starting import prepare

            prepare()
            yield "PostgreSQL" if server else "SQLite"
        finally:
            if server:
                from django.db import connection

                connection.close()
                _on_server(server, f"DROP DATABASE {name} WITH (FORCE)")


def _on_server(server: str, statement: str) -> None:
    import psycopg

    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(statement)


def _settle(vendor: str) -> None:
    """Let PostgreSQL gather what its autovacuum would have by then; SQLite gathers nothing by itself."""
    from django.db import connection

    if vendor == "PostgreSQL":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


def _add_empty_view() -> None:
    """Add a view that does nothing, and let the gate know it."""
    from django.conf import settings
    from django.http import HttpRequest, HttpResponse
    from django.urls import clear_url_caches, include, path

    from guiju.portal.access.matrix import matrix

    def empty(_: HttpRequest) -> HttpResponse:
        return HttpResponse()

    module: Any = ModuleType("bench_urls")
    module.urlpatterns = [path(_ROUTE, empty, name=_ROUTE), path("", include("guiju.portal.urls"))]
    sys.modules["bench_urls"] = module
    settings.ROOT_URLCONF = "bench_urls"
    clear_url_caches()
    matrix().routes[_ROUTE] = {"GET": "site.probe"}


if __name__ == "__main__":
    print(f"{os.cpu_count()} processors, load average {os.getloadavg()[0]:.1f}")
    for one in sections():
        print_section(one)
