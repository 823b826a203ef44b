"""Finding cases: as numbers are typed, by part of a name, by credit code; within reach only."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from guiju.portal.cases.models import QueueRow
from guiju.portal.desk.search import slip_of
from guiju.portal.numbers.check_character import checks, plain
from guiju.portal.organisations.models import Organisation
from guiju.portal.registers.models import Entry
from tests.portal.people import JIANGSU, NATION, official, organisation
from tests.portal.test_desk import MONDAY, act, filed, listed, shown, words

pytestmark = pytest.mark.usefixtures("db")


def ask(client: Client, q: str, more: str = "", authority: str = "330000") -> list[str]:
    client.force_login(official(authority))
    response = client.get(f"/desk/search/?{more}", {"q": q}) if not more else client.get(f"/desk/search/?q={q}&{more}")
    assert response.status_code == 200
    return listed(response.content.decode())


def test_a_number_is_found_as_people_type_it(client: Client) -> None:
    case = filed()
    filed()
    bare = plain(case.number)
    ordinal = case.number.split("-")[2]
    for typed in (
        case.number,
        case.number.lower(),
        bare,
        f" {case.number[:-2]} ",
        bare[:-1],
        ordinal,
        str(int(ordinal)),
    ):
        assert ask(client, typed) == [case.number], typed


def test_the_number_of_a_register_entry_leads_to_its_case(client: Client) -> None:
    case = act(official(), filed(), "register")
    entry = Entry.objects.get()
    for typed in (entry.number, plain(entry.number).lower(), entry.number[:-2]):
        assert ask(client, typed) == [case.number], typed
    assert ask(client, entry.number, authority=JIANGSU) == []


def test_part_of_a_name_will_do_in_either_language_and_case(client: Client) -> None:
    company = Organisation.objects.create(zh="杭州知书教育科技", en="Zhishu Education", area="330106")
    case = filed(company)
    filed()
    for typed in ("知书", "教育科技", "zhishu", "EDUCATION", "hishu Edu"):
        assert ask(client, typed) == [case.number], typed
    assert ask(client, "知书书") == []


def test_a_credit_code_is_found_whole_or_in_part(client: Client) -> None:
    company = Organisation.objects.create(zh="甲", area="330106", credit_code="91330100MA27X12345")
    case = filed(company)
    for typed in ("91330100MA27X12345", "91330100ma27", "MA27X1"):
        assert ask(client, typed) == [case.number], typed


def test_what_could_be_a_number_and_is_none_is_looked_up_as_a_name(client: Client) -> None:
    case = filed(Organisation.objects.create(zh="360安全", area="330106"))
    assert ask(client, "360") == [case.number]


@pytest.mark.parametrize("signs", ["%", "_", "'", '"', "\\", "\x00%", "星" * 300, "C2026" * 60])
def test_signs_that_mean_something_to_a_database_mean_nothing_here(signs: str, client: Client) -> None:
    filed()
    client.force_login(official())
    response = client.get("/desk/search/", {"q": signs})
    assert response.status_code == 200
    assert listed(response.content.decode()) == []


def test_nobody_finds_what_is_out_of_reach(client: Client) -> None:
    case = filed(organisation(zh="独一无二公司"))
    for authority in (JIANGSU, NATION):
        for typed in (case.number, "独一无二", str(int(case.number.split("-")[2]))):
            assert ask(client, typed, authority=authority) == []


def test_one_wrong_character_is_noticed_and_what_was_meant_is_named_within_reach_only(client: Client) -> None:
    case = filed()
    bare = plain(case.number)
    wrong = bare[:8] + ("9" if bare[8] != "9" else "8") + bare[9:]
    swapped = bare[:4] + bare[5] + bare[4] + bare[6:]
    rows = QueueRow.objects.all()
    for typed in (wrong, swapped):
        assert not checks(typed)
        slip = slip_of(typed, rows)
        assert slip is not None
        assert slip.meant == (case.number,)
    assert slip_of(bare, rows) is None
    assert slip_of(bare[:9], rows) is None
    page = shown(client, official(), f"/desk/search/?q={wrong}&lang=en")
    assert "one character may be wrong" in words(page)
    assert case.number in page
    assert "可能有一个字符写错" in words(shown(client, official(), f"/desk/search/?q={wrong}&lang=zh-hans"))
    outside = shown(client, official(JIANGSU), f"/desk/search/?q={wrong}&lang=en")
    assert "one character may be wrong" in words(outside)
    assert case.number not in outside


def test_a_wrong_number_of_a_register_entry_leads_to_its_case() -> None:
    case = act(official(), filed(), "register")
    bare = plain(Entry.objects.get().number)
    slip = slip_of(f"{bare[:9]}{(int(bare[9]) + 1) % 10}{bare[10:]}", QueueRow.objects.all())
    assert slip is not None
    assert slip.meant == (case.number,)


def test_kind_state_and_days_narrow_with_both_ends_in(client: Client) -> None:
    before, on = filed(on=MONDAY - dt.timedelta(days=1)), filed(on=MONDAY)
    both = [on.number, before.number]
    assert ask(client, "", "kind=mail4/filing&state=submitted") == both
    assert ask(client, "", "kind=mail4/licence") == []
    assert ask(client, "", "since-year=2026&since-month=9&since-day=28") == [on.number]
    assert ask(client, "", "until-year=2026&until-month=9&until-day=27") == [before.number]
    assert ask(client, "", "since=2026-09-27&until=2026-09-28") == both


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ("since-year=2026&since-month=2&since-day=30", "There is no such day"),
        ("since-year=2026&since-month=&since-day=", "There is no such day"),
        ("since=2026-09-28&until=2026-09-27", "The last day is before the first"),
    ],
)
def test_a_day_that_cannot_be_is_said_at_its_field_and_on_top_and_kept(days: str, said: str, client: Client) -> None:
    filed()
    page = shown(client, official(), f"/desk/search/?{days}&lang=en")
    assert page.count(said) == 2
    assert 'value="2026"' in page
    assert listed(page) == []
