"""Confidential fields stay with the parties; a case is seen only by the roles that may."""

from __future__ import annotations

import pytest

from guiju.procedures.loading import parse_case_type
from guiju.procedures.model import CaseType
from guiju.procedures.problems import ProcedureError
from guiju.procedures.visibility import hidden_from, may_see, visible_fields
from tests.procedures.at_hand import PERMIT, TYPES, TYPES_FOLDER, lawbook

TEXT = (TYPES_FOLDER / "mail4/procedures/permit.yaml").read_text("utf-8")
SECRET_ENTRY = ("en: since}}", "en: since}, confidential: true}")
TO_ALL = ("visible_to: [applicant, reviewer, head]", "visible_to: anybody")
FIELDS = {"name": "Xinghe", "funds": "5"}


@pytest.mark.parametrize(("role", "seen"), [("applicant", FIELDS), ("reviewer", FIELDS), ("anyone", {})])
def test_who_sees_what(role: str, seen: dict[str, str]) -> None:
    assert visible_fields(PERMIT, FIELDS, role) == seen


def test_without_visible_to_every_role_of_the_type_may_see_a_case() -> None:
    kind = TYPES.get("notice_of_change")
    assert may_see(kind, "filer")
    assert not may_see(kind, "stranger")


def permit(*changes: tuple[str, str]) -> CaseType:
    text = TEXT
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return parse_case_type(text, "mail4", lawbook(), file="permit.yaml", stem="permit")


def test_a_confidential_field_of_entries_is_left_out_of_each_entry() -> None:
    kind = permit(SECRET_ENTRY, TO_ALL)
    staff = {"staff": [{"person": "Li", "since": "2020-01-01"}, {"person": "Wu"}]}
    assert visible_fields(kind, staff, "anyone") == {"staff": [{"person": "Li"}, {"person": "Wu"}]}
    assert visible_fields(kind, staff, "reviewer") == staff


def test_a_public_register_does_not_show_a_list_with_confidential_entries() -> None:
    with pytest.raises(ProcedureError) as caught:
        permit(SECRET_ENTRY, ("fields: [number, name, expires_on]", "fields: [number, staff]"))
    assert [problem.code for problem in caught.value.problems] == ["C138"]


def test_what_a_letter_must_not_show() -> None:
    """Only the parties to the case read what is confidential in their letters."""
    public = (
        "roles: {applicant: {zh: 申请人, en: applicant}}",
        "roles: {applicant: {zh: 申请人, en: applicant}}\n  neighbour:"
        "\n    side: public\n    label: {zh: 邻人, en: neighbour}\n    cites: mail4:43.1"
        "\n    roles: {neighbour: {zh: 邻人, en: n}}",
    )
    secret = ("label: {zh: 重大, en: major}}", "label: {zh: 重大, en: major}, confidential: true}")
    kind = permit(SECRET_ENTRY, public, secret)
    act = next(one for one in kind.transitions if one.name == "report_incident")
    names = ["name", "funds", "staff", "major", "no_such_field"]
    assert hidden_from(kind, "neighbour", names, act) == ["funds", "staff", "major"]
    assert hidden_from(kind, "applicant", names, act) == []
