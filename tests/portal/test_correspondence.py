"""Letters: composed with the act that sends them, kept as they went out, read by the two sides concerned."""

from __future__ import annotations

import datetime as dt
import html
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse

from guiju.bilingual import Bilingual
from guiju.letters.problems import one_problem
from guiju.letters.shelf import built_in_shelf
from guiju.portal.cases.acting import Done, begin, carry_out
from guiju.portal.cases.models import Case
from guiju.portal.cases.verifying import verify_cases
from guiju.portal.correspondence import keeping, typesetting
from guiju.portal.correspondence.keeping import TamperedLetterError, compose_owed, composed
from guiju.portal.correspondence.models import Letter
from guiju.portal.correspondence.reading import may_read
from guiju.portal.correspondence.typesetting import typeset
from guiju.portal.evidence.triggers import Refusal as TableRefusal
from guiju.portal.evidence.triggers import statements
from guiju.portal.outbox.models import Message
from guiju.portal.people.models import User
from guiju.procedures.catalogue import built_in_types
from guiju.procedures.refusals import Refusal
from tests.portal.people import NATION, actor, filing_form, member, official, organisation

pytestmark = pytest.mark.usefixtures("db")
MONDAY = dt.date(2026, 9, 28)


def filed(who: User | None = None, **changes: Any) -> Done | Refusal:
    company = organisation() if who is None else who.memberships.get().organisation
    who = who or member(company)
    form = {name: value for name, value in filing_form(**changes).items() if value is not None}
    return begin(actor(who), "mail4/filing", "submit", form, applicant=company, today=MONDAY)


def case_of(done: Done | Refusal) -> Case:
    assert isinstance(done, Done), done
    return done.case


def asked(case: Case) -> Letter:
    values = {"missing": ["联系方式"], "supply_by": "2026-10-15"}
    done = carry_out(actor(official()), case.number, "ask_for_supplement", values, seen=1, today=MONDAY)
    assert isinstance(done, Done), done
    return Letter.objects.get(case=case, seq=2)


def page(client: Client, who: User, letter: Letter, lang: str = "zh-hans") -> str:
    client.force_login(who)
    address = reverse("case_letter", kwargs={"number": letter.case.number, "seq": letter.seq, "place": letter.place})
    response = client.get(f"{address}?lang={lang}")
    assert response.status_code == 200
    return html.unescape(response.content.decode())


# ---- With the act, or not at all


def test_the_receipt_is_there_with_the_filing() -> None:
    letter = Letter.objects.get(case=case_of(filed()))
    assert (letter.seq, letter.name, letter.to, letter.on) == (1, "receipt", "filer", MONDAY)
    assert letter.number == f"{letter.case.number}-1"


def test_a_filing_that_is_refused_or_undone_has_no_receipt() -> None:
    assert isinstance(filed(registered_users=9_999), Refusal)
    with transaction.atomic():
        case_of(filed())
        transaction.set_rollback(True)
    assert not Letter.objects.exists()


def test_a_filing_whose_receipt_cannot_be_kept_is_not_there_either(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(_rows: Any) -> None:
        raise DatabaseError

    monkeypatch.setattr(Letter.objects, "bulk_create", fails)
    with pytest.raises(DatabaseError):
        filed()
    assert not Case.objects.exists()
    assert not Message.objects.exists()


# ---- As it went out


def test_a_letter_stays_what_it_was_when_its_text_changes_later(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    who = member(organisation())
    letter = asked(case_of(filed(who, contact=None)))
    before = {lang: page(client, who, letter, lang) for lang in ("zh-hans", "en")}
    shelf = built_in_shelf()
    rewritten = shelf.get("mail4", "supplement_request")
    monkeypatch.setitem(
        shelf._letters, ("mail4", "supplement_request"),
        type(rewritten)(**{
            **{name: getattr(rewritten, name) for name in rewritten.__slots__},
            "title": Bilingual(zh="另一种文书", en="Another letter"),
        }),
    )  # fmt: skip
    text = re.compile(r"<article.*</article>", re.DOTALL)
    for lang, shown in before.items():
        now = page(client, who, letter, lang)
        assert text.findall(now) == text.findall(shown)
        assert "另一种文书" not in now
    assert asked(case_of(filed(contact=None))).title_zh == "另一种文书"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE correspondence_letter SET content = NULL",
        "UPDATE correspondence_letter SET sha256 = ''",
        "UPDATE correspondence_letter SET problem_zh = 'x'",
        "DELETE FROM correspondence_letter",
        "INSERT INTO correspondence_letter SELECT * FROM correspondence_letter",
    ],
)
def test_the_database_refuses_to_change_a_letter(statement: str) -> None:
    case_of(filed())
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_emptying_a_table_on_postgresql_runs_into_a_refusal_that_holds_always() -> None:
    refusals = [TableRefusal("letters", "UPDATE", "OLD.sha256 <> ''"), TableRefusal("letters", "DELETE")]
    made = statements(refusals, "postgresql")
    assert made[-1] == (
        "CREATE TRIGGER letters_truncate_refused BEFORE TRUNCATE ON letters "
        "FOR EACH STATEMENT EXECUTE FUNCTION letters_delete_refused()"
    )


