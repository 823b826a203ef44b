"""The migrations make what the models say, from nothing, on the database that these tests run on."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

pytestmark = pytest.mark.usefixtures("tables")


def test_no_model_is_ahead_of_its_migrations() -> None:
    call_command("makemigrations", check=True, dry_run=True, interactive=False, verbosity=0)


def test_from_nothing_every_migration_was_applied_and_none_is_of_two_minds() -> None:
    loader = MigrationExecutor(connection).loader
    assert set(loader.applied_migrations) == set(loader.graph.nodes)
    assert loader.detect_conflicts() == {}


def test_the_tables_are_those_of_the_models_and_of_django() -> None:
    from django.apps import apps

    made = set(connection.introspection.table_names())
    of_models = {model._meta.db_table for model in apps.get_models(include_auto_created=True) if model._meta.managed}
    assert made - of_models == {"django_migrations", "portal_cache"}
    assert of_models <= made
