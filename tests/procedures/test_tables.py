"""Who may do what where, what it takes, and who sees it: every case type beside the tables that were looked through."""

from __future__ import annotations

import pytest

from guiju.procedures.catalogue import built_in_types
from tests.procedures.tables import expected_tables, tables_of


@pytest.mark.parametrize("key", built_in_types().keys())
def test_the_tables_say_what_the_case_type_says(key: str) -> None:
    assert tables_of(built_in_types().get(key)) == expected_tables(key), "look it through, then renew it (tables.py)"