def test_a_letter_that_somebody_changed_past_the_triggers_is_not_shown(client: Client) -> None:
    who = member(organisation())
    letter = Letter.objects.get(case=case_of(filed(who)))
    with connection.cursor() as cursor:
        drop = "DROP TRIGGER correspondence_letter_update_refused"
        cursor.execute(drop if connection.vendor == "sqlite" else f"{drop} ON correspondence_letter")
    letter.content["title"]["zh"] = "许可决定书"
    letter.save()
    with pytest.raises(TamperedLetterError, match=letter.number):
        composed(letter)
    client.force_login(who)
    response = client.get(reverse("case_letter", kwargs={"number": letter.case.number, "seq": 1, "place": 1}))
    assert response.status_code == 500
    assert "文书内容与发出时不符" in response.content.decode()
    assert "许可决定书" not in response.content.decode()


def test_who_forges_letter_and_digest_together_is_found_by_the_log(client: Client) -> None:
    who = member(organisation())
    letter = Letter.objects.get(case=case_of(filed(who)))
    assert not list(verify_cases())
    with connection.cursor() as cursor:
        drop = "DROP TRIGGER correspondence_letter_update_refused"
        cursor.execute(drop if connection.vendor == "sqlite" else f"{drop} ON correspondence_letter")
    letter.content["title"]["zh"] = "许可决定书"
    letter.sha256 = keeping.digest(letter.content)
    letter.save()
    client.force_login(who)
    response = client.get(reverse("case_letter", kwargs={"number": letter.case.number, "seq": 1, "place": 1}))
    assert response.status_code == 500
    assert [one.what for one in verify_cases()] == ["letter_changed"]


# ---- What cannot be composed


