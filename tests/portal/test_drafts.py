"""What is being filled in is never lost, and is nobody else's: drafts, files, and forms sent after log-out."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from guiju.portal.access.deciding import may
from guiju.portal.cases.acting import Done, begin, carry_out
from guiju.portal.cases.models import Case
from guiju.portal.drafts.files import place_of_content
from guiju.portal.drafts.keeping import drafts_of
from guiju.portal.drafts.late import COOKIE, KEPT_FOR
from guiju.portal.drafts.models import Draft, LatePost, Upload
from guiju.portal.drafts.references import LARGEST, FileReference, safe_name
from guiju.portal.organisations.models import Membership, Organisation, System
from guiju.portal.people.models import User
from tests.portal.filling import sent_by
from tests.portal.people import account, actor, filing_form, member, official, organisation
from tests.portal_look.reading import Element, read

pytestmark = pytest.mark.usefixtures("db")
PDF = b"%PDF-1.7 report"


@pytest.fixture
def strict() -> Client:
    """A browser that forged requests are kept from, as in earnest."""
    return Client(enforce_csrf_checks=True)


def company() -> tuple[Organisation, System, User]:
    found = organisation()
    return found, System.objects.create(organisation=found, zh="星河问答", en="Xinghe Chat"), member(found)


def address(found: Organisation, system: System) -> str:
    path = reverse("begin_case", kwargs={"organisation": found.pk, "law": "mail4", "name": "filing"})
    return f"{path}?system={system.pk}"


def html(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, response.status_code
    return str(response.content.decode())


def form_of(client: Client, path: str, **changes: Any) -> dict[str, Any]:
    return sent_by(html(client, path), form="filling", **changes)


def shown(response: Any) -> Element:
    assert response.status_code == 200, (response.status_code, response.headers.get("Location"))
    return read(response.content.decode())


def area(page: Element, name: str) -> str:
    return "".join(page.one("textarea", id=f"f-{name}").texts).strip()


def pdf(name: str = "report.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


# ---- Drafts


def test_it_is_saved_as_one_goes_and_the_line_below_says_when(client: Client) -> None:
    found, system, person = company()
    client.force_login(person)
    path = address(found, system)
    data = form_of(client, path, content_to_publish="half a sen")
    response = client.post(f"{path}&lang=en", {**data, "_go": "autosave"}, headers={"HX-Request": "true"})
    answer = shown(response)
    assert "Draft saved by" in answer.one(id="draft-status").text
    # The form that stays on the page knows from now on which draft it is.
    assert answer.one("input", id="draft-seen").get("value") == "1"
    assert answer.one("input", id="draft-seen").get("hx-swap-oob") == "true"
    assert area(read(html(client, path)), "content_to_publish") == "half a sen"


def test_the_form_says_where_it_is_saved_to_and_with_what(client: Client) -> None:
    found, system, person = company()
    client.force_login(person)
    saving = next(one for one in read(html(client, address(found, system))).walk() if one.has("hx-post"))
    assert saving.get("hx-target") == "#draft-status"
    assert saving.get("hx-include") == "#filling"
    assert "change delay:1s" in saving.get("hx-trigger")


def test_a_draft_survives_log_out_and_other_drafts_are_drafts_of_their_own(client: Client) -> None:
    found, system, person = company()
    other = System.objects.create(organisation=found, zh="另一系统")
    client.force_login(person)
    for one, text in ((system, "first"), (other, "second")):
        path = address(found, one)
        client.post(path, {**form_of(client, path, content_to_publish=text), "_go": "save"})
    client.logout()
    client.force_login(person)
    assert area(read(html(client, address(found, system))), "content_to_publish") == "first"
    assert area(read(html(client, address(found, other))), "content_to_publish") == "second"
    assert [draft.system for draft in drafts_of(person, found)] == [other, system]


def test_members_who_may_file_go_on_with_a_draft_and_nobody_else_sees_it(client: Client) -> None:
    found, system, person = company()
    client.force_login(person)
    path = address(found, system)
    client.post(path, {**form_of(client, path, content_to_publish="ours"), "_go": "save"})
    draft = Draft.objects.get()
    colleague, owner = member(found), member(found, "owner")
    assert all(may(actor(one), "draft.change", draft) for one in (person, colleague, owner))
    outside = (member(found, "reader"), member(organisation()), account(), official())
    assert not any(may(actor(one), "draft.change", draft) for one in outside)
    assert not any(drafts_of(one, found).exists() for one in outside)
    client.force_login(colleague)
    assert area(read(html(client, path)), "content_to_publish") == "ours"
    # Who leaves takes nothing along.
    Membership.objects.filter(user=person).delete()
    assert not may(actor(person), "draft.change", draft)
    for one in (*outside, person):
        client.force_login(one)
        assert client.post(reverse("draft_discard", kwargs={"draft": draft.pk})).status_code in (403, 404)
    assert Draft.objects.exists()


def test_of_two_who_fill_in_one_draft_the_later_is_told_and_keeps_what_they_entered(client: Client) -> None:
    found, system, first = company()
    second = member(found)
    path = address(found, system)
    client.force_login(first)
    mine = form_of(client, path, content_to_publish="mine")
    client.force_login(second)
    client.post(path, {**form_of(client, path, content_to_publish="theirs"), "_go": "save"})
    client.force_login(first)
    # Not by the way either.
    told = shown(client.post(f"{path}&lang=en", {**mine, "_go": "autosave"}, headers={"HX-Request": "true"}))
    assert "Not saved" in told.text
    page = shown(client.post(f"{path}&lang=en", {**mine, "_go": "save"}))
    assert "saved this draft while you were filling it in" in page.text
    assert area(page, "content_to_publish") == "mine"
    assert Draft.objects.get().entered["content_to_publish"] == ["theirs"]
    over = sent_by(str(client.post(path, {**mine, "_go": "save"}).content.decode()), form="filling")
    client.post(path, {**over, "_over": "yes"})
    assert Draft.objects.get().entered["content_to_publish"] == ["mine"]


def test_a_draft_that_is_sent_is_gone_with_the_filing_and_one_that_is_refused_stays(client: Client) -> None:
    found, system, person = company()
    client.force_login(person)
    path = address(found, system)
    for users, drafts, cases in (("9000", 1, 0), ("37000", 0, 1)):
        data = form_of(client, path, registered_users=users, on_negative_list="no")
        client.post(path, {**data, "_go": "check"})
        draft = Draft.objects.get()
        client.post(path, {"_go": "send", "_request": str(draft.request_key), "_seen": str(draft.revision)})
        assert (Draft.objects.count(), Case.objects.count()) == (drafts, cases)


def test_a_draft_can_be_discarded(client: Client) -> None:
    found, system, person = company()
    client.force_login(person)
    path = address(found, system)
    client.post(path, {**form_of(client, path), "_go": "save"})
    response = client.post(reverse("draft_discard", kwargs={"draft": Draft.objects.get().pk}))
    assert response["Location"] == reverse("file", kwargs={"organisation": found.pk})
    assert not Draft.objects.exists()


def test_an_officials_draft_is_theirs_alone(client: Client) -> None:
    case, reviewer, colleague = filed(*company()), official(), official()
    path = reverse("case_act", kwargs={"number": case.number, "act": "transfer"})
    client.force_login(reviewer)
    client.post(path, {**form_of(client, path, reasons="Not for others yet"), "_go": "save"})
    assert [draft.case for draft in drafts_of(reviewer)] == [case]
    client.force_login(colleague)
    assert area(read(html(client, path)), "reasons") == ""
    assert not drafts_of(colleague).exists()


def filed(found: Organisation, system: System, person: User, **changes: Any) -> Case:
    values = {**filing_form(), "province": "浙江省", **changes}
    done = begin(actor(person), "mail4/filing", "submit", values, applicant=found, system=system)
    assert isinstance(done, Done)
    return done.case


# ---- Files


def test_a_file_is_kept_by_its_content_and_comes_back_as_nothing_but_a_download(client: Client) -> None:
    found, system, person = company()
    client.force_login(person)
    path = address(found, system)
    client.post(path, {**form_of(client, path), "self_assessment_report": pdf("评估 报告.pdf"), "_go": "save"})
    digest = hashlib.sha256(PDF).hexdigest()
    assert place_of_content(digest).read_bytes() == PDF
    assert place_of_content(digest).stat().st_mode & 0o777 == 0o600
    assert form_of(client, path)["self_assessment_report"][0] == f"sha256:{digest}/评估 报告.pdf"
    # Sent again without choosing it again, it is still there.
    client.post(path, {**form_of(client, path), "_go": "save"})
    assert form_of(client, path)["self_assessment_report"][0] == f"sha256:{digest}/评估 报告.pdf"
    upload = Upload.objects.get()
    response = client.get(reverse("draft_file", kwargs={"upload": upload.pk}))
    assert response.content == PDF
    assert response["Content-Disposition"].startswith("attachment;")
    assert response["Content-Type"] == "application/octet-stream"
    assert response["X-Content-Type-Options"] == "nosniff"
    for outsider in (member(found, "reader"), member(organisation()), account(), official()):
        client.force_login(outsider)
        assert client.get(reverse("draft_file", kwargs={"upload": upload.pk})).status_code in (403, 404)


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        (pdf("run.exe"), "takes no file like"),
        (pdf("page.html"), "takes no file like"),
        (pdf("picture.svg"), "takes no file like"),
        (pdf("report.pdf", b"<html>"), "is not what its ending says"),
        (pdf("report.pdf", b""), "is an empty file"),
        (pdf("report.pdf", b"%PDF-" + b"x" * LARGEST), "is larger than 20 MB"),
    ],
)
def test_a_file_that_is_not_taken_is_told_at_its_field(client: Client, sent: SimpleUploadedFile, told: str) -> None:
    found, system, person = company()
    client.force_login(person)
    path = address(found, system)
    sent.seek(0)
    data = {**form_of(client, path, content_to_publish="kept"), "self_assessment_report": sent, "_go": "save"}
    page = shown(client.post(f"{path}&lang=en", data))
    assert told in page.one(id="f-self_assessment_report-error").text
    assert area(page, "content_to_publish") == "kept"
    assert not Upload.objects.exists()


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\x\\报告.pdf", "报告.pdf"),
        ("a\x00b\n.pdf", "a_b_.pdf"),
        ("x\u202efdp.exe.pdf", "x_fdp.exe.pdf"),
        ("<b>\"'.pdf", "_b_'.pdf"),
        ("", "file"),
        ("n" * 300 + ".pdf", "n" * 116 + ".pdf"),
    ],
)
def test_names_of_files_can_do_no_harm(sent: str, kept: str) -> None:
    assert safe_name(sent) == kept
    digest = "a" * 64
    assert FileReference.parse(str(FileReference(kept, digest))) == FileReference(kept, digest)


def test_nobody_files_what_somebody_else_has_sent_by_naming_its_hash(client: Client) -> None:
    found, system, person = company()
    client.force_login(person)
    path = address(found, system)
    client.post(path, {**form_of(client, path), "self_assessment_report": pdf(), "_go": "save"})
    reference = form_of(client, path)["self_assessment_report"][0]
    other, their_system, thief = company()
    client.force_login(thief)
    path = address(other, their_system)
    data = form_of(client, path, registered_users="37000", on_negative_list="no")
    page = shown(client.post(f"{path}&lang=en", {**data, "self_assessment_report": reference, "_go": "check"}))
    assert "this file was not sent here" in page.one(id="f-self_assessment_report-error").text


def test_a_file_of_a_case_is_for_those_who_may_see_its_field(client: Client) -> None:
    found, system, person = company()
    client.force_login(person)
    path = address(found, system)
    data = form_of(client, path, registered_users="37000", on_negative_list="no")
    client.post(path, {**data, "self_assessment_report": pdf(), "_go": "check"})
    _send(client, path)
    case = Case.objects.get()
    digest = hashlib.sha256(PDF).hexdigest()
    place = reverse("case_file", kwargs={"number": case.number, "sha256": digest})
    for insider in (person, member(found, "reader"), official()):
        client.force_login(insider)
        response = client.get(place)
        assert response.status_code == 200
        assert client.get(place.replace(digest, "b" * 64)).status_code == 404
    for outsider in (account(), member(organisation()), official("320000")):
        client.force_login(outsider)
        assert client.get(place).status_code == 404
    client.logout()
    assert client.get(place).status_code == 302


def _send(client: Client, path: str) -> None:
    draft = Draft.objects.get()
    client.post(path, {"_go": "send", "_request": str(draft.request_key), "_seen": str(draft.revision)})


def test_a_kept_file_can_be_taken_away_again(client: Client) -> None:
    found, system, person = company()
    client.force_login(person)
    path = address(found, system)
    client.post(path, {**form_of(client, path), "self_assessment_report": pdf(), "_go": "save"})
    client.post(path, {**form_of(client, path), "_remove": "self_assessment_report"})
    assert form_of(client, path)["self_assessment_report"] == [""]


# ---- Sent after the session had ended


@pytest.fixture
def late(strict: Client) -> tuple[Client, str, User, dict[str, Any]]:
    """A form that was opened, and whose session then ended."""
    found, system, person = company()
    strict.force_login(person)
    path = address(found, system)
    data = form_of(strict, path, content_to_publish="An hour's work", registered_users="37000")
    strict.session.delete()
    return strict, path, person, data


def test_a_form_sent_after_its_session_ended_is_shown_again_as_it_was_after_log_in(
    late: tuple[Client, str, User, dict[str, Any]],
) -> None:
    client, path, person, data = late
    response = client.post(path, {**data, "self_assessment_report": pdf(), "_go": "check"})
    assert response["Location"].startswith(f"{reverse('account_login')}?next=")
    assert not Draft.objects.exists()
    client.force_login(person)
    response = client.get(path)
    assert response.status_code == 302
    page = read(html(client, f"{response['Location']}&lang=en"))
    assert area(page, "content_to_publish") == "An hour's work"
    assert page.one("input", id="f-registered_users").get("value") == "37000"
    kept = [one for one in page.all("input", type="hidden") if one.get("name") == "self_assessment_report"]
    assert kept[0].get("value").endswith("/report.pdf")
    assert "Your session had ended" in page.text
    # It was put back, not sent.
    assert not Case.objects.exists()
    assert not LatePost.objects.exists()


def test_somebody_else_who_logs_in_at_the_same_browser_does_not_see_it(
    late: tuple[Client, str, User, dict[str, Any]],
) -> None:
    client, path, person, data = late
    client.post(path, {**data, "_go": "check"})
    found = Membership.objects.get(user=person).organisation
    client.force_login(member(found))
    assert "An hour" not in html(client, path)
    client.force_login(person)
    assert client.get(path).status_code == 302


def test_the_same_person_at_another_browser_does_not_get_it_without_the_token(
    late: tuple[Client, str, User, dict[str, Any]],
) -> None:
    client, path, person, data = late
    client.post(path, {**data, "_go": "check"})
    assert client.cookies[COOKIE]["httponly"]
    elsewhere = Client()
    elsewhere.force_login(person)
    assert "An hour" not in html(elsewhere, path)
    row = LatePost.objects.get()
    assert client.cookies[COOKIE].value not in (row.token_hash, row.path)


def test_it_is_not_kept_for_long(late: tuple[Client, str, User, dict[str, Any]]) -> None:
    client, path, person, data = late
    client.post(path, {**data, "_go": "check"})
    LatePost.objects.update(kept_at=timezone.now() - KEPT_FOR - dt.timedelta(seconds=1))
    client.force_login(person)
    assert "An hour" not in html(client, path)


def test_a_request_that_is_no_form_of_ours_is_refused_and_not_kept(
    late: tuple[Client, str, User, dict[str, Any]],
) -> None:
    client, path, _, data = late
    for name, forged in (("_for", "forged"), ("_for", ""), ("csrfmiddlewaretoken", "x" * 64)):
        sent = {**data, name: forged}
        assert client.post(path, sent).status_code == 403
    assert not LatePost.objects.exists()


def test_saving_as_one_goes_does_not_lead_away_when_the_session_has_ended(
    late: tuple[Client, str, User, dict[str, Any]],
) -> None:
    client, path, _, data = late
    response = client.post(f"{path}&lang=en", {**data, "_go": "autosave"}, headers={"HX-Request": "true"})
    assert "Your session has ended" in shown(response).one(id="draft-status").text
    assert not LatePost.objects.exists()


def test_what_somebody_sent_too_late_does_not_write_over_what_a_colleague_saved_meanwhile(
    late: tuple[Client, str, User, dict[str, Any]],
) -> None:
    client, path, person, data = late
    client.post(path, {**data, "_go": "check"})
    found = Membership.objects.get(user=person).organisation
    colleague = Client()
    colleague.force_login(member(found))
    colleague.post(path, {**form_of(colleague, path, content_to_publish="theirs"), "_go": "save"})
    client.force_login(person)
    page = read(html(client, f"{path}"))
    assert area(page, "content_to_publish") == "An hour's work"
    assert Draft.objects.get().entered["content_to_publish"] == ["theirs"]


def test_what_was_about_to_be_sent_is_looked_over_once_more(strict: Client) -> None:
    found, system, person = company()
    strict.force_login(person)
    path = address(found, system)
    strict.post(path, {**form_of(strict, path, registered_users="37000", on_negative_list="no"), "_go": "check"})
    page = html(strict, f"{path}&step=check")
    forms = [one for one in read(page).all("form") if one.all("button", value="send")]
    confirm = {one.get("name"): one.get("value") for one in forms[0].all("input")}
    strict.session.delete()
    assert strict.post(path, {**confirm, "_go": "send"}).status_code == 302
    strict.force_login(person)
    assert strict.get(path)["Location"].endswith("step=check")
    assert Draft.objects.get().entered["registered_users"] == ["37000"]
    assert not Case.objects.exists()


def test_an_act_in_a_case_is_not_lost_either(strict: Client) -> None:
    case, reviewer = filed(*company()), official()
    strict.force_login(reviewer)
    path = reverse("case_act", kwargs={"number": case.number, "act": "transfer"})
    data = form_of(strict, path, reasons="Belongs elsewhere")
    strict.session.delete()
    assert strict.post(path, {**data, "_go": "check"}).status_code == 302
    # Meanwhile the case went on: that is told, and what was entered is there.
    done = carry_out(actor(official()), case.number, "ask_for_supplement", {"missing": ["x"], "unfit": ["y"]}, seen=1)
    assert isinstance(done, Done)
    strict.force_login(reviewer)
    page = read(html(strict, strict.get(path)["Location"]))
    assert area(page, "reasons") == "Belongs elsewhere"
    assert page.one("section", **{"aria-labelledby": "since"})
