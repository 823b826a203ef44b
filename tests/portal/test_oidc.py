"""Logging in through an identity provider that speaks OpenID Connect: one that runs on this machine."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.portal.identity import CLIENT, Provider, provider


@pytest.fixture(scope="module")
def laid(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site without anybody, to copy: making its tables takes longer than a visit."""
    folder = tmp_path_factory.mktemp("laid")
    with provider(verified=True) as one:
        command = [sys.executable, "-m", "guiju", "portal", "migrate"]
        subprocess.run(command, env=environment_of(one, folder), capture_output=True, check=True)
    return folder


@pytest.fixture
def folder(laid: Path, tmp_path: Path) -> Path:
    """A site of the test's own."""
    return shutil.copytree(laid, tmp_path / "site")


def environment_of(one: Provider, folder: Path) -> dict[str, str]:
    found = {
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
    found.pop("DATABASE_URL", None)
    return found


def visited(one: Provider, folder: Path, how: str = "") -> dict[str, Any]:
    command = [sys.executable, "-m", "tests.portal.oidc_visit", *filter(None, [how])]
    done = subprocess.run(command, env=environment_of(one, folder), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def test_whom_the_provider_vouches_for_gets_an_account_without_any_role(folder: Path) -> None:
    with provider(verified=True) as one:
        seen = visited(one, folder)
    assert (seen["sent_to"], seen["pkce"]) == ("/authorize", "S256")
    assert (seen["status"], seen["to"]) == (302, "/places/")
    assert (seen["who"], seen["roles"]) == ("wangwu@example.cn", ["visitor", "account"])
    assert "code_verifier" in one.asked[0]


def test_an_answer_that_was_not_asked_for_logs_nobody_in(folder: Path) -> None:
    with provider(verified=True) as one:
        seen = visited(one, folder, "forged")
    assert (seen["who"], seen["accounts"]) == (None, 0)
    assert one.asked == []


def test_a_provider_takes_over_no_account_that_has_a_password_here(folder: Path) -> None:
    with provider(verified=False) as one:
        seen = visited(one, folder, "taken")
    assert (seen["who"], seen["accounts"]) == (None, 1)