def test_a_letter_that_cannot_be_composed_is_owed_told_and_made_up_for(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    who = member(organisation())
    with monkeypatch.context() as broken:

        def fails(*_: Any, **__: Any) -> None:
            raise one_problem("no_such_letter", "mail4", name="receipt", law="mail4", hint="", known="-")

        broken.setattr(keeping, "compose", fails)
        case = case_of(filed(who))
        assert compose_owed() == 0
    letter = Letter.objects.get(case=case)
    assert (letter.sha256, letter.content) == ("", None)
    shown = page(client, who, letter)
    assert "文书尚未生成" in shown
    assert "办理行为本身有效" in shown
    assert letter.problem_zh.split("\n")[0] in shown
    assert "composed yet" in page(client, who, letter, "en")
    client.force_login(who)
    assert "not composed yet" in client.get(reverse("case_page", kwargs={"number": case.number})).content.decode()
    assert [compose_owed(), compose_owed()] == [1, 0]
    letter.refresh_from_db()
    assert letter.title_zh == "材料接收回执"
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        letter.save()


def test_a_letter_that_is_owed_cannot_become_another_one(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: Any, **__: Any) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(keeping, "compose", fails)
    letter = Letter.objects.get(case=case_of(filed()))
    assert "程序错误" in letter.problem_zh
    letter.name = "registration"
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        letter.save()


def test_made_up_for_later_a_letter_says_what_it_would_have_said_then(monkeypatch: pytest.MonkeyPatch) -> None:
    who = member(organisation())
    in_time = asked(case_of(filed(who, contact=None)))
    with monkeypatch.context() as broken:

        def fails(*_: Any, **__: Any) -> None:
            raise ZeroDivisionError

        broken.setattr(keeping, "compose", fails)
        owed = asked(case := case_of(filed(who, contact=None)))
    values = {"contact": "13800000000"}
    carry_out(actor(who), case.number, "supplement", values, seen=2, today=dt.date(2026, 10, 12))
    assert compose_owed() == 2
    owed.refresh_from_db()
    assert owed.content["sections"] == in_time.content["sections"]
    assert owed.content["authority"] == in_time.content["authority"]


# ---- Who reads it


def test_both_sides_read_a_letter_in_both_languages_and_nobody_else_does(client: Client) -> None:
    who = member(organisation())
    letter = asked(case_of(filed(who, contact=None)))
    for reader in (who, official()):
        assert "补正通知书" in page(client, reader, letter)
        assert "Request for further documents" in page(client, reader, letter, "en")
    for stranger in (member(organisation()), official(NATION)):
        client.force_login(stranger)
        address = reverse("case_letter", kwargs={"number": letter.case.number, "seq": 2, "place": 1})
        assert client.get(address).status_code == 404


def test_a_letter_says_the_authority_by_name_the_time_limits_and_the_remedies(client: Client) -> None:
    who = member(organisation())
    shown = page(client, who, asked(case_of(filed(who, contact=None))))
    assert "浙江省人工智能主管机关" in shown
    assert "省级人工智能主管机关" not in shown
    assert "2026年10月15日" in shown
    assert "行政复议" in shown


def test_a_letter_to_a_regulator_is_not_for_the_complainant() -> None:
    kind = built_in_types().get("genai/complaint")
    assert [may_read(kind, "regulator", [role]) for role in ("complainant", "handler", "regulator")] == [
        False, True, True,
    ]  # fmt: skip
    assert [may_read(kind, "complainant", [role]) for role in ("complainant", "handler", "regulator")] == [
        True, True, False,
    ]  # fmt: skip


def test_a_mail_leads_to_the_page_of_its_letter_under_the_sites_own_name(client: Client) -> None:
    who = member(organisation())
    letter = Letter.objects.get(case=case_of(filed(who)))
    body = Message.objects.get().body
    address = re.search(r"http://(\S+)", body)
    assert address
    host, _, path = address[1].partition("/")
    assert host == settings.CONFIGURATION.hosts[0]
    client.force_login(who)
    assert client.get(f"/{path}").status_code == 200
    assert letter.title_zh not in body


# ---- On paper


@pytest.fixture
def paper(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr(typesetting, "_place", lambda letter, lang: tmp_path / f"{letter.sha256}.{lang}.pdf")
    return tmp_path


def test_a_letter_is_set_once_and_kept_under_its_digest_without_a_word_to_the_database(
    paper: Any, monkeypatch: pytest.MonkeyPatch, django_queries: Callable[[], list[str]]
) -> None:
    letter = Letter.objects.get(case=case_of(filed()))
    before = len(django_queries())
    made = typeset(letter, "zh")
    assert made.startswith(b"%PDF")
    assert [one.name for one in paper.iterdir()] == [f"{letter.sha256}.zh.pdf"]
    monkeypatch.setattr(typesetting, "pdf", lambda *_: pytest.fail("set twice"))
    assert typeset(letter, "zh") == made
    assert len(django_queries()) == before


def test_a_letter_is_fetched_as_pdf_by_those_who_may_read_it(paper: Any, client: Client) -> None:  # noqa: ARG001
    who = member(organisation())
    letter = Letter.objects.get(case=case_of(filed(who)))
    arguments = {"number": letter.case.number, "seq": 1, "place": 1, "lang": "en"}
    address = reverse("case_letter_pdf", kwargs=arguments)
    client.force_login(who)
    response = client.get(address)
    assert response["Content-Type"] == "application/pdf"
    assert f"{letter.number}-receipt.en.pdf" in response["Content-Disposition"]
    client.force_login(member(organisation()))
    assert client.get(address).status_code == 404


def test_what_stands_in_the_way_of_setting_it_is_said_on_a_page(
    paper: Any,  # noqa: ARG001
    client: Client,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    who = member(organisation())
    letter = Letter.objects.get(case=case_of(filed(who)))

    def fails(*_: Any) -> None:
        raise one_problem("no_typesetter")

    monkeypatch.setattr(typesetting, "pdf", fails)
    client.force_login(who)
    arguments = {"number": letter.case.number, "seq": 1, "place": 1, "lang": "zh"}
    response = client.get(reverse("case_letter_pdf", kwargs=arguments))
    assert response.status_code == 503
    assert "无法排版为 PDF" in response.content.decode()


def test_a_sign_that_our_font_lacks_is_on_the_page_of_the_letter_and_said_in_place_of_its_pdf(client: Client) -> None:
    who = member(organisation())
    case = case_of(filed(who, service_name="星河 🦉"))
    letter = Letter.objects.get(case=case, seq=1)
    assert "🦉" in html.unescape(page(client, who, letter))
    answer = client.get(f"/cases/{case.number}/letters/{letter.seq}-{letter.place}.zh.pdf")
    assert answer.status_code == 503
    assert "1F989" in answer.content.decode()
