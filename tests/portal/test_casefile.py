"""The page of a case: one for both sides, and each sees of it what is theirs to see and to do."""

from __future__ import annotations

import datetime as dt
import html
import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from guiju.ledger.keys import VerifierKey
from guiju.ledger.proof_file import InclusionProof, verify_proof
from guiju.portal.access.deciding import visible
from guiju.portal.casefile.reach import Reached
from guiju.portal.casefile.values import as_filed, given_with
from guiju.portal.cases.acting import Done, begin, carry_out
from guiju.portal.cases.evidence import pin_of, recorded
from guiju.portal.cases.models import Case, QueueRow
from guiju.portal.evidence.models import Beside
from guiju.portal.evidence.opening import open_log
from guiju.portal.people.models import User
from guiju.portal.registers.models import Entry
from guiju.procedures.catalogue import built_in_types
from guiju.procedures.standing import replay
from tests.portal.people import (
    JIANGSU,
    NATION,
    ZHEJIANG,
    account,
    actor,
    filing_form,
    member,
    official,
    organisation,
)  # fmt: skip

pytestmark = pytest.mark.usefixtures("db")
MONDAY = dt.date(2026, 9, 28)


class Stage:
    """A filing in Zhejiang, somebody of its filer and a reviewer there."""

    def __init__(self, on: dt.date = MONDAY, **changes: Any) -> None:
        self.company = organisation(zh="星河智能")
        self.filer = member(self.company)
        self.filer.name = "李小四"
        self.filer.save()
        self.reviewer = official()
        form = {name: value for name, value in filing_form(**changes).items() if value is not None}
        done = begin(actor(self.filer), "mail4/filing", "submit", form, applicant=self.company, today=on)
        assert isinstance(done, Done), done
        self.case = done.case

    def act(self, who: User, name: str, on: dt.date, **values: Any) -> Case:
        self.case.refresh_from_db()
        done = carry_out(actor(who), self.case.number, name, values, seen=self.case.revision, today=on)
        assert isinstance(done, Done), done.text("en")
        self.case = done.case
        return done.case


@pytest.fixture
def on_day(monkeypatch: pytest.MonkeyPatch) -> Callable[[dt.date], None]:
    def set_day(day: dt.date) -> None:
        monkeypatch.setattr(timezone, "localdate", lambda: day)

    return set_day


@pytest.fixture(autouse=True)
def _on_the_day_of_filing(on_day: Callable[[dt.date], None]) -> Iterator[None]:
    on_day(MONDAY)
    return iter(())


def seen(client: Client, user: User, route: str, lang: str = "zh-hans", **arguments: Any) -> str:
    client.force_login(user)
    response = client.get(f"{reverse(route, kwargs=arguments)}?lang={lang}")
    assert response.status_code == 200
    return html.unescape(response.content.decode())


def case_seen(client: Client, user: User, case: Case, lang: str = "zh-hans") -> str:
    return seen(client, user, "case_page", lang, number=case.number)


def section(page: str, name: str) -> str:
    found = re.search(rf'<section[^>]*aria-labelledby="{name}".*?</section>', page, re.DOTALL)
    return found.group() if found else ""


def buttons(page: str) -> set[str]:
    return set(re.findall(r'class="gj-button[^"]*" href="[^"]*">([^<]*)<', section(page, "acts")))


def test_both_sides_see_one_page_each_on_its_own_side_of_the_site(client: Client) -> None:
    stage = Stage()
    assert "gj-page--organisation" in case_seen(client, stage.filer, stage.case)
    assert "gj-page--authority" in case_seen(client, stage.reviewer, stage.case)


def test_names_of_people_are_shown_to_their_own_side_only(client: Client) -> None:
    stage = Stage(contact=None)
    stage.act(stage.reviewer, "ask_for_supplement", MONDAY, missing=["联系方式"], supply_by="2026-10-15")
    by_filer, by_reviewer = (case_seen(client, who, stage.case) for who in (stage.filer, stage.reviewer))
    assert "李小四" in by_filer
    assert "王五" not in by_filer
    assert "经办人（浙江省人工智能主管机关 · 受理处）" in by_filer
    assert "王五" in by_reviewer
    assert "李小四" not in by_reviewer
    assert "备案人（星河智能）" in by_reviewer


