"""The site as a whole: what it refuses to start with, headers, logs, health and measurements."""

from __future__ import annotations

import io
import json
import logging
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db.migrations.executor import MigrationExecutor
from django.test import Client

from guiju.portal.configuration import ConfigurationError, read_configuration
from guiju.portal.databases import DatabaseURLError, database_from
from guiju.portal.logs import JSONFormatter
from guiju.portal.security_headers import content_security_policy
from tests.portal.conftest import ENVIRONMENT
from tests.portal.people import member, organisation

GOOD = {
    "GUIJU_SECRET_KEY": "0123456789abcdefghijklmnopqrstuvwxyz-0123456789abcd",
    "GUIJU_ALLOWED_HOSTS": "ai.example.cn",
}


def good(tmp_path: Path, **changes: str) -> dict[str, str]:
    return {**GOOD, "GUIJU_PORTAL_DIR": str(tmp_path / "portal"), **changes}


def test_a_site_starts_with_a_secret_and_its_names(tmp_path: Path) -> None:
    found = read_configuration(good(tmp_path))
    assert (found.demo, found.debug, found.hosts, found.mail) == (False, False, ("ai.example.cn",), "smtp")
    assert found.log_name == "ai.example.cn/log"


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"GUIJU_SECRET_KEY": ""}, "GUIJU_SECRET_KEY must be at least 50 random characters; make one with"),
        ({"GUIJU_SECRET_KEY": "x" * 49}, "GUIJU_SECRET_KEY"),
        ({"GUIJU_SECRET_KEY": "abcd" * 20}, "GUIJU_SECRET_KEY"),
        ({"GUIJU_DEBUG": "1"}, "GUIJU_DEBUG goes with GUIJU_DEMO=1 only"),
        ({"GUIJU_ALLOWED_HOSTS": ""}, "GUIJU_ALLOWED_HOSTS must list"),
        ({"GUIJU_ALLOWED_HOSTS": "*"}, "GUIJU_ALLOWED_HOSTS must list"),
        ({"GUIJU_ALLOWED_HOSTS": "a.cn, *.b.cn"}, "GUIJU_ALLOWED_HOSTS must list"),
        ({"GUIJU_DEMO": "perhaps"}, "GUIJU_DEMO should be 1 or 0"),
        ({"GUIJU_MAIL": "pigeon"}, "GUIJU_MAIL should be one of console, file, smtp"),
        ({"GUIJU_SMTP_PORT": "smtp"}, "GUIJU_SMTP_PORT should be a whole number"),
        ({"DATABASE_URL": "mysql://x/y"}, "DATABASE_URL should begin with postgresql:// or sqlite:///"),
    ],
)
def test_what_would_be_insecure_or_broken_is_refused(tmp_path: Path, changes: dict[str, str], message: str) -> None:
    with pytest.raises(ConfigurationError) as refused:
        read_configuration(good(tmp_path, **changes))
    assert message in str(refused.value)
    assert len(refused.value.problems) == 1
    assert refused.value.text("zh").startswith("门户的环境配置有误")
    assert not (tmp_path / "portal").exists()


def test_oidc_needs_all_of_its_settings_and_its_packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from guiju.portal import configuration

    oidc = {f"GUIJU_OIDC_{name}": "https://id.example.cn" for name in ("NAME", "SERVER", "CLIENT_ID", "SECRET")}
    monkeypatch.setattr(configuration, "find_spec", lambda _: None)
    with pytest.raises(ConfigurationError, match=r"OIDC needs jwt, oauthlib, requests: pip install"):
        read_configuration(good(tmp_path, **oidc))
    monkeypatch.setattr(configuration, "find_spec", lambda _: "found")
    del oidc["GUIJU_OIDC_SECRET"]
    with pytest.raises(ConfigurationError, match="for OIDC also give GUIJU_OIDC_SECRET"):
        read_configuration(good(tmp_path, **oidc))
    found = read_configuration(good(tmp_path, **oidc, GUIJU_OIDC_SECRET="s")).oidc
    assert found == {
        "name": "https://id.example.cn",
        "server": "https://id.example.cn",
        "client_id": "https://id.example.cn",
        "secret": "s",
    }


def test_all_problems_are_told_at_once() -> None:
    with pytest.raises(ConfigurationError) as refused:
        read_configuration({"GUIJU_DEBUG": "1"})
    assert len(refused.value.problems) == 3


@pytest.mark.parametrize("length", [50, 51])
def test_a_secret_of_fifty_characters_is_long_enough(tmp_path: Path, length: int) -> None:
    assert read_configuration(good(tmp_path, GUIJU_SECRET_KEY=("0123456789" * 6)[:length])).secret_key


def test_a_demo_needs_nothing_and_keeps_its_secret_to_itself(tmp_path: Path) -> None:
    demo = {"GUIJU_DEMO": "1", "GUIJU_PORTAL_DIR": str(tmp_path / "portal")}
    first, second = read_configuration(demo), read_configuration(demo)
    assert first.secret_key == second.secret_key
    assert (tmp_path / "portal" / "demo-secret.key").stat().st_mode & 0o777 == 0o600
    assert first.hosts == ("localhost", "127.0.0.1", "[::1]")


