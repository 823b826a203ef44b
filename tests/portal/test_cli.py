"""`guiju portal`, run as an operator runs it."""

from __future__ import annotations

import io

import pytest
from django.db import connection

from guiju.cli import main
from guiju.portal.authorities.models import Posting
from guiju.portal.cases.models import QueueRow
from guiju.portal.outbox.models import Message
from tests.portal.test_cases import filed

PASSWORD = "规矩方圆-correct-horse"


@pytest.mark.usefixtures("own_database")
def test_migrating_again_is_harmless(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["portal", "migrate", "--lang", "zh"]) == 0
    assert capsys.readouterr().out == "数据库已就绪\n"


@pytest.mark.usefixtures("db")
def test_the_first_account_is_made_once(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    for status in (0, 2):
        monkeypatch.setattr("sys.stdin", io.StringIO(f"{PASSWORD}\n"))
        assert main(["portal", "createadmin", "admin@example.cn"]) == status
    posting = Posting.objects.get()
    assert (posting.user.email, posting.role, posting.office.code) == ("admin@example.cn", "administrator", "000000-1")
    captured = capsys.readouterr()
    assert "error: there is an account admin@example.cn already" in captured.err
    assert PASSWORD not in captured.out + captured.err


@pytest.mark.usefixtures("db")
def test_the_worker_does_what_there_is_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    filed()
    assert main(["portal", "worker", "--once"]) == 0
    assert capsys.readouterr().out == "clocks: 0, mail: 1, checkpoints: 1, letters: 0, files: 0, indexes: 0\n"
    assert not Message.objects.filter(sent_at=None).exists()


@pytest.mark.usefixtures("db")
def test_derived_rows_are_rebuilt_and_a_mismatch_with_the_log_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    case = filed()
    QueueRow.objects.all().delete()
    assert main(["portal", "rebuild"]) == 0
    assert main(["portal", "verify"]) == 0
    assert capsys.readouterr().out == "1\n"
    with connection.cursor() as cursor:
        cursor.execute("UPDATE cases_case SET revision = 2")
    assert main(["portal", "verify"]) == 1
    assert capsys.readouterr().out == f"{case.number}/0: its revision is not the number of its events\n"


def test_a_demo_listens_to_no_other_machine(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["portal", "demo", "--bind", "0.0.0.0:8000"]) == 2
    assert "a demo listens on this machine only" in capsys.readouterr().err