def test_confidential_fields_are_marked_for_the_parties(client: Client) -> None:
    stage = Stage(contact="13800000000")
    for who in (stage.filer, stage.reviewer):
        assert re.search(r"13800000000\s*<span[^>]*>（保密）", section(case_seen(client, who, stage.case), "form"))


def test_whoever_is_of_the_public_side_would_be_shown_nothing_confidential() -> None:
    stage = Stage(contact="13800000000")
    kind, kept = built_in_types().pinned(pin_of(stage.case)), recorded(stage.case)
    public = Reached(actor(account()), stage.case, kind, kept, replay(kept.procedure, kind), (), ())
    assert not public.trusted
    assert "13800000000" not in str(as_filed(public, {}))
    assert "13800000000" not in str(given_with(public, kept.procedure.events[0]))


def test_only_the_acts_that_are_open_to_this_person_are_offered(client: Client) -> None:
    stage = Stage()
    assert buttons(case_seen(client, stage.filer, stage.case)) == {"撤回"}
    offered = buttons(case_seen(client, stage.reviewer, stage.case))
    assert "予以备案" in offered
    assert not {"撤回", "提交备案", "要求补正"} & offered
    incomplete = Stage(contact=None)
    offered = buttons(case_seen(client, incomplete.reviewer, incomplete.case))
    assert "要求补正" in offered
    assert "予以备案" not in offered


def test_each_act_says_what_it_rests_on(client: Client) -> None:
    stage = Stage()
    acts = section(case_seen(client, stage.reviewer, stage.case), "acts")
    assert acts.count("<li>") == len(re.findall(r"<li>.*?gj-provision.*?</li>", acts, re.DOTALL))


def test_a_reader_sees_the_page_and_can_do_nothing(client: Client) -> None:
    stage = Stage()
    page = case_seen(client, member(stage.company, "reader"), stage.case)
    assert not buttons(page)
    assert "目前没有需要您办理的事项" in page


def test_who_has_nothing_to_do_reads_who_must_act_next_and_by_when(client: Client) -> None:
    stage = Stage()
    due = QueueRow.objects.get(case=stage.case).next_due
    turn = section(case_seen(client, stage.filer, stage.case), "turn")
    assert f"轮到受理备案的主管机关：办结期限，最迟 {due}" in turn
    turn = section(case_seen(client, stage.reviewer, stage.case, "en"), "turn")
    assert f"It is your turn. Time to register or amend: by {due} at the latest." in turn


def test_a_case_out_of_reach_does_not_exist_whatever_is_asked_of_it(client: Client) -> None:
    stage = Stage()
    strangers = [account(), member(organisation()), official(JIANGSU), official(NATION, "head")]
    number = stage.case.number
    routes: dict[str, dict[str, Any]] = {
        "case_page": {}, "case_diagram": {}, "case_clock": {"clock": "registering"}, "case_evidence": {},
        "case_proof": {"seq": 1}, "case_proof_alone": {"seq": 1}, "case_letter": {"seq": 1, "place": 1},
        "case_letter_pdf": {"seq": 1, "place": 1, "lang": "zh"},
    }  # fmt: skip
    for who in strangers:
        client.force_login(who)
        for route, more in routes.items():
            assert client.get(reverse(route, kwargs={"number": number, **more})).status_code == 404


@pytest.mark.parametrize(
    ("after_due", "said", "late"), [(-1, "1 个工作日", False), (0, "今日到期", False), (1, "已逾期", True)]
)
def test_a_clock_is_in_time_through_its_last_day_and_late_from_the_next(
    after_due: int, said: str, late: bool, client: Client, on_day: Callable[[dt.date], None]
) -> None:
    stage = Stage()
    due = QueueRow.objects.get(case=stage.case).next_due
    assert due is not None
    on_day(due + dt.timedelta(days=after_due))
    page = case_seen(client, stage.filer, stage.case)
    assert said in section(page, "turn")
    assert ("有期限已逾期" in page) == late
    assert ("受理备案的主管机关已逾期" in page) == late


