"""Confidential fields stay with the parties; a case is seen only by the roles that may."""

from __future__ import annotations

import pytest

from guiju.procedures.visibility import may_see, visible_fields
from tests.procedures.at_hand import PERMIT, TYPES

FIELDS = {"name": "Xinghe", "funds": "5"}


@pytest.mark.parametrize(("role", "seen"), [("applicant", FIELDS), ("reviewer", FIELDS), ("anyone", {})])
def test_who_sees_what(role: str, seen: dict[str, str]) -> None:
    assert visible_fields(PERMIT, FIELDS, role) == seen


def test_without_visible_to_every_role_of_the_type_may_see_a_case() -> None:
    kind = TYPES.get("notice_of_change")
    assert may_see(kind, "filer")
    assert not may_see(kind, "stranger")
