"""A file that shows that a duty was performed: kept by its content, for members alone, and never changed afterwards."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import ProtectedError
from django.test import Client
from django.urls import reverse

from guiju.portal.drafts.files import place_of_content
from guiju.portal.drafts.models import Upload
from guiju.portal.faces.books import rulebooks
from guiju.portal.organisations.models import Organisation
from guiju.portal.organisations.profiles import take_in
from guiju.portal.workspace.models import DutyMark
from guiju.profiles.profile import load_profile
from tests.portal.filling import sent_by
from tests.portal.people import account, actor, member, official, organisation
from tests.portal_look.reading import read

pytestmark = pytest.mark.usefixtures("db")
PDF = b"%PDF-1.7 minutes"
DIGEST = hashlib.sha256(PDF).hexdigest()


@pytest.fixture
def company() -> Organisation:
    made = organisation("330000")
    take_in(actor(member(made, "owner")), made, load_profile(Path("examples/xinghe-chat.yaml"), rulebooks()))
    return made


def address(company: Organisation) -> str:
    about = f"system-{company.systems.get(zh='Xinghe Chat').pk}"
    return reverse("duty", kwargs={"organisation": company.pk, "about": about, "norm": "mail4:66.1"})


def pdf(name: str = "纪要.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def send(client: Client, path: str, **changes: Any) -> Any:
    form = sent_by(client.get(path).content.decode())
    return client.post(path, {**form, **changes})


def test_it_is_kept_by_its_content_and_the_history_names_it_with_its_hash(
    client: Client, company: Organisation
) -> None:
    client.force_login(member(company))
    path = address(company)
    assert send(client, path, file=pdf(), note="Board minutes").status_code == 302
    assert place_of_content(DIGEST).read_bytes() == PDF
    page = read(client.get(f"{path}?lang=en").content.decode())
    history = page.one("ul", **{"class": "gj-timeline__letters"})
    assert "纪要.pdf" in history.text
    assert f"SHA-256 {DIGEST}" in history.text
    response = client.get(history.one("a").get("href"))
    assert response.content == PDF
    assert response["Content-Disposition"].startswith("attachment;")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Type"] == "application/octet-stream"


def test_members_alone_fetch_it(client: Client, company: Organisation) -> None:
    client.force_login(member(company))
    send(client, address(company), file=pdf())
    place = reverse("duty_file", kwargs={"organisation": company.pk, "mark": DutyMark.objects.get().pk})
    client.force_login(member(company, "reader"))
    assert client.get(place).content == PDF
    other = organisation()
    for outsider in (account(), member(other, "owner"), official()):
        client.force_login(outsider)
        assert client.get(place).status_code in (403, 404)
        assert client.get(place.replace(f"/{company.pk}/", f"/{other.pk}/", 1)).status_code in (403, 404)
    client.logout()
    assert client.get(place).status_code == 302


def test_it_stays_with_later_marks_until_it_is_replaced_or_removed_and_the_history_keeps_it(
    client: Client, company: Organisation
) -> None:
    client.force_login(member(company))
    path = address(company)
    send(client, path, file=pdf())
    send(client, path, note="Looked over")
    send(client, path, file=pdf("other.pdf", PDF + b"2"))
    send(client, path, _remove="file")
    named = [mark.upload.name if mark.upload else "" for mark in DutyMark.objects.order_by("pk")]
    assert named == ["纪要.pdf", "纪要.pdf", "other.pdf", ""]
    # Saving what is there already says nothing new.
    send(client, path)
    assert DutyMark.objects.count() == len(named)
    assert client.get(path).content.decode().count(DIGEST) == 2
    with pytest.raises(ProtectedError):
        Upload.objects.filter(sha256=DIGEST).delete()


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        (pdf("page.html", b"<html>"), "takes no file like"),
        (pdf("run.pdf", b"MZ"), "is not what its ending says"),
        (pdf("empty.pdf", b""), "is an empty file"),
    ],
)
def test_a_file_that_is_not_taken_is_told_at_its_field_and_the_rest_is_kept(
    client: Client, company: Organisation, sent: SimpleUploadedFile, told: str
) -> None:
    client.force_login(member(company))
    sent.seek(0)
    response = send(client, f"{address(company)}?lang=en", file=sent, note="Two days' work")
    assert response.status_code == 422
    page = read(response.content.decode())
    assert told in page.one(id="f-file-error").text
    assert "Two days' work" in page.one("textarea", id="f-note").text
    assert not DutyMark.objects.exists()


def test_a_file_that_came_with_another_mistake_need_not_be_chosen_again(client: Client, company: Organisation) -> None:
    client.force_login(member(company))
    path = address(company)
    page = send(client, path, file=pdf(), **{"done_on-year": "2026", "done_on-month": "13"}).content.decode()
    again = sent_by(page, **{"done_on-year": "", "done_on-month": ""})
    assert client.post(path, again).status_code == 302
    mark = DutyMark.objects.get()
    assert mark.upload is not None
    assert mark.upload.sha256 == DIGEST


def test_nobody_takes_as_evidence_what_others_have_sent_by_naming_its_hash(
    client: Client, company: Organisation
) -> None:
    client.force_login(member(company))
    send(client, address(company), file=pdf())
    other = organisation("330000")
    take_in(actor(member(other, "owner")), other, load_profile(Path("examples/xinghe-chat.yaml"), rulebooks()))
    client.force_login(member(other))
    response = send(client, f"{address(other)}?lang=en", file=f"sha256:{DIGEST}/纪要.pdf")
    assert response.status_code == 422
    assert "was not sent here" in response.content.decode()
    assert not DutyMark.objects.filter(organisation=other).exists()
