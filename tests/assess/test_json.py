"""`guiju assess --format json` keeps the names of the vocabulary to the letter."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest

from guiju.assess.serial import to_json

from .profiles import Assess

FINDING = {
    "address", "rulebook", "subject", "norm", "bearer", "status", "gist", "deadline", "retention", "fulfilment",
    "breach", "exempted_by", "missing", "because",
}  # fmt: skip
STATUSES = {"applies", "does_not_apply", "exempt", "undetermined"}


def findings(assess_profile: Assess, profile: dict[str, Any], address: str, **settings: Any) -> list[dict[str, Any]]:
    data = json.loads(to_json(assess_profile(profile, **settings)))
    return [f for f in data["findings"] if f["address"] == address]


def test_the_vocabularys_own_example(assess_profile: Assess, provider: dict[str, Any]) -> None:
    provider["events"] = [{"event": "users_exceeded_1m", "date": dt.date(2026, 9, 28), "system": "S"}]
    [finding] = findings(assess_profile, provider, "mail4:66.1", as_of=dt.date(2026, 10, 1))
    proof = finding.pop("because")
    gist = finding.pop("gist")
    assert finding == {
        "address": "mail4:66.1",
        "rulebook": "mail4",
        "subject": {"kind": "system", "name": "S"},
        "norm": "duty",
        "bearer": "provider",
        "status": "applies",
        "deadline": {
            "due": "2026-10-16", "earliest": "2026-10-16", "latest": "2026-10-16", "period": "10 working days",
            "counted_from": {"event": "users_exceeded_1m", "date": "2026-09-28"},
            "provisional": False, "overdue": False,
        },
        "retention": None,
        "fulfilment": "unknown",
        "breach": ["mail4:99.1"],
        "exempted_by": None,
        "missing": [],
    }  # fmt: skip
    assert set(gist) == {"zh", "en"}
    assert "registered_users" in json.dumps(proof)


def test_every_finding_has_the_same_form(assess_profile: Assess, provider: dict[str, Any]) -> None:
    data = json.loads(to_json(assess_profile(provider)))
    assert set(data) == {"as_of", "rulebooks", "findings", "questions"}
    assert data["as_of"] == "2026-11-22"
    assert {(b["key"], b["status"]) for b in data["rulebooks"]} == {("mail4", "model"), ("genai", "in_force")}
    for finding in data["findings"]:
        assert set(finding) == FINDING
        assert finding["status"] in STATUSES
        assert bool(finding["missing"]) == (finding["status"] == "undetermined")
        assert (finding["exempted_by"] is not None) == (finding["status"] == "exempt")
        assert finding["fulfilment"] in {"met", "unmet", "unknown", None}


@pytest.mark.parametrize(
    ("users", "national", "provincial"),
    [
        (9_999, "does_not_apply", "does_not_apply"),
        (10_000, "does_not_apply", "does_not_apply"),
        (10_001, "does_not_apply", "applies"),
        (999_999, "does_not_apply", "applies"),
        (1_000_000, "does_not_apply", "does_not_apply"),
        (1_000_001, "applies", "does_not_apply"),
    ],
)
def test_the_tiers_of_filing(
    assess_profile: Assess, provider: dict[str, Any], users: int, national: str, provincial: str
) -> None:
    provider["systems"][0]["registered_users"] = users
    assert [f["status"] for f in findings(assess_profile, provider, "mail4:66.1")] == [national]
    assert [f["status"] for f in findings(assess_profile, provider, "mail4:66.2")] == [provincial]


def test_with_only_the_user_count_missing_nothing_else_is_asked_for(
    assess_profile: Assess, provider: dict[str, Any]
) -> None:
    del provider["systems"][0]["registered_users"]
    for address in ("mail4:66.1", "mail4:66.2"):
        [finding] = findings(assess_profile, provider, address)
        assert (finding["status"], finding["missing"]) == ("undetermined", ["registered_users"])


def test_the_negative_list_decides_before_the_user_count_is_known(
    assess_profile: Assess, provider: dict[str, Any]
) -> None:
    del provider["systems"][0]["registered_users"]
    provider["systems"][0]["on_negative_list"] = True
    for address in ("mail4:66.1", "mail4:66.2"):
        [finding] = findings(assess_profile, provider, address)
        assert (finding["status"], finding["missing"]) == ("does_not_apply", [])


def test_exactly_one_million_is_an_open_reading(assess_profile: Assess, provider: dict[str, Any]) -> None:
    provider["systems"][0]["registered_users"] = 1_000_000
    for address, candidate in (("mail4:66.1", "national"), ("mail4:66.2", "provincial")):
        [finding] = findings(assess_profile, provider, address)
        assert finding["because"]["readings"]["exactly_one_million"][candidate] == "applies"
        [chosen] = findings(assess_profile, provider, address, readings={"exactly_one_million": candidate})
        assert chosen["status"] == "applies"


def test_a_foreign_providers_representative_is_owed_whether_or_not_there_is_one(
    assess_profile: Assess, provider: dict[str, Any]
) -> None:
    provider["systems"][0].update(in_mainland=False, affects_china=True)
    for fact, fulfilment in ((True, "met"), (False, "unmet"), (None, "unknown")):
        provider["organisation"]["has_domestic_representative"] = fact
        found = findings(assess_profile, provider, "mail4:62.1")
        assert {f["status"] for f in found} == {"applies"}
        assert fulfilment in {f["fulfilment"] for f in found}


def test_a_law_does_not_bind_before_it_is_in_force(assess_profile: Assess, provider: dict[str, Any]) -> None:
    provider["systems"][0].update(is_generative=True, serves_mainland_public=True, provides_directly_to_users=True)
    for day, status in ((dt.date(2023, 8, 14), "does_not_apply"), (dt.date(2023, 8, 15), "applies")):
        assert {f["status"] for f in findings(assess_profile, provider, "genai:9.2", as_of=day)} == {status}


def test_only_the_rulebooks_that_were_asked_for(assess_profile: Assess, provider: dict[str, Any]) -> None:
    data = json.loads(to_json(assess_profile(provider, rulebooks=["genai"])))
    assert [b["key"] for b in data["rulebooks"]] == ["genai"]
    assert {f["rulebook"] for f in data["findings"]} == {"genai"}
