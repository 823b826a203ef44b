"""Backups: everything comes back, nothing half, and nothing that does not verify."""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from guiju.cli import main
from guiju.portal.access.actor import actor_of
from guiju.portal.backup.archive import MANIFEST, reading
from guiju.portal.backup.making import back_up
from guiju.portal.backup.restoring import restore
from guiju.portal.backup.tables import kept_models, lines_of
from guiju.portal.cases.acting import Done, begin, carry_out
from guiju.portal.cases.models import Case
from guiju.portal.cases.verifying import verify_cases
from guiju.portal.drafts.files import keep_file, place_of_content, upload_of
from guiju.portal.drafts.models import Draft
from guiju.portal.evidence import opening
from guiju.portal.people.models import User
from guiju.portal.registers.models import Entry
from guiju.portal.workspace.models import DutyMark
from tests.portal.conftest import ENVIRONMENT, SERVER
from tests.portal.people import actor, filing_form, member, official, organisation
from tests.portal.test_cases import MONDAY

pytestmark = pytest.mark.usefixtures("site")
PDF, MINUTES = b"%PDF-1.7 an assessment", b"%PDF-1.7 minutes"


@pytest.fixture
def site(own_database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A site with an own folder: two cases, one registered; a file, a draft, a session, mail."""
    there = settings.CONFIGURATION
    monkeypatch.setattr(settings, "CONFIGURATION", replace(there, folder=tmp_path, ledger_key=tmp_path / "ledger.key"))
    shutil.copy(there.ledger_key, tmp_path / "ledger.key")
    monkeypatch.setattr(opening, "_KEYS", {})
    company = organisation()
    filer = member(company)
    reference = keep_file(SimpleUploadedFile("assessment.pdf", PDF), company)
    for _ in range(2):
        filed(filer, self_assessment_report=str(reference))
    number = Case.objects.order_by("pk")[0].number
    assert isinstance(carry_out(actor(official()), number, "register", {}, seen=1, today=MONDAY), Done)
    minutes = upload_of(str(keep_file(SimpleUploadedFile("minutes.pdf", MINUTES), company)), company, filer)
    DutyMark.objects.create(organisation=company, about="organisation", norm="mail4:66.1", upload=minutes, by=filer)
    entered = {"f-service_name": "星河 ☆ 𝄞"}
    Draft.objects.create(
        organisation=company, key="x", kind="mail4/filing", act="submit", entered=entered, saved_by=filer
    )
    Session.objects.create(session_key="s" * 32, session_data="", expire_date=timezone.now() + dt.timedelta(days=1))
    return own_database


def filed(filer: User, **changes: Any) -> Case:
    company = filer.memberships.get().organisation
    done = begin(actor_of(filer), "mail4/filing", "submit", filing_form(**changes), applicant=company, today=MONDAY)
    assert isinstance(done, Done), done
    return done.case


def everything() -> dict[str, list[bytes]]:
    return {model._meta.label: list(lines_of(model)) for model in kept_models()}


def wipe() -> None:
    """Lose the database and the files, as with the disk."""
    if connection.vendor == "sqlite":
        name = connection.settings_dict["NAME"]
        connection.close()
        for end in ("", "-wal", "-shm"):
            Path(f"{name}{end}").unlink(missing_ok=True)
    else:
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
        connection.close()
    for path in (settings.CONFIGURATION.folder / "files").glob("*/*"):
        path.unlink()


def test_after_the_loss_of_everything_all_is_as_it_was(tmp_path: Path) -> None:
    before, filer = everything(), User.objects.order_by("pk")[0]
    back_up(tmp_path / "b.zip", with_key=True)
    wipe()
    call_command("migrate", interactive=False, verbosity=0)
    (tmp_path / "ledger.key").unlink()
    done = restore(tmp_path / "b.zip")
    assert everything() == before
    assert (done.rows["cases.Case"], done.rows["drafts.Draft"], done.files, done.has_key) == (2, 1, 2, True)
    digests = [json.loads(line)[3] for line in before["drafts.Upload"][1:]]
    assert [place_of_content(digest).read_bytes() for digest in digests] == [PDF, MINUTES]
    assert list(verify_cases()) == []
    assert not Session.objects.exists()
    assert filer.email == User.objects.order_by("pk")[0].email


def test_numbers_go_on_later_files_go_and_the_database_still_refuses_changes(tmp_path: Path) -> None:
    back_up(tmp_path / "b.zip", with_key=False)
    later = keep_file(SimpleUploadedFile("later.pdf", PDF + b" 2"), organisation())
    restore(tmp_path / "b.zip", replace=True)
    assert not place_of_content(later.sha256).exists()
    opening._KEYS.clear()
    third = filed(User.objects.order_by("pk")[0])
    assert third.number.startswith("C-2026-000003-")
    assert isinstance(carry_out(actor(official()), third.number, "register", {}, seen=1, today=MONDAY), Done)
    assert [one.number[:17] for one in Entry.objects.order_by("pk")] == ["F-330000-2026-000", "F-330000-2026-000"]
    assert len(set(Entry.objects.values_list("number", flat=True))) == 2
    assert organisation(zh="新的").pk > Case.objects.first().organisation_id
    with pytest.raises(Exception, match="append-only"), connection.cursor() as cursor:
        cursor.execute("UPDATE evidence_event SET data = data")


def test_a_site_is_only_replaced_when_told_to(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["backup", str(tmp_path / "b.zip")]) == 0
    assert "2 cases, 3 events, 1 register entries, 2 accounts, 2 files; without" in capsys.readouterr().out
    filed(User.objects.order_by("pk")[0])
    assert main(["restore", str(tmp_path / "b.zip")]) == 2
    assert "there are accounts or cases here" in capsys.readouterr().err
    assert Case.objects.count() == 3
    assert main(["restore", str(tmp_path / "b.zip"), "--replace", "--lang", "zh"]) == 0
    assert "日志及案件均已核验" in capsys.readouterr().out
    assert Case.objects.count() == 2


def test_the_key_is_in_it_only_when_asked_for_and_its_absence_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    key = (tmp_path / "ledger.key").read_bytes()
    back_up(tmp_path / "b.zip", with_key=False)
    with zipfile.ZipFile(tmp_path / "b.zip") as zipped:
        assert not any(key in zipped.read(name) for name in zipped.namelist())
    (tmp_path / "ledger.key").unlink()
    assert main(["restore", str(tmp_path / "b.zip"), "--replace"]) == 0
    assert f"put it at {tmp_path / 'ledger.key'}, or nobody can act" in capsys.readouterr().out


def test_a_key_that_lies_there_is_never_overwritten(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from guiju.ledger.keys import SigningKey

    back_up(tmp_path / "b.zip", with_key=True)
    (tmp_path / "ledger.key").unlink()
    SigningKey.generate("other.example/log").save(tmp_path / "ledger.key")
    assert main(["restore", str(tmp_path / "b.zip"), "--replace"]) == 2
    assert "is the key of another log than the backup's" in capsys.readouterr().err


def rewritten(path: Path, changes: dict[str, bytes | None], *, honest: bool = False) -> Path:
    """Copy an archive with parts changed or left out; an honest forger puts their hashes right."""
    import hashlib

    target = path.with_name("changed.zip")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(target, "w") as new:
        contents = {name: old.read(name) for name in old.namelist()}
        manifest = json.loads(contents.pop(MANIFEST))
        for name, content in changes.items():
            if content is None:
                del contents[name]
                continue
            contents[name] = content
            for part in manifest["parts"] if honest else ():
                if part["name"] == name:
                    part |= {"sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}
        for name, content in contents.items():
            new.writestr(name, content)
        new.writestr(MANIFEST, json.dumps(manifest))
    return target


@pytest.mark.parametrize("what", ["changed", "missing", "cut", "no archive", "absent"])
def test_a_damaged_backup_is_refused_and_nothing_changed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], what: str
) -> None:
    path, before = tmp_path / "b.zip", everything()
    back_up(path, with_key=False)
    name = "tables/people.User.jsonl"
    with zipfile.ZipFile(path) as zipped:
        users = zipped.read(name)
    match what:
        case "changed":
            path = rewritten(path, {name: users.replace(b"@", b"#", 1)})
        case "missing":
            path = rewritten(path, {name: None})
        case "cut":
            path.write_bytes(path.read_bytes()[:-200])
        case "no archive":
            path.write_text("hello")
        case "absent":
            path.unlink()
    assert main(["restore", str(path), "--replace"]) == 2
    assert capsys.readouterr().err.startswith("error: ")
    assert everything() == before


def test_what_does_not_verify_against_the_log_is_not_put_in_place(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Who changes a case in the archive, and puts the hashes of the manifest right, is found by the log."""
    back_up(tmp_path / "b.zip", with_key=False)
    before, name = everything(), "tables/cases.CaseEvent.jsonl"
    with reading(tmp_path / "b.zip") as reader:
        lines = list(reader.lines(next(part for part in reader.manifest.parts if part.name == name)))
    first, second = json.loads(lines[1]), json.loads(lines[2])
    first[3], second[3] = second[3], first[3]
    swapped = b"".join(
        line + b"\n" for line in [lines[0], json.dumps(first).encode(), json.dumps(second).encode(), *lines[3:]]
    )
    forged = rewritten(tmp_path / "b.zip", {name: swapped}, honest=True)
    assert main(["restore", str(forged), "--replace"]) == 2
    assert "what was restored does not verify" in capsys.readouterr().err
    assert everything() == before


def test_no_backup_is_written_over_another(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "b.zip").write_text("the last one")
    assert main(["backup", str(tmp_path / "b.zip"), "--lang", "zh"]) == 2
    assert "已经存在" in capsys.readouterr().err
    assert (tmp_path / "b.zip").read_text() == "the last one"
    assert (tmp_path / "b.zip").stat().st_size == 12


def test_only_the_owner_can_read_a_backup(tmp_path: Path) -> None:
    back_up(tmp_path / "b.zip", with_key=False)
    assert (tmp_path / "b.zip").stat().st_mode & 0o777 == 0o600


def test_a_backup_is_as_of_one_moment_while_others_write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody files after the first table was read: none of it is in the backup."""
    from guiju.portal.backup import making

    files = [filing_process]
    read = lines_of

    def in_between(model: Any) -> Any:
        lines = list(read(model))
        while files:
            files.pop()()
        return iter(lines)

    monkeypatch.setattr(making, "lines_of", in_between)
    back_up(tmp_path / "b.zip", with_key=False)
    assert Case.objects.count() == 3
    restore(tmp_path / "b.zip", replace=True)
    assert Case.objects.count() == 2


def filing_process() -> None:
    """File one in another process, which has a connection of its own."""
    code = (
        "import django; django.setup()\n"
        "from guiju.portal.people.models import User\n"
        "from tests.portal.test_backup import filed\n"
        "filed(User.objects.order_by('pk')[0])"
    )
    subprocess.run([sys.executable, "-c", code], check=True, env=environment(), cwd=Path(__file__).parents[2])


def environment() -> dict[str, str]:
    name = connection.settings_dict["NAME"]
    url = f"{SERVER.rpartition('/')[0]}/{name}" if SERVER else f"sqlite://{name}"
    return {
        **os.environ, **ENVIRONMENT, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "guiju.portal.settings",
        "GUIJU_PORTAL_DIR": str(settings.CONFIGURATION.folder),
    }  # fmt: skip


@pytest.mark.parametrize("after", ["fill", "verify"])
def test_a_restore_that_is_killed_leaves_the_old_state(tmp_path: Path, after: str) -> None:
    back_up(tmp_path / "b.zip", with_key=False)
    filed(User.objects.order_by("pk")[0])
    before = everything()
    connection.close()
    last = {"fill": "set_sequences", "verify": "_refuse_unless_it_verifies"}[after]
    code = (
        "import django, os, signal; django.setup()\n"
        "from pathlib import Path\n"
        "from guiju.portal.backup import restoring\n"
        "def killed(*_): os.kill(os.getpid(), signal.SIGKILL)\n"
        f"restoring.{last} = killed\n"
        f"restoring.restore(Path({str(tmp_path / 'b.zip')!r}), replace=True)"
    )
    done = subprocess.run([sys.executable, "-c", code], check=False, env=environment())
    assert done.returncode == -9
    assert everything() == before
    restore(tmp_path / "b.zip", replace=True)
    assert Case.objects.count() == 2


def test_while_somebody_uses_the_database_it_is_not_replaced(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    back_up(tmp_path / "b.zip", with_key=False)
    connection.close()
    with closing(another_connection()):
        assert main(["restore", str(tmp_path / "b.zip"), "--replace"]) == 2
    assert "the database is in use; stop the site" in capsys.readouterr().err
    assert Case.objects.count() == 2


def another_connection() -> Any:
    name = connection.settings_dict["NAME"]
    if SERVER:
        import psycopg

        return psycopg.connect(f"{SERVER.rpartition('/')[0]}/{name}")
    other = sqlite3.connect(name)
    other.execute("SELECT count(*) FROM cases_case").fetchone()
    return other


def test_a_site_of_another_version_is_not_backed_up(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'cases'")
    assert main(["backup", str(tmp_path / "b.zip")]) == 2
    assert "the tables are not those of this version" in capsys.readouterr().err
    assert list(tmp_path.glob("b.zip*")) == []
