"""Whatever a person may enter comes out as what it is: text. On pages, in drawings, files, letters and mails."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from guiju.portal.cases.acting import Done, begin, carry_out
from guiju.portal.correspondence.models import Letter
from guiju.portal.organisations.models import Organisation, System
from guiju.portal.outbox.models import Message
from tests.portal.people import ZHEJIANG, account, actor, filing_form, member, official, organisation

pytestmark = pytest.mark.usefixtures("db")
EVIL = "\"'><script>alert(1)</script><img src=x onerror=alert(2)>{{7*191}}{%now%}</title>"


def filed_by(company: Organisation, **form: Any) -> Any:
    done = begin(
        actor(member(company)), "mail4/filing", "submit", filing_form(**form), applicant=company,
        today=dt.date(2026, 9, 28),
    )  # fmt: skip
    assert isinstance(done, Done), done
    return done.case


def body_of(response: Any) -> str:
    return bytes(response.getvalue()).decode("utf-8", "replace")


@pytest.mark.parametrize("form", ["report.html", "report.json", "profile.yaml", "calendar.ics"])
def test_files_are_saved_and_not_shown_and_run_nothing_either(form: str, client: Client) -> None:
    company = Organisation.objects.create(zh=EVIL, en=EVIL, area="330106")
    System.objects.create(organisation=company, zh=EVIL, en=EVIL)
    client.force_login(member(company, "owner"))
    response = client.get(f"/organisations/{company.pk}/downloads/{form}")
    assert response.status_code == 200
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    if form == "report.html":
        assert "<script>alert" not in body_of(response)
        assert "<img src=x" not in body_of(response)


FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "\u3000=1", "＝1", "＋1", "－1", "＠1"]


@pytest.mark.parametrize("name", FORMULAS)
def test_no_cell_of_a_table_is_a_formula(name: str, client: Client) -> None:
    import csv

    company = Organisation.objects.create(zh=name, area="330106")
    case = filed_by(company)
    client.force_login(official(ZHEJIANG, "reviewer"))
    desk = body_of(client.get("/desk/search/?as=csv"))
    done = carry_out(actor(official(ZHEJIANG)), case.number, "register", {}, seen=1, today=dt.date(2026, 9, 28))
    assert isinstance(done, Done), done
    public = body_of(client.get("/registers/data.csv"))
    for text in (desk, public):
        cells = [cell for row in csv.reader(text.lstrip("\ufeff").splitlines()) for cell in row]
        assert not [cell for cell in cells if cell.strip(" \u3000")[:1] in tuple("=+-@\t＝＋－＠") and len(cell) > 1]


def invitations() -> list[Message]:
    return list(Message.objects.filter(key__startswith="invitation:"))


def test_no_name_reaches_the_head_of_a_mail(client: Client) -> None:
    owner = account()
    client.force_login(owner)
    for zh in ("甲\nBcc: all@example.cn", "甲\r\nBcc: all@example.cn", "甲\u2028乙", "甲\x00"):
        client.post("/places/found/", {"zh": zh, "area": "330000"})
    assert not Organisation.objects.filter(memberships__user=owner).exists()
    client.post("/places/found/", {"zh": "甲", "area": "330000"})
    company = Organisation.objects.get(memberships__user=owner)
    for email in ("x@example.cn\nBcc: all@example.cn", "x@example.cn, y@example.cn", "x@example.cn\r\n\r\nhello"):
        client.post(f"/organisations/{company.pk}/members/invite/", {"email": email, "role": "filer"})
    assert not invitations()


def test_mails_lead_to_this_site_whatever_host_is_asked(client: Client) -> None:
    company = organisation()
    client.force_login(member(company, "owner"))
    sent = {"email": "x@example.cn", "role": "filer"}
    path = f"/organisations/{company.pk}/members/invite/"
    assert client.post(path, sent, headers={"Host": "evil.example"}).status_code == 400
    client.post(path, sent, headers={"X-Forwarded-Host": "evil.example", "Forwarded": "host=evil.example"})
    assert len(invitations()) == 1
    client.post(
        "/account/password/reset/", {"email": member(company).email}, headers={"X-Forwarded-Host": "evil.example"}
    )
    assert not Message.objects.filter(body__contains="evil").exists()


def test_a_letter_prints_markup_as_text_and_opens_no_file(client: Client) -> None:
    evil = (
        '#read("/etc/passwd") #import "@preview/x:1.0.0": * $1/0$ *a* _b_ `c` <d> @e https://example.cn \\ #panic("x")'
    )
    company = Organisation.objects.create(zh=evil, en=evil, area="330106")
    case = filed_by(company, provider_name=evil, service_name=evil)
    done = carry_out(actor(official(ZHEJIANG)), case.number, "register", {}, seen=1, today=dt.date(2026, 9, 28))
    assert isinstance(done, Done), done
    client.force_login(member(company))
    letters = Letter.objects.filter(case=case)
    assert letters.exists()
    for letter in letters:
        for lang in ("zh", "en"):
            address = {"number": case.number, "seq": letter.seq, "place": letter.place, "lang": lang}
            answer = client.get(reverse("case_letter_pdf", kwargs=address))
            assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf"), answer.content[:300]
            printed = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)
            assert "root:" not in printed
