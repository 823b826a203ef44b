"""Logging in through an identity provider that speaks OpenID Connect: one that runs on this machine."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.portal.identity import CLIENT, Provider, provider


def visited(one: Provider, folder: Path, how: str = "") -> dict[str, Any]:
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "guiju.portal.settings",
        "GUIJU_DEMO": "1",
        "GUIJU_ALLOWED_HOSTS": "testserver",
        "GUIJU_PORTAL_DIR": str(folder),
        "GUIJU_OIDC_NAME": "统一身份",
        "GUIJU_OIDC_SERVER": one.issuer,
        "GUIJU_OIDC_CLIENT_ID": CLIENT,
        "GUIJU_OIDC_SECRET": "secret",
    }
    environment.pop("DATABASE_URL", None)
    command = [sys.executable, "-m", "tests.portal.oidc_visit", *filter(None, [how])]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def test_whom_the_provider_vouches_for_gets_an_account_without_any_role(tmp_path: Path) -> None:
    with provider(verified=True) as one:
        seen = visited(one, tmp_path)
    assert (seen["sent_to"], seen["pkce"]) == ("/authorize", "S256")
    assert (seen["status"], seen["to"]) == (302, "/places/")
    assert (seen["who"], seen["roles"]) == ("wangwu@example.cn", ["visitor", "account"])
    assert "code_verifier" in one.asked[0]


def test_an_answer_that_was_not_asked_for_logs_nobody_in(tmp_path: Path) -> None:
    with provider(verified=True) as one:
        seen = visited(one, tmp_path, "forged")
    assert (seen["who"], seen["accounts"]) == (None, 0)
    assert one.asked == []


def test_a_provider_takes_over_no_account_that_has_a_password_here(tmp_path: Path) -> None:
    with provider(verified=False) as one:
        seen = visited(one, tmp_path, "taken")
    assert (seen["who"], seen["accounts"]) == (None, 1)