def test_a_date_that_turns_on_holidays_not_published_yet_is_a_range(
    client: Client, on_day: Callable[[dt.date], None]
) -> None:
    december = dt.date(2026, 12, 14)
    stage = Stage(on=december)
    on_day(december)
    row = QueueRow.objects.get(case=stage.case)
    assert row.next_due is not None
    assert row.next_due_latest is not None
    assert row.next_due < row.next_due_latest
    turn = section(case_seen(client, stage.reviewer, stage.case, "en"), "turn")
    assert f"{row.next_due} to {row.next_due_latest} (provisional)" in turn
    clock = seen(client, stage.reviewer, "case_clock", number=stage.case.number, clock=row.next_clock)
    assert "2027 年的放假安排尚未公布" in clock
    assert f"最早 {row.next_due}，最晚 {row.next_due_latest}" in clock
    assert "gj-month__day--window" in clock


def test_what_the_law_asks_for_is_there_missing_or_unknown(client: Client) -> None:
    stage = Stage(contact=None, province=None)
    complete = section(case_seen(client, stage.reviewer, stage.case), "complete")
    assert "缺 1 项" in complete or "缺 2 项" in complete
    assert re.search(r"联系方式</th>.*?gj-tag--bad.*?缺", complete, re.DOTALL)
    assert re.search(
        r'href="[^"]*/acts/ask_for_supplement/\?[^"]*missing=%E8%81%94%E7%B3%BB%E6%96%B9%E5%BC%8F', complete
    )
    assert "要求补正（填入所缺" in complete
    # The filer sees what is missing too, without a button to ask for it.
    own = section(case_seen(client, stage.filer, stage.case), "complete")
    assert "gj-tag--bad" in own
    assert "要求补正（" not in own


def test_nothing_is_called_missing_where_the_law_does_not_ask_for_it(client: Client) -> None:
    stage = Stage()
    complete = section(case_seen(client, stage.reviewer, stage.case, "en"), "complete")
    assert "Everything on the law's list is there" in complete
    assert "gj-tag--bad" not in complete


def test_an_earlier_value_says_what_changed_it_and_when(client: Client) -> None:
    stage = Stage(contact=None)
    stage.act(stage.reviewer, "ask_for_supplement", MONDAY, missing=["联系方式"], supply_by="2026-10-15")
    stage.act(stage.filer, "supplement", dt.date(2026, 10, 12), contact="13800000000", registered_users=41_000)
    form = section(case_seen(client, stage.reviewer, stage.case), "form")
    assert re.search(r"41,000.*37,000 <span[^>]*>至 2026-10-12，由“补正”更改", form, re.DOTALL)
    assert form.count("此前的内容") == 1


def test_the_diagram_is_a_picture_with_the_present_state_lit_and_told_in_words(client: Client) -> None:
    stage = Stage()
    page = case_seen(client, stage.filer, stage.case)
    address = reverse("case_diagram", kwargs={"number": stage.case.number})
    assert f'<img src="{address}"' in page
    response = client.get(address)
    assert response["Content-Type"] == "image/svg+xml"
    drawn = response.content.decode()
    lit = re.search(r'<g id="state-submitted">\s*<rect [^>]*stroke-width="3.5"', drawn)
    assert lit
    assert drawn.count('stroke-width="3.5"') == 1
    way = section(page, "way")
    assert "已提交" in way
    assert "要求补正 <span" in way


def test_an_entry_that_the_case_wrote_is_linked(client: Client) -> None:
    stage = Stage()
    stage.act(stage.reviewer, "register", MONDAY)
    number = Entry.objects.get().number
    for who in (stage.filer, stage.reviewer):
        assert number in section(case_seen(client, who, stage.case), "entries")


def test_who_handed_a_case_over_acted_for_the_old_office(client: Client) -> None:
    stage = Stage()
    stage.act(stage.reviewer, "transfer", MONDAY, registered_users=2_000_000, reasons="核实用户数")
    history = section(case_seen(client, stage.filer, stage.case), "history")
    assert "经办人（浙江省人工智能主管机关 · 受理处）" in history
    client.force_login(stage.reviewer)
    assert client.get(reverse("case_page", kwargs={"number": stage.case.number})).status_code == 404
    assert "核实用户数" in case_seen(client, official(NATION), stage.case)


