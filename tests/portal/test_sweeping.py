"""Sweeping: what anything names stays, whoever sent it; what nothing names goes in time, and not before."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import settings as tries
from hypothesis import strategies as st

from guiju.portal.cases.acting import Done, begin
from guiju.portal.drafts import sweeping
from guiju.portal.drafts.files import keep_file, place_of_content, upload_of
from guiju.portal.drafts.late import KEPT_FOR
from guiju.portal.drafts.models import Draft, LatePost, Upload
from guiju.portal.drafts.sweeping import UNNAMED_FOR, sweep
from guiju.portal.organisations.models import Organisation
from guiju.portal.people.models import User
from guiju.portal.workspace.models import DutyMark
from tests.portal.people import account, actor, filing_form, member, organisation

pytestmark = pytest.mark.usefixtures("db", "folder")
WEEK, SECOND = UNNAMED_FOR, dt.timedelta(seconds=1)
NAMED_BY = ("draft", "late", "mark", "case")


@pytest.fixture
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setattr(settings, "CONFIGURATION", replace(settings.CONFIGURATION, folder=tmp_path))
    return tmp_path


def sent(owner: Organisation | User, number: int = 0, age: dt.timedelta = WEEK + SECOND) -> str:
    """Send a file, so long ago; returns what stands for it."""
    reference = keep_file(SimpleUploadedFile("report.pdf", b"%PDF-" + bytes([number])), owner)
    Upload.objects.filter(sha256=reference.sha256).update(sent_at=timezone.now() - age)
    return str(reference)


def digest(number: int = 0) -> str:
    return hashlib.sha256(b"%PDF-" + bytes([number])).hexdigest()


def is_kept(number: int = 0) -> bool:
    return place_of_content(digest(number)).exists()


def name(by: str, reference: str, company: Organisation, person: User) -> None:
    """Let something name a file."""
    entered = {"self_assessment_report": [reference]}
    match by:
        case "draft":
            Draft.objects.create(
                organisation=company, key=reference[:100], kind="mail4/filing", act="submit", entered=entered,
                saved_by=person,
            )  # fmt: skip
        case "late":
            LatePost.objects.create(token_hash=reference[7:71], person=person, path="/", entered=entered)
        case "mark":
            DutyMark.objects.create(
                organisation=company, about="organisation", norm="mail4:66.1", by=person,
                upload=upload_of(reference, company, person),
            )  # fmt: skip
        case "case":
            form = filing_form(self_assessment_report=reference)
            assert isinstance(begin(actor(person), "mail4/filing", "submit", form, applicant=company), Done)


def test_what_nothing_has_named_for_a_week_goes_with_its_content_and_not_before() -> None:
    company = organisation()
    sent(company, age=WEEK - SECOND)
    assert (sweep(), is_kept()) == (0, True)
    sent(company)
    assert (sweep(), is_kept()) == (1, False)
    assert not Upload.objects.exists()
    assert sweep() == 0


@pytest.mark.parametrize("by", NAMED_BY)
def test_what_is_named_stays_also_for_those_who_never_used_it(by: str) -> None:
    company, other = organisation(), organisation("320106")
    person = member(company)
    name(by, sent(company), company, person)
    # The same content, sent by others whose own use of it ended.
    sent(other)
    sent(account())
    assert (sweep(), is_kept()) == (0, True)


def test_what_somebody_has_sent_again_of_late_stays_for_everybody() -> None:
    sent(organisation())
    keep_file(SimpleUploadedFile("report.pdf", b"%PDF-\x00"), account())
    assert (sweep(), is_kept()) == (0, True)


def test_sending_a_file_again_begins_its_week_anew() -> None:
    company = organisation()
    sent(company)
    keep_file(SimpleUploadedFile("report.pdf", b"%PDF-\x00"), company)
    assert (sweep(), is_kept()) == (0, True)


def test_once_the_draft_is_gone_the_file_goes_too() -> None:
    company = organisation()
    name("draft", sent(company), company, member(company))
    assert sweep() == 0
    Draft.objects.all().delete()
    assert (sweep(), is_kept()) == (1, False)


@tries(max_examples=25, deadline=None)
@given(
    names=st.lists(st.tuples(st.sampled_from(NAMED_BY), st.integers(0, 7), st.booleans()), max_size=8),
    sends=st.lists(st.tuples(st.integers(0, 7), st.integers(0, 1), st.booleans()), max_size=12),
)
def test_whatever_is_sent_and_named_by_whomever_exactly_the_unnamed_old_ones_go(
    names: list[tuple[str, int, bool]], sends: list[tuple[int, int, bool]]
) -> None:
    with transaction.atomic():
        companies = (organisation(), organisation("320106"))
        people = [member(one) for one in companies]
        kept, there = set(), set()
        for number, owner, _ in sends:
            sent(companies[owner], number)
            there.add(number)
        for by, number, owner in names:
            reference = sent(companies[owner], number)
            if not (by in ("draft", "late") and (by, number) in kept):
                name(by, reference, companies[owner], people[owner])
            kept.add((by, number))
            there.add(number)
        for number, owner, new in sends:
            if new:
                sent(companies[owner], number, WEEK - SECOND)
                kept.add(("new", number))
        wanted = {number for _, number in kept}
        assert sweep() == len(there - wanted)
        assert {number for number in range(8) if is_kept(number)} == wanted
        assert set(Upload.objects.values_list("sha256", flat=True)) == {digest(number) for number in wanted}
        for number in range(8):
            place_of_content(digest(number)).unlink(missing_ok=True)
        transaction.set_rollback(True)


def test_a_content_that_nobody_is_known_to_have_sent_goes_in_time_too() -> None:
    """As when a process was killed between writing the file and noting who sent it."""
    company = organisation()
    path = place_of_content(digest())
    for age, expected in ((WEEK - SECOND * 60, (0, True)), (WEEK + SECOND * 60, (1, False))):
        sent(company)
        Upload.objects.all().delete()
        then = (timezone.now() - age).timestamp()
        os.utime(path, (then, then))
        assert (sweep(), is_kept()) == expected


def test_what_is_named_while_the_cases_are_read_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    company = organisation()
    person, reference = member(company), sent(company)
    real = sweeping._named_in_cases

    def slowly(after: int) -> set[str]:
        found = real(after)
        if not after and not Draft.objects.exists():
            name("draft", reference, company, person)
        return found

    monkeypatch.setattr(sweeping, "_named_in_cases", slowly)
    assert (sweep(), is_kept()) == (0, True)


def test_what_is_sent_at_the_very_moment_of_its_removal_is_there_afterwards(monkeypatch: pytest.MonkeyPatch) -> None:
    company = organisation()
    sent(company)
    real = sweeping._settle

    def late(away: Path) -> bool:
        sent(company)
        return real(away)

    monkeypatch.setattr(sweeping, "_settle", late)
    sweep()
    assert is_kept()
    assert not list(place_of_content(digest()).parent.glob("*.gone"))


def test_what_a_killed_worker_left_half_done_is_finished_or_undone() -> None:
    company = organisation()
    for number in (0, 1):
        sent(company, number)
        path = place_of_content(digest(number))
        path.rename(path.with_name(f"{path.name}.gone"))
    Upload.objects.filter(sha256=digest(0)).delete()
    name("draft", f"sha256:{digest(1)}/report.pdf", company, member(company))
    sweep()
    assert (is_kept(0), is_kept(1)) == (False, True)
    assert not list(settings.CONFIGURATION.folder.glob("files/*/*.gone"))


def test_forms_that_nobody_came_back_for_are_deleted_and_no_others() -> None:
    person = account()
    for token, age in (("a", KEPT_FOR - SECOND), ("b", KEPT_FOR + SECOND)):
        LatePost.objects.create(token_hash=token, person=person, path="/", entered={}, kept_at=timezone.now() - age)
    assert sweep() == 1
    assert LatePost.objects.get().token_hash == "a"
