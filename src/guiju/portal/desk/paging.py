"""One page of a list."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet

from guiju.portal.desk.choosing import Choosing
from guiju.portal.look.components import Htmx, Pagination

PER_PAGE = 25
RESULTS = Htmx(target="#list", select="#list")


def page_of(
    rows: QuerySet[Any],
    choice: Choosing,
    count: int,
    path: str,
    joined: Callable[[QuerySet[Any]], QuerySet[Any]],
) -> tuple[list[Any], Pagination]:
    """Return the rows of a page and the links to the others; a page after the last is the last.

    Which rows they are is asked first, without the tables that are `joined` to show them: a database joins, then sorts.
    """
    pages = max(1, -(-count // PER_PAGE))
    page = min(choice.page, pages)
    start = (page - 1) * PER_PAGE
    wanted = list(rows.values_list("pk", flat=True)[start : start + PER_PAGE]) if count else []
    found = {row.pk: row for row in joined(rows.model._default_manager.filter(pk__in=wanted))} if wanted else {}
    shown = [found[key] for key in wanted if key in found]
    return shown, Pagination(
        page=page, pages=pages, items=count, htmx=RESULTS, address=lambda number: choice.address(path, page=number)
    )