def test_a_proof_shows_by_itself_that_the_event_is_in_the_log_and_names_nobody(client: Client) -> None:
    stage = Stage(contact="13800000000")
    client.force_login(stage.filer)
    proof = client.get(reverse("case_proof", kwargs={"number": stage.case.number, "seq": 1})).json()
    parsed = InclusionProof.parse(proof["proof"])
    assert verify_proof(parsed, VerifierKey.parse(proof["log"])) == []
    assert json.loads(parsed.event)["case"] == stage.case.number
    assert {one["name"] for one in proof["openings"]} == {"content", "private"}
    assert "李小四" not in json.dumps(proof, ensure_ascii=False)
    alone = client.get(reverse("case_proof_alone", kwargs={"number": stage.case.number, "seq": 1}))
    assert alone.content.decode() == proof["proof"]
    for route in ("case_proof", "case_proof_alone"):
        assert client.get(reverse(route, kwargs={"number": stage.case.number, "seq": 2})).status_code == 404


def test_the_evidence_is_checked_when_somebody_asks(client: Client) -> None:
    stage = Stage()
    client.force_login(stage.reviewer)
    address = reverse("case_evidence", kwargs={"number": stage.case.number})
    assert "全部相符" not in client.get(address).content.decode()
    assert "全部相符" in client.get(f"{address}?check=1").content.decode()
    open_log().erase(kept_at(stage.case), ["private"])
    assert "部分内容已擦除" in client.get(f"{address}?check=1").content.decode()


def test_what_somebody_changed_beside_the_log_does_not_pass_the_check(client: Client) -> None:
    stage = Stage(contact="13800000000")
    with connection.cursor() as cursor:
        drop = "DROP TRIGGER evidence_beside_update_refused"
        cursor.execute(drop if connection.vendor == "sqlite" else f"{drop} ON evidence_beside")
    row = Beside.objects.get(idx=kept_at(stage.case), name="private")
    Beside.objects.filter(pk=row.pk).update(value=bytes(row.value).replace(b"138", b"139"))
    client.force_login(stage.reviewer)
    page = client.get(reverse("case_evidence", kwargs={"number": stage.case.number}) + "?check=1").content.decode()
    assert "有不符之处" in page
    assert "内容与日志中的承诺不符" in page


def kept_at(case: Case) -> int:
    return recorded(case).indices[1]


def test_an_official_goes_through_the_queue_from_case_to_case(client: Client) -> None:
    first, second = Stage(), Stage(on=dt.date(2026, 10, 12))
    page = case_seen(client, first.reviewer, first.case)
    assert f'href="{reverse("case_page", kwargs={"number": second.case.number})}" rel="next"' in page
    assert 'rel="prev"' not in page
    assert 'rel="prev"' in case_seen(client, first.reviewer, second.case)
    assert 'rel="next"' not in case_seen(client, first.filer, first.case)


@pytest.mark.parametrize("side", ["filer", "reviewer"])
def test_a_page_asks_the_database_few_questions(
    side: str, client: Client, django_queries: Callable[[], list[str]]
) -> None:
    stage = Stage(contact=None)
    stage.act(stage.reviewer, "ask_for_supplement", MONDAY, missing=["联系方式"], supply_by="2026-10-15")
    stage.act(stage.filer, "supplement", dt.date(2026, 10, 12), contact="13800000000")
    client.force_login(getattr(stage, side))
    before = len(django_queries())
    assert client.get(reverse("case_page", kwargs={"number": stage.case.number})).status_code == 200
    assert len(django_queries()) - before <= 15


def test_every_case_that_is_listed_can_be_opened(client: Client) -> None:
    stage = Stage()
    for who in (stage.filer, stage.reviewer, official(ZHEJIANG, "head")):
        for case in visible(actor(who), "case.read", Case):
            assert case.number in case_seen(client, who, case)
