"""Whether this process can do its work: it reaches the database, and the tables are those of this version."""

from __future__ import annotations

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from guiju.portal.evidence.models import Log


@never_cache
@require_safe
def health(request: HttpRequest) -> JsonResponse:  # noqa: ARG001  (a view takes the request)
    """Answer 200 and `ok`, or 503 and what is wrong, in one word for machines."""
    problem = _problem()
    return JsonResponse({"status": problem or "ok"}, status=503 if problem else 200)


def _problem() -> str | None:
    try:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return "not_migrated"
        return None if Log.objects.exists() else "no_ledger"
    except DatabaseError:
        return "no_database"
