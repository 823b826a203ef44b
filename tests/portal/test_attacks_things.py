"""Things of others, reached by number, by ways around, by what was left behind: none is shown, none is changed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from http.cookies import SimpleCookie
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from guiju.portal.casefile.proving import proof_of
from guiju.portal.casefile.reach import Reached
from guiju.portal.cases.acting import Done, carry_out
from guiju.portal.cases.evidence import recorded
from guiju.portal.cases.models import Case
from guiju.portal.drafts.files import keep_file
from guiju.portal.drafts.late import COOKIE, made_for
from guiju.portal.drafts.models import Draft, LatePost, Upload
from guiju.portal.organisations.models import Invitation, Membership, Occurrence, Organisation, System
from guiju.portal.people.models import User
from guiju.portal.registers.books import books
from guiju.procedures.catalogue import built_in_types
from guiju.procedures.standing import replay
from tests.portal.people import JIANGSU, ZHEJIANG, actor, member, official, organisation
from tests.portal.test_access import filed_by

pytestmark = pytest.mark.usefixtures("db")
MONDAY = dt.date(2026, 9, 28)


@dataclass
class Theirs:
    """What one organisation has, with a secret in all of it."""

    company: Organisation
    owner: User
    system: System
    case: Case
    upload: Upload
    draft: Draft
    occurrence: Occurrence
    invitation: Invitation


SECRET = "机密四二一"


@pytest.fixture
def theirs() -> Theirs:
    company = organisation(zh=SECRET)
    owner = member(company, "owner")
    system = System.objects.create(organisation=company, zh=SECRET)
    reference = keep_file(SimpleUploadedFile(f"{SECRET}.pdf", b"%PDF-1"), company)
    draft = Draft.objects.create(
        organisation=company, key="begin:mail4/filing:submit:-", kind="mail4/filing", act="submit",
        entered={"contact": [SECRET]}, saved_by=owner,
    )  # fmt: skip
    return Theirs(
        company, owner, system, filed_by(company), Upload.objects.get(sha256=reference.sha256), draft,
        Occurrence.objects.create(
            organisation=company, system=system, event="audit_completed", date=MONDAY, recorded_by=owner
        ),
        Invitation.objects.create(
            organisation=company, email="x@example.cn", role="reader", token_hash="x", invited_by=owner,
            expires_at=dt.datetime(2099, 1, 1, tzinfo=dt.UTC),
        ),
    )  # fmt: skip


@pytest.mark.parametrize("who", ["owner elsewhere", "reviewer elsewhere", "administrator", "nobody in particular"])
def test_nothing_of_an_organisation_is_reached_by_its_number_or_through_ones_own(
    client: Client, theirs: Theirs, who: str
) -> None:
    mine = organisation("320106")
    thieves = {
        "owner elsewhere": lambda: member(mine, "owner"),
        "reviewer elsewhere": lambda: official(JIANGSU),
        "administrator": lambda: official(ZHEJIANG, "administrator"),
        "nobody in particular": lambda: member(organisation(), "reader"),
    }
    client.force_login(thieves[who]())
    one, its = theirs, Membership.objects.get(user=theirs.owner)
    about = f"system-{one.system.pk}"
    paths = [f"/cases/{one.case.number}/files/{one.upload.sha256}/"]
    for o in (one.company.pk, mine.pk):
        paths += [
            f"/organisations/{o}/systems/{one.system.pk}/", f"/organisations/{o}/systems/{one.system.pk}/facts/",
            f"/organisations/{o}/findings/{about}/", f"/organisations/{o}/findings/{about}/mail4:66.1/",
            f"/organisations/{o}/duties/{about}/mail4:66.1/", f"/organisations/{o}/events/{one.occurrence.pk}/",
            f"/organisations/{o}/members/{its.pk}/", f"/organisations/{o}/members/invitations/{one.invitation.pk}/",
        ]  # fmt: skip
    paths += [
        reverse("draft_file", kwargs={"upload": one.upload.pk}),
        reverse("draft_discard", kwargs={"draft": one.draft.pk}),
    ]
    paths += [f"/organisations/{mine.pk}/file/mail4/filing/?system={one.system.pk}"]
    for path in paths:
        for answer in (
            client.get(path),
            client.post(path, {"dismiss": "", "role": "reader", "_go": "save", "revoke": ""}),
        ):
            assert answer.status_code in (200, 302, 403, 404, 405), path
            if answer.status_code == 200:
                assert "?system=" in path, path
            assert SECRET not in bytes(answer.getvalue()).decode(), path
    for thing in (one.draft, one.upload, its, one.occurrence, one.invitation):
        thing.refresh_from_db()
    assert one.occurrence.withdrawn_at is None
    assert one.invitation.expires_at.year == 2099
    assert its.role == "owner"


def test_a_filing_names_no_system_of_somebody_else(client: Client, theirs: Theirs) -> None:
    mine = organisation("320106")
    System.objects.create(organisation=mine, zh="自己的")
    client.force_login(member(mine, "owner"))
    path = f"/organisations/{mine.pk}/file/mail4/filing/?system={theirs.system.pk}"
    client.post(path, {"_go": "save", "contact": "x"})
    assert not Draft.objects.filter(system=theirs.system, organisation=mine).exists()


def test_a_colleague_who_only_reads_sees_no_draft(client: Client, theirs: Theirs) -> None:
    client.force_login(member(theirs.company, "reader"))
    for path in ("", "file/", "cases/", "history/"):
        answer = client.get(f"/organisations/{theirs.company.pk}/{path}")
        assert "contact" not in answer.content.decode()
    upload = reverse("draft_file", kwargs={"upload": theirs.upload.pk})
    assert client.get(upload).status_code in (403, 404)
    assert client.post(reverse("draft_discard", kwargs={"draft": theirs.draft.pk})).status_code in (403, 404)


# ---- What the public must not read


def confidential_values() -> dict[str, Any]:
    kind = built_in_types().get("mail4/filing")
    return {name: field for name, field in kind.form.items() if field.confidential}


def test_what_registers_list_and_search_by_is_open() -> None:
    for book in books().values():
        named = {book.meaning.holder, book.meaning.thing, book.meaning.area, book.meaning.expires} - {""}
        assert named <= set(book.fields), book.key


def test_no_public_page_shows_a_confidential_field(client: Client) -> None:
    fields = [name for name, field in confidential_values().items() if field.type == "text"]
    assert fields
    from guiju.portal.cases.acting import begin
    from tests.portal.people import filing_form

    company = organisation()
    form = filing_form(**dict.fromkeys(fields, SECRET))
    done = begin(actor(member(company)), "mail4/filing", "submit", form, applicant=company, today=MONDAY)
    assert isinstance(done, Done), done
    done = carry_out(actor(official(ZHEJIANG)), done.case.number, "register", {}, seen=1, today=MONDAY)
    assert isinstance(done, Done), done
    entry = done.case.entries.get()
    key = {"law": "mail4", "register": "filings", "number": entry.number}
    client.cookies = SimpleCookie()
    paths = [reverse(name, kwargs=key) for name in ("entry", "entry_json", "entry_badge", "entry_badge_picture")]
    paths += [reverse("entry_proof", kwargs={**key, "version": 1, "form": form_}) for form_ in ("json", "tlog-proof")]
    paths += ["/registers/", "/registers/?q=" + SECRET, "/registers/data.json", "/registers/data.csv", "/statistics/"]
    paths += [f"/number/?number={entry.number}", f"/n/{entry.plain}"]
    for path in paths:
        answer = client.get(path)
        assert answer.status_code in (200, 302, 404), path
        text = bytes(answer.getvalue()).decode()
        assert SECRET not in text.replace(f'value="{SECRET}"', "").replace(f">{SECRET}<", "") or "?q=" in path, path
    assert not client.get("/registers/data.json", {"q": SECRET}).getvalue().count(entry.number.encode())


def test_a_proof_opens_what_is_confidential_for_the_parties_alone() -> None:
    case = filed_by(organisation())
    kind, kept = built_in_types().get("mail4/filing"), recorded(case)
    standing = replay(kept.procedure, kind)
    party = Reached(actor(official()), case, kind, kept, standing, ("reviewer",), ())
    outsider = Reached(actor(official()), case, kind, kept, standing, (), ())
    assert {one["name"] for one in proof_of(party, 1)["openings"]} == {"content", "private"}
    assert {one["name"] for one in proof_of(outsider, 1)["openings"]} == {"content"}


# ---- Parked posts


def test_a_form_of_mine_is_not_put_aside_for_somebody_else_and_a_foreign_cookie_brings_nothing(theirs: Theirs) -> None:
    mine = organisation("320106")
    me = member(mine, "owner")
    path = f"/organisations/{mine.pk}/file/mail4/filing/"
    thief = Client()
    forged = made_for(me).replace(made_for(me).partition(":")[0], made_for(theirs.owner).partition(":")[0])
    assert thief.post(path, {"_for": forged, "contact": "x"}).status_code == 403
    assert not LatePost.objects.exists()
    # Mine, put aside in my browser, planted into another's.
    thief.post(path, {"_for": made_for(me), "contact": "planted"})
    token = thief.cookies[COOKIE].value
    victim = Client()
    victim.force_login(theirs.owner)
    victim.cookies[COOKIE] = token
    for place in (path, f"/organisations/{theirs.company.pk}/file/mail4/filing/?system=none"):
        answer = victim.get(place)
        assert "planted" not in answer.content.decode()
    assert LatePost.objects.count() == 1


def test_few_forms_of_one_person_wait_at_a_time() -> None:
    company = organisation()
    me, stranger = member(company, "owner"), Client()
    for number in range(15):
        sent = {"_for": made_for(me), "contact": "x" * number}
        assert stranger.post(f"/organisations/{company.pk}/file/mail4/filing/", sent).status_code == 302
    assert LatePost.objects.count() == 10


def test_after_log_in_one_is_led_to_no_other_site(client: Client) -> None:
    from allauth.account.models import EmailAddress

    me = member(organisation())
    me.set_password("correct horse battery 9")
    me.save()
    EmailAddress.objects.create(user=me, email=me.email, verified=True, primary=True)
    for evil in (
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example/",
        "javascript:alert(1)",
        "\thttps://evil.example",
    ):
        client.cookies = SimpleCookie()
        sent = {"login": me.email, "password": "correct horse battery 9", "next": evil}
        answer = client.post("/account/login/", sent, query_params={"next": evil})
        assert answer.status_code == 302
        assert answer["Location"].startswith("/")
        assert "evil" not in answer["Location"]
        assert "javascript" not in answer["Location"]
    client.force_login(official())
    case = filed_by(organisation())
    for evil in (
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example/",
        "/%09/evil.example",
        "javascript:alert(1)",
    ):
        answer = client.post(f"/desk/cases/{case.number}/", {"to": "", "seen": "", "back": evil})
        assert not answer["Location"].startswith(("//", "/\\", "http", "javascript"))


def test_the_log_in_buttons_of_the_demo_open_no_account_but_those_invented(client: Client) -> None:
    me = member(organisation())
    assert client.post("/demo/log-in/", {"email": me.email}).status_code == 404
    assert "_auth_user_id" not in client.session


def test_outside_a_demo_its_pages_do_not_exist(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from dataclasses import replace

    from django.conf import settings

    monkeypatch.setattr(settings, "CONFIGURATION", replace(settings.CONFIGURATION, demo=False))
    assert [client.get(path).status_code for path in ("/demo/", "/look/", "/metrics")] == [404, 404, 404]
    assert client.post("/demo/log-in/", {"email": "li.ming@xinghe.example.cn"}).status_code == 404
