"""What strangers and members could make the site do until it can do no more, and what it says of them in its log."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from guiju.portal.drafts import files, references
from guiju.portal.drafts.models import Upload
from guiju.portal.logs import JSONFormatter
from guiju.portal.organisations import joining
from guiju.portal.organisations.models import Invitation, Organisation
from guiju.portal.outbox.models import Message
from guiju.portal.serving import ServerLog
from tests.portal.people import account, member, official, organisation

pytestmark = pytest.mark.usefixtures("db")
FAR = "9" * 12


@pytest.mark.parametrize("year", [FAR, "9" * 30, "0", "-1", "٣٠٣٠", "\x00", "1e9"])
def test_a_day_that_no_calendar_has_breaks_no_page(client: Client, year: str) -> None:
    def day(name: str) -> dict[str, str]:
        return {f"{name}-year": year, f"{name}-month": "1", f"{name}-day": "1"}

    assert client.get("/procedures/mail4/filing/", day("from") | day("day") | day("on")).status_code == 200
    assert client.get("/check/dates/", {"law": "mail4", **day("audit_completed")}).status_code in (200, 302)
    assert client.get("/registers/", {"from": year, "to": f"{year}-1-1"}).status_code == 200
    client.force_login(official())
    assert client.get("/desk/search/", day("since") | day("until")).status_code == 200
    assert client.get("/desk/search/", {"since": f"{year}-1-1", "as": "csv"}).status_code == 200


LONG = "长" * 3000
BOMB = b"a: &a [x,x,x,x,x,x,x,x,x]\n" + b"".join(
    b"%c: &%c [%s]\n" % (98 + n, 98 + n, b",".join([b"*%c" % (97 + n)] * 9)) for n in range(9)
)
"""Each line names the one before nine times."""


@pytest.mark.parametrize(
    "path",
    [
        "/law/", "/number/", "/registers/", "/registers/data.json", "/check/", "/check/question/", "/check/result/",
        "/check/result.json", "/check/result.pdf", "/check/answers/", "/statistics/", "/procedures/mail4/filing/",
        "/check/why/",
    ],
)  # fmt: skip
def test_long_and_odd_addresses_are_answered_like_any_other(client: Client, path: str) -> None:
    for text in (LONG, "~".join(["registered_users-1"] * 400), "a" * 6000 + "!", "(" * 3000, "%" * 3000, "-~" * 2000):
        asked = dict.fromkeys(
            ("q", "number", "name", "a", "d", "r", "page", "sort", "ask", "norm", "kind", "status"), text
        )
        answer = client.get(path, {"law": "mail4", **asked})
        assert answer.status_code < 500, path


def test_forms_of_any_size_are_refused_before_they_are_read(client: Client) -> None:
    fields = {f"x{number}": "1" for number in range(5000)}
    assert client.post("/account/login/", fields).status_code == 400
    assert client.post("/account/login/", {"login": "x" * 3 * 2**20}, content_type="application/json").status_code < 500
    many = {f"f{number}": SimpleUploadedFile("a.pdf", b"%PDF-") for number in range(150)}
    assert client.post("/account/login/", many).status_code == 400


@pytest.mark.parametrize(
    "content",
    [
        BOMB,
        b"[" * 100_000,
        b"!!python/object/apply:os.system ['true']",
        b"a: " + b"1" * 3_000_000,
        bytes(range(256)),
    ],
    ids=["bomb", "deep", "code", "big", "bytes"],
)  # fmt: skip
def test_a_profile_made_to_break_the_reader_is_refused_and_changes_nothing(client: Client, content: bytes) -> None:
    company = organisation()
    client.force_login(member(company, "owner"))
    for name in ("p.yaml", "p.json"):
        sent = SimpleUploadedFile(name, content)
        assert client.post(f"/organisations/{company.pk}/profile/", {"profile": sent}).status_code == 422
    assert not company.systems.exists()


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(joining, "MOST_INVITATIONS_A_DAY", 3)
    monkeypatch.setattr(joining, "MOST_ORGANISATIONS", 2)
    monkeypatch.setattr(files, "MOST_A_DAY", 20)


@pytest.mark.usefixtures("few")
def test_nobody_sends_mails_without_end_by_inviting_not_even_by_withdrawing(client: Client) -> None:
    company = organisation()
    client.force_login(member(company, "owner"))
    path = f"/organisations/{company.pk}/members"
    for number in range(5):
        client.post(f"{path}/invite/", {"email": f"x{number}@example.cn", "role": "filer"})
        for one in Invitation.objects.all():
            client.post(f"{path}/invitations/{one.pk}/")
    assert Message.objects.filter(key__startswith="invitation:").count() == 3
    answer = client.post(f"{path}/invite/?lang=en", {"email": "y@example.cn", "role": "filer"})
    assert (answer.status_code, b"try tomorrow" in answer.content) == (422, True)


@pytest.mark.usefixtures("few")
def test_nobody_founds_organisations_without_end(client: Client) -> None:
    client.force_login(account())
    for _ in range(4):
        assert client.post("/places/found/", {"zh": "甲", "area": "330000"}).status_code == 302
    assert Organisation.objects.count() == 2


@pytest.mark.usefixtures("few")
def test_nobody_fills_the_disk_within_a_day() -> None:
    person = account()
    files.keep_file(SimpleUploadedFile("a.pdf", b"%PDF-" + b"a" * 10), person)
    with pytest.raises(files.UnfitFileError, match="send it tomorrow"):
        files.keep_file(SimpleUploadedFile("b.pdf", b"%PDF-" + b"b" * 10), person)
    assert Upload.objects.count() == 1
    files.keep_file(SimpleUploadedFile("b.pdf", b"%PDF-" + b"b" * 10), account())
    assert references.MOST_A_DAY >= 10 * references.LARGEST


@pytest.fixture
def server_log() -> Iterator[tuple[logging.Logger, io.StringIO]]:
    from gunicorn.config import Config

    log = ServerLog(Config())
    written = io.StringIO()
    before = list(log.error_log.handlers)
    for handler in before:
        assert isinstance(handler, logging.StreamHandler)
        handler.setStream(written)
    yield log.error_log, written
    for handler in before:
        log.error_log.removeHandler(handler)


def test_of_a_request_that_cannot_be_read_the_log_does_not_say_from_where(server_log: Any) -> None:
    log, written = server_log
    log.warning("Invalid request from ip=192.0.2.7: bad header X-Name: li@example.cn")
    log.error("Error handling request %s", "/places/join/secret-token/")
    said = written.getvalue()
    assert said.count("\n") == 2
    for secret in ("192.0.2.7", "example.cn", "secret-token"):
        assert secret not in said


@pytest.fixture
def site_log() -> Iterator[io.StringIO]:
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(JSONFormatter())
    logging.getLogger().addHandler(handler)
    yield written
    logging.getLogger().removeHandler(handler)


def test_the_log_of_a_day_of_attacks_names_nobody(client: Client, site_log: io.StringIO) -> None:
    person = member(organisation(), "owner")
    client.force_login(person)
    for path in (
        f"/places/join/{'t' * 43}/",
        "/feeds/secretsecret.ics",
        f"/nowhere/{person.email}",
        "/cases/C-2026-000001-T/",
    ):
        client.get(path, REMOTE_ADDR="192.0.2.7")
        client.post(path, {"email": person.email}, REMOTE_ADDR="192.0.2.7")
    client.post("/account/login/", {"login": person.email, "password": "hunter2hunter2"}, REMOTE_ADDR="192.0.2.7")
    client.get("/", headers={"Host": "evil.example"})
    written = site_log.getvalue()
    assert "request" in written
    for secret in ("192.0.2.7", person.email, "hunter2", "secretsecret", "tttt", "evil.example", "000001-T"):
        assert secret not in written, secret


def test_names_below_the_sites_name_are_not_the_site(tmp_path: Path) -> None:
    from guiju.portal.configuration import ConfigurationError, read_configuration
    from tests.portal.test_site import good

    with pytest.raises(ConfigurationError, match="or a dot in front"):
        read_configuration(good(tmp_path, GUIJU_ALLOWED_HOSTS=".example.cn"))


@pytest.mark.parametrize("number", ["9" * 30, "9" * 5000, "٣", "-1", "1\x00", "²"])
def test_a_number_that_no_thing_has_breaks_no_form(client: Client, number: str) -> None:
    company = organisation()
    owner = member(company, "owner")
    system = company.systems.create(zh="星河问答")
    client.force_login(owner)
    o = f"/organisations/{company.pk}"
    day = {"date-year": "2026", "date-month": "3", "date-day": "1"}
    for path, data in (
        (f"{o}/events/", {"event": "audit_completed", "about": f"system-{number}", **day}),
        (f"{o}/duties/system-{system.pk}/mail4:66.1/", {"owner": number, "done_on-year": number}),
        (f"{o}/systems/{system.pk}/facts/", {"_seen": number, "seen": number, "registered_users": number}),
        (f"{o}/facts/", {"_seen": number, "seen": number}),
        (f"{o}/file/mail4/filing/?system={system.pk}", {"_go": "check", "_seen": number, "registered_users": number}),
        ("/check/keep/?law=mail4&a=develops-y", {"organisation": number, "name": number}),
    ):
        assert client.post(path, data).status_code < 500, path
    client.force_login(official())
    assert client.get("/desk/", {"who": number, "page": number}).status_code == 200
    for path in ("/log/", "/log/checkpoints.json"):
        assert client.get(path, {"before": number}).status_code < 500, path
