"""The calendar file: read back with a calendar library, as a calendar would."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from icalendar import Calendar, Event

from guiju.assess.assessment import Assessment
from guiju.assess.report.ics import REMINDERS, render_ics

from .profiles import Assess
from .report_pages import with_systems

DAY = dt.date(2026, 10, 9)
CROSSED = {"event": "users_exceeded_1m", "date": dt.date(2026, 9, 28), "system": "S"}
ONE_DAY = dt.timedelta(days=1)


def events_of(assessment: Assessment, lang: str = "en") -> list[Event]:
    calendar = Calendar.from_ical(render_ics(assessment, lang))
    assert isinstance(calendar, Calendar)
    return [component for component in calendar.walk("VEVENT") if isinstance(component, Event)]


def the_event(assessment: Assessment, words: str, lang: str = "en") -> Event:
    (event,) = [event for event in events_of(assessment, lang) if words in str(event["DESCRIPTION"])]
    return event


def test_a_dated_duty_is_an_all_day_event_on_its_last_day(assess_profile: Assess, provider: dict[str, Any]) -> None:
    provider["events"] = [CROSSED]
    event = the_event(assess_profile(provider, as_of=DAY), "Article 66, paragraph 1,")
    assert event.decoded("DTSTART") == dt.date(2026, 10, 16)
    assert event.decoded("DTEND") == dt.date(2026, 10, 17)
    assert event["STATUS"] == "CONFIRMED"
    description = str(event["DESCRIPTION"])
    assert "10 working days from 2026-09-28 (registered users passed one million)" in description
    assert "Model Artificial Intelligence Law" in description


def test_reminders_come_days_before(assess_profile: Assess, provider: dict[str, Any]) -> None:
    provider["events"] = [CROSSED]
    event = the_event(assess_profile(provider, as_of=DAY), "Article 66, paragraph 1,")
    before = [alarm.decoded("TRIGGER") for alarm in event.walk("VALARM")]
    assert before == [dt.timedelta(days=-days) for days in REMINDERS] == [dt.timedelta(days=-7), dt.timedelta(days=-1)]


def test_what_is_met_is_left_out(assess_profile: Assess, provider: dict[str, Any]) -> None:
    filed = {"event": "filing_submitted", "date": dt.date(2026, 10, 8), "system": "S"}
    provider["events"] = [CROSSED, filed]
    events = events_of(assess_profile(provider, as_of=DAY))
    assert [e for e in events if "Article 66, paragraph 1," in str(e["DESCRIPTION"])] == []


def test_a_recurring_duty_is_there_for_the_next_time(assess_profile: Assess, provider: dict[str, Any]) -> None:
    provider["events"] = [{"event": "audit_completed", "date": dt.date(2025, 11, 10), "system": "S"}]
    assessment = assess_profile(provider, as_of=DAY)
    assert the_event(assessment, "Article 68, item (5)").decoded("DTSTART").year == 2027


def test_a_provisional_date_says_so_and_gives_the_range(assess_profile: Assess, provider: dict[str, Any]) -> None:
    provider["events"] = [{"event": "service_termination_planned", "date": dt.date(2028, 3, 1), "system": "S"}]
    assessment = assess_profile(provider, as_of=DAY)
    event = the_event(assessment, "Article 69, item (1)")
    deadline = next(f.deadline for f in assessment.findings if f.norm.key == "mail4:69.1.1")
    assert deadline is not None
    assert deadline.day is not None
    assert event.decoded("DTSTART") == deadline.day.earliest
    assert "(provisional)" in str(event["SUMMARY"])
    assert f"earliest {deadline.day.earliest}, latest {deadline.day.latest}" in str(event["DESCRIPTION"])


def test_a_window_is_a_span(assess_profile: Assess, provider: dict[str, Any]) -> None:
    provider["systems"][0] |= {"on_negative_list": True, "holds_licence": True}
    provider["events"] = [
        {"event": "licence_granted", "date": dt.date(2024, 1, 10), "system": "S"},
        {"event": "licence_expires", "date": dt.date(2027, 9, 10), "system": "S"},
    ]
    readings = {"renewal_window": "within_last_six_months"}
    event = the_event(assess_profile(provider, as_of=DAY, readings=readings), "Article 45, paragraph 4,")
    assert event.decoded("DTSTART") == dt.date(2027, 3, 10)
    assert event.decoded("DTEND") == dt.date(2027, 9, 10) + ONE_DAY


def test_the_end_of_a_retention_is_an_event(assess_profile: Assess, provider: dict[str, Any]) -> None:
    provider["events"] = [{"event": "risk_measure_recorded", "date": dt.date(2026, 6, 30), "system": "S"}]
    event = the_event(assess_profile(provider, as_of=DAY), "keep at least 2 years")
    assert str(event["SUMMARY"]).startswith("Retention ends: ")
    assert event.decoded("DTSTART") >= dt.date(2028, 6, 30)


def test_what_is_undetermined_is_tentative(assess_profile: Assess, provider: dict[str, Any]) -> None:
    del provider["systems"][0]["registered_users"]
    provider["events"] = [CROSSED]
    event = the_event(assess_profile(provider, as_of=DAY), "Article 66, paragraph 1,")
    assert event["STATUS"] == "TENTATIVE"
    assert "registered_users" in str(event["DESCRIPTION"])


def test_the_same_assessment_gives_the_same_bytes(assess_profile: Assess, provider: dict[str, Any]) -> None:
    assessment = assess_profile(with_systems(provider, 5))
    assert render_ics(assessment, "zh") == render_ics(assessment, "zh")


def test_identities_are_unique_and_do_not_change_with_the_day_or_language(
    assess_profile: Assess, provider: dict[str, Any]
) -> None:
    profile = with_systems(provider, 12)
    first = events_of(assess_profile(profile, as_of=DAY))
    later = events_of(assess_profile(profile, as_of=DAY + ONE_DAY), "zh")
    identities = {str(event["UID"]) for event in first}
    assert len(identities) == len(first) > 12
    assert {str(event["UID"]) for event in later} == identities


def test_a_plan_that_moves_keeps_its_identity(assess_profile: Assess, provider: dict[str, Any]) -> None:
    found = []
    for day in (dt.date(2027, 8, 2), dt.date(2027, 9, 1)):
        provider["events"] = [{"event": "service_termination_planned", "date": day, "system": "S"}]
        found.append(the_event(assess_profile(provider, as_of=DAY), "Article 69, item (1)"))
    assert found[0]["UID"] == found[1]["UID"]
    assert found[0].decoded("DTSTART") < found[1].decoded("DTSTART")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_line_is_at_most_75_octets_and_ends_as_the_standard_asks(
    assess_profile: Assess, provider: dict[str, Any], lang: str
) -> None:
    provider["organisation"]["name"] = "很长的名称" * 30
    content = render_ics(assess_profile(with_systems(provider, 5)), lang)
    lines = content.split(b"\r\n")
    assert lines[-1] == b""
    assert max(len(line) for line in lines) <= 75
    assert b"\n" not in content.replace(b"\r\n", b"")
    content.decode()


def test_an_organisation_without_dates_has_an_empty_calendar(assess_profile: Assess, provider: dict[str, Any]) -> None:
    assert events_of(assess_profile(provider)) == []