def test_the_database_is_one_file_unless_a_server_is_named(tmp_path: Path) -> None:
    assert database_from("", tmp_path)["NAME"] == str(tmp_path / "portal.sqlite3")
    for url in ("sqlite:////srv/a%20b.db", "sqlite:///srv/a%20b.db"):
        assert database_from(url, tmp_path)["NAME"] == "/srv/a b.db"
    found = database_from("postgresql://li:p%40ss@db.example:5433/guiju?sslmode=require", tmp_path)
    assert {key: found[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS")} == {
        "NAME": "guiju", "USER": "li", "PASSWORD": "p@ss", "HOST": "db.example", "PORT": "5433",
        "OPTIONS": {"sslmode": "require"},
    }  # fmt: skip


@pytest.mark.parametrize(
    "url", ["mysql://x/y", "sqlite://host/x", "sqlite://", "postgresql://li:secret@host", "postgresql://h:secret/x"]
)
def test_a_database_url_that_cannot_be_used_is_refused_without_showing_its_password(url: str, tmp_path: Path) -> None:
    with pytest.raises(DatabaseURLError) as refused:
        database_from(url, tmp_path)
    assert "secret" not in refused.value.text("zh") + refused.value.text("en")


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize("path", ["/health", "/account/login/", "/nowhere", "/cases/C-1.json"])
def test_every_answer_forbids_the_browser_whatever_is_not_ours(client: Client, path: str) -> None:
    headers = client.get(path).headers
    policy = dict(part.split(" ", 1) for part in headers["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["form-action"] == "'self'"
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]


def test_outside_a_demo_everything_is_encrypted_and_an_identity_server_may_take_the_form() -> None:
    policy = content_security_policy(encrypted=True, identity_server="https://id.example.cn")
    assert "upgrade-insecure-requests" in policy
    assert "form-action 'self' https://id.example.cn;" in policy


@pytest.mark.usefixtures("db")
def test_what_a_signed_in_person_sees_is_kept_in_no_cache(client: Client) -> None:
    client.force_login(member(organisation()))
    assert "no-store" in client.get("/account/email/").headers["Cache-Control"]


@pytest.mark.usefixtures("db")
def test_health_is_ok_or_says_in_a_word_what_is_wrong(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = client.get("/health")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})
    monkeypatch.setattr(MigrationExecutor, "migration_plan", lambda *_: ["something"])
    answer = client.get("/health")
    assert (answer.status_code, answer.json()) == (503, {"status": "not_migrated"})


@pytest.mark.usefixtures("db")
def test_health_without_a_database_says_so(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.db import OperationalError

    from guiju.portal import health

    def fails(*_: Any) -> None:
        raise OperationalError

    monkeypatch.setattr(health, "MigrationExecutor", fails)
    assert client.get("/health").json() == {"status": "no_database"}


@pytest.mark.usefixtures("db")
def test_metrics_count_requests_by_route_and_what_waits(client: Client) -> None:
    client.get("/cases/C-2026-000001-X.json")
    text = client.get("/metrics").content.decode()
    assert 'guiju_requests_total{method="GET",route="case",status="302"}' in text
    assert "guiju_outbox_waiting 0.0" in text
    assert "C-2026" not in text


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize(
    ("demo", "token", "header", "status"),
    [
        (False, "", "", 404),
        (False, "", "Bearer ", 404),
        (False, "t" * 20, "", 404),
        (False, "t" * 20, "Bearer wrong", 404),
        (False, "t" * 20, f"Bearer {'t' * 20}", 200),
        (True, "", "", 200),
    ],
)
def test_metrics_are_for_whoever_has_the_token(
    client: Client, monkeypatch: pytest.MonkeyPatch, demo: bool, token: str, header: str, *, status: int
) -> None:
    from dataclasses import replace

    monkeypatch.setattr(settings, "CONFIGURATION", replace(settings.CONFIGURATION, demo=demo, metrics_token=token))
    assert client.get("/metrics", headers={"authorization": header}).status_code == status


def logged(record: logging.LogRecord) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(JSONFormatter().format(record))
    return found


def test_a_log_line_of_an_error_says_where_and_never_what_was_said() -> None:
    try:
        int("Key (email)=(lisi@example.cn) already exists")
    except ValueError:
        record = logging.getLogger("django.request").makeRecord(
            "django.request",
            logging.ERROR,
            "x",
            1,
            "Internal Server Error: %s",
            ("/join/secret-token",),
            sys.exc_info(),
        )
    line = logged(record)
    assert line["error"] == "ValueError"
    assert line["at"][0].startswith("test_site.py:")
    assert not any(word in json.dumps(line) for word in ("lisi", "secret-token", "already"))


@pytest.mark.usefixtures("db")
def test_nothing_personal_of_a_request_is_in_any_log_line(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    written = io.StringIO()
    (handler,) = [one for one in logging.getLogger().handlers if isinstance(one.formatter, JSONFormatter)]
    monkeypatch.setattr(handler, "stream", written)
    user = member(organisation())
    client.post("/account/login/", {"login": user.email, "password": "wrong-password"}, REMOTE_ADDR="203.0.113.9")
    client.get("/account/password/reset/key/1-geheim/?mail=lisi@example.cn", headers={"user-agent": "Tell-Tale"})
    client.get("/nowhere/lisi")
    lines = [json.loads(line) for line in written.getvalue().splitlines()]
    requests = [line for line in lines if line["logger"] == "guiju.portal.request"]
    assert [line["route"] for line in requests] == ["account_login", "account_reset_password_from_key", "-"]
    text = json.dumps(lines)
    assert not [
        word for word in (user.email, "wrong-password", "203.0.113.9", "geheim", "lisi", "Tell-Tale") if word in text
    ]


@pytest.mark.usefixtures("tables")
def test_the_commands_refuse_an_insecure_environment_in_the_language_asked_for(tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "guiju", "portal", "migrate", "--lang", "zh"],
        capture_output=True, text=True, check=False,
        env={"GUIJU_PORTAL_DIR": str(tmp_path), "DATABASE_URL": ENVIRONMENT["DATABASE_URL"], "PATH": ""},
    )  # fmt: skip
    assert ran.returncode == 2
    assert ran.stderr.startswith("错误：门户的环境配置有误")
    assert "Traceback" not in ran.stderr
