"""Acts: who may do what, what must hold, what follows; each refusal with its code."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiju.calendar.days import WorkCalendar
from guiju.procedures.case import Actor, BrokenCaseError, Case
from guiju.procedures.interpret import UnknownReadingError, open_case, open_to, tick
from guiju.procedures.loading import parse_case_type
from guiju.procedures.model import CaseType
from guiju.procedures.problems import ProcedureError
from guiju.procedures.standing import replay
from tests.procedures.at_hand import PERMIT, TYPES_FOLDER, lawbook
from tests.procedures.leading import CALENDAR, Leading, day


def reserved_to(authority: str) -> CaseType:
    """The permit, with the roles of its authority reserved to this one."""
    text = (TYPES_FOLDER / "mail4/procedures/permit.yaml").read_text("utf-8")
    assert "    side: authority\n" in text
    text = text.replace("    side: authority\n", f"    side: authority\n    authority: {authority}\n", 1)
    return parse_case_type(text, "mail4", lawbook(), file="permit.yaml", stem="permit")


def granted(expires_on: str = "2027-10-08") -> Leading:
    return Leading().does("03-02", "apply").does("03-10", "grant", expires_on=expires_on)


def test_an_act_leads_to_its_state_and_records_what_was_given() -> None:
    case = granted()
    assert case.standing.state == "permitted"
    assert case.standing.fields["number"] == "P1"
    assert case.standing.fields["outcome"] == "granted"
    assert case.standing.fields["funds"] == "5000000.50"


def test_letters_register_entries_and_events_go_out_with_the_act() -> None:
    event = granted().case.events[-1]
    assert [(letter.name, letter.to) for letter in event.letters] == [("decision", "applicant")]
    (entry,) = event.entries
    assert (entry.register, entry.how, entry.status) == ("permits", "write", "valid")
    assert entry.fields == {"number": "P1", "name": "Xinghe", "expires_on": "2027-10-08"}
    assert [one.event for one in event.yields] == ["licence_granted"]


def test_an_input_becomes_an_attribute_of_the_engine_event() -> None:
    event = granted().does("04-01", "report_incident", "anyone", major=True).case.events[-1]
    assert event.yields[0].attributes == {"is_major": True}


@pytest.mark.parametrize(
    ("code", "on", "name", "by", "values"),
    [
        ("unknown_transition", "03-03", "aply", None, {}),
        ("wrong_state", "03-03", "supply", None, {}),
        ("wrong_role", "03-03", "grant", "applicant", {}),
        ("wrong_role", "03-03", "grant", "nobody", {}),
        ("not_by_people", "03-03", "withdraw", None, {}),
        ("unexpected_value", "03-03", "grant", None, {"colour": "red"}),
        ("wrong_value", "03-03", "grant", None, {"expires_on": "soon"}),
        ("wrong_value", "03-03", "grant", None, {"expires_on": "0001-01-01"}),
        ("missing", "03-03", "grant", None, {"number": None}),
        ("missing", "03-03", "refuse", None, {"reasons": None}),
        ("missing", "03-03", "refuse", None, {"reasons": ""}),
        ("nothing_missing", "03-03", "ask", None, {}),
        ("before_last_event", "03-01", "grant", None, {}),
    ],
)  # fmt: skip
def test_refused(code: str, on: str, name: str, by: str | None, values: dict[str, object]) -> None:
    case = Leading().does("03-02", "apply")
    refusal = case.refused(on, name, by, **values)
    assert refusal.code == code
    assert refusal.reason.zh
    assert refusal.reason.en
    assert refusal.cites


def test_the_first_rule_that_is_true_gives_the_authority_and_the_act_settles_it() -> None:
    case = Leading().does("03-02", "apply")
    assert case.standing.settled == "national_authority"
    refusal = case.refused("03-03", "refuse", Actor("reviewer", "provincial_authority"))
    assert refusal.code == "wrong_authority"
    case.does("03-03", "refuse", Actor("reviewer", "national_authority"))


def test_a_role_that_is_reserved_to_an_authority_is_refused_to_officers_of_another() -> None:
    """The case belongs to the national authority; the party of the role, to the provincial one."""
    kind = reserved_to("provincial_authority")
    case = Leading(kind).does("03-02", "apply")
    assert case.standing.settled == "national_authority"
    assert case.refused("03-03", "refuse", Actor("reviewer", "national_authority")).code == "wrong_authority"
    case.does("03-03", "refuse", Actor("reviewer", "provincial_authority"))


def test_a_role_is_reserved_to_no_authority_that_does_not_exist() -> None:
    with pytest.raises(ProcedureError, match="there is no authority `national_authoriti`; did you mean"):
        reserved_to("national_authoriti")


def test_at_exactly_a_million_no_rule_decides_and_nobody_is_turned_away() -> None:
    case = Leading().does("03-02", "apply", registered_users=1_000_000)
    assert case.standing.settled is None
    case.does("03-03", "refuse", Actor("reviewer", "provincial_authority"))


def test_unknown_is_not_false_in_a_guard() -> None:
    """Whether a proof is required turns on the areas, which are not given."""
    case = Leading().does("03-02", "apply", areas=None)
    refusal = case.refused("03-03", "grant")
    assert (refusal.code, refusal.missing) == ("missing", ("areas",))
    assert refusal.reason.en.startswith("missing: areas")


def test_a_missing_item_is_asked_for_and_supplied() -> None:
    case = Leading().does("03-02", "apply", areas=["medicine"])
    assert case.refused("03-03", "grant").code == "not_allowed"
    case.does("03-03", "ask")
    assert case.clock("decision", "03-03").status == "paused"
    case.does("03-09", "supply", proof="diploma.pdf").does("03-10", "grant")


def test_an_extension_is_granted_once_by_the_head_while_the_clock_runs() -> None:
    case = Leading().does("03-02", "apply")
    assert case.refused("03-03", "extend", "reviewer").code == "wrong_role"
    case.does("03-03", "extend")
    assert case.refused("03-04", "extend").code == "extended_already"
    overdue = Leading().does("03-02", "apply")
    assert overdue.refused("07-30", "extend").code == "not_allowed"


def test_a_clock_lapses_at_the_end_of_its_last_day() -> None:
    asked = Leading().does("03-02", "apply", name=None).does("03-04", "ask")
    last = asked.clock("supplement", "03-04").due
    assert last is not None
    assert tick(asked.case, PERMIT, CALENDAR, last.due) == ()
    (event,) = tick(asked.case, PERMIT, CALENDAR, day("12-31"))
    assert (event.act, event.by, event.on) == ("withdraw", "clock", last.due)
    asked.does(str(last.due), "supply")


def test_acting_later_first_lets_happen_what_has_fallen_due() -> None:
    asked = Leading().does("03-02", "apply", name=None).does("03-04", "ask")
    assert asked.refused("12-31", "supply").code == "case_closed"
    assert asked.waits("12-31").standing.state == "withdrawn"


def test_a_lapse_that_its_guard_bars_leaves_the_clock_overdue() -> None:
    asked = Leading().does("03-02", "apply", name=None).does("03-04", "ask").does("03-05", "excuse", excused=True)
    assert asked.waits("12-31").standing.state == "waiting"
    assert asked.clock("supplement", "12-31").status == "overdue"
    asked.does("12-31", "supply")


def test_one_lapse_after_another_each_on_its_day() -> None:
    case = granted("2026-12-31").waits("2027-05-01")
    assert [event.act for event in case.case.events] == ["apply", "grant", "expire"]
    assert case.case.events[-1].on == day("12-31")
    assert case.standing.entries["permits"].how == "withdraw"


def test_a_clock_lapses_only_after_the_latest_day_that_its_last_day_can_be() -> None:
    calendar = WorkCalendar(2025)
    asked = Leading(calendar=calendar).does("2026-01-20", "apply", name=None).does("2026-02-02", "ask")
    view = asked.clock("supplement", "2026-02-02")
    assert view.due is not None
    assert view.due.provisional
    assert tick(asked.case, PERMIT, calendar, view.due.latest) == ()
    assert asked.refused(str(view.due.latest), "grant").code == "wrong_state"


def test_counters_look_back_a_year_or_at_the_calendar_year_by_the_reading() -> None:
    rolling = granted()
    calendar_year = Leading(readings={"window_97": "calendar_year"}).does("03-02", "apply")
    calendar_year.does("03-10", "grant")
    for case in (rolling, calendar_year):
        for on in ("11-01", "12-01", "2027-01-05"):
            assert case.refused(on, "suspend").code == "too_few_incidents"
            case.does(on, "report_incident", "anyone")
    assert calendar_year.refused("2027-01-06", "suspend").code == "too_few_incidents"
    rolling.does("2027-01-06", "suspend")
    assert rolling.standing.entries["permits"].status == "suspended"


def test_a_span_includes_both_its_ends() -> None:
    for last, possible in (("2027-04-01", True), ("2027-04-02", False)):
        case = granted()
        for on in ("04-01", "05-01", "2027-03-01"):
            case.does(on, "report_incident", "anyone")
        done = case.tries(last, "suspend")
        assert isinstance(done, tuple) == possible


def test_one_major_incident_suffices() -> None:
    granted().does("04-01", "report_incident", "anyone", major=True).does("04-01", "suspend")


def test_what_is_open_to_whom() -> None:
    case = Leading().does("03-02", "apply")
    assert open_to(case.standing, "reviewer", day("03-03"), CALENDAR) == ["grant", "refuse"]
    assert open_to(case.standing, "head", day("03-03"), CALENDAR) == ["extend", "grant", "refuse"]
    assert open_to(case.standing, "applicant", day("03-03"), CALENDAR) == []


def test_a_closed_case_accepts_nothing() -> None:
    case = Leading().does("03-02", "apply").does("03-03", "refuse")
    assert case.refused("03-04", "grant").code == "case_closed"
    assert case.clock("decision", "03-04").status == "in_time"


def test_events_are_plain_data() -> None:
    case = granted().case
    assert msgspec.json.decode(msgspec.json.encode(case), type=Case) == case


def test_a_missing_event_is_noticed() -> None:
    case = granted().case
    gap = msgspec.structs.replace(case, events=case.events[1:])
    with pytest.raises(BrokenCaseError) as caught:
        replay(gap, PERMIT)
    assert "1" in caught.value.text("zh")


def test_acts_that_have_nothing_to_do_with_each_other_commute() -> None:
    names = (("report_incident", {"major": False}), ("cease", {"ceased_on": "2026-03-31"}))
    first = granted()
    second = granted()
    for leading, order in ((first, names), (second, names[::-1])):
        for name, values in order:
            leading.does("04-01", name, "applicant", **values)
    one, other = first.standing, second.standing
    assert (one.state, one.fields, one.runs, one.entries) == (other.state, other.fields, other.runs, other.entries)


@given(st.permutations(range(7)))
def test_in_whatever_order_events_are_kept_the_case_is_the_same(order: list[int]) -> None:
    case = Leading().does("03-02", "apply", areas=["medicine"]).does("03-02", "ask").does("03-02", "supply", proof="p")
    case.does("03-02", "extend").does("03-02", "grant").does("03-02", "report_incident", "anyone").does(
        "03-02", "cease", ceased_on="2026-03-02"
    )
    shuffled = msgspec.structs.replace(case.case, events=tuple(case.case.events[i] for i in order))
    one, other = case.standing, replay(shuffled, PERMIT)
    assert (one.state, one.fields, one.runs, one.entries) == (other.state, other.fields, other.runs, other.entries)


def test_a_reading_that_the_type_does_not_have_is_refused() -> None:
    with pytest.raises(UnknownReadingError, match="window_97: rolling_year, calendar_year"):
        open_case(PERMIT, {"window_97": "moon"})


@pytest.mark.parametrize(
    "odd", [[], {}, [[]], "odd", -1, 1.5, True, ["odd"], {"person": 1}, "0001-01-01", "x" * 20_001]
)
@pytest.mark.parametrize("name", sorted(PERMIT.form))
def test_whatever_is_given_is_taken_or_refused(name: str, odd: object) -> None:
    done = Leading().tries("03-02", "apply", None, **{name: odd})
    if not isinstance(done, tuple):
        assert done.code == "wrong_value"
        assert name in done.reason.en


def test_nobody_acts_as_the_clock() -> None:
    assert granted().refused("04-01", "report_incident", "clock").code == "wrong_role"
