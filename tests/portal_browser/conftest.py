"""A demonstration of the portal as `make run` starts it, and Chromium to visit it with."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.browser.chromium import PROGRAM

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is installed by `make browser`, and by CI")
_ARGUMENTS = (
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--no-first-run",
)  # fmt: skip
_PATIENCE_SECONDS = 120


@dataclass
class Site:
    """A demonstration that runs: where, in which folder, with which accounts."""

    base: str
    folder: Path
    password: str
    accounts: dict[str, str] = field(default_factory=dict)


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def waited_for(address: str, process: subprocess.Popen[bytes], output: Path) -> None:
    for _ in range(_PATIENCE_SECONDS * 5):
        if process.poll() is not None:
            raise AssertionError(f"the demonstration ended: {output.read_text('utf-8')[-2000:]}")
        try:
            urllib.request.urlopen(address, timeout=5).read()
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
        else:
            return
    raise AssertionError(f"{address} does not answer")


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    from guiju.portal.demo.invented import read_invented

    folder, port = tmp_path_factory.mktemp("site"), free_port()
    environment = {**os.environ, "GUIJU_PORTAL_DIR": str(folder), "GUIJU_DEMO": "1"}
    environment.pop("DATABASE_URL", None)
    command = [str(Path(sys.executable).with_name("guiju")), "portal", "demo", "--bind", f"127.0.0.1:{port}"]
    with (folder / "output").open("wb") as output:
        process = subprocess.Popen(command, env=environment, stdout=output, stderr=subprocess.STDOUT)
        try:
            waited_for(f"http://127.0.0.1:{port}/health", process, folder / "output")
            invented = read_invented()
            accounts = {key: one.email for key, one in invented.people.items()}
            yield Site(f"http://localhost:{port}", folder, invented.password, accounts)
        finally:
            process.terminate()
            process.wait(timeout=30)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    if PROGRAM is None:
        pytest.skip("Chromium is not installed here; `.ci/run` installs it and runs these tests")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=PROGRAM, args=list(_ARGUMENTS))
        yield browser
        browser.close()


class Visitor:
    """Somebody in front of the browser; whatever the browser complains of is kept."""

    def __init__(self, browser: Any, site: Site, language: str, **options: Any) -> None:
        self.site = site
        self.context = browser.new_context(locale={"zh": "zh-CN", "en": "en-GB"}[language], **options)
        self.page = self.context.new_page()
        self.complaints: list[str] = []
        self.page.on("console", self._note)
        self.page.on("pageerror", lambda error: self.complaints.append(f"{self.page.url}: {error}"))

    def _note(self, message: Any) -> None:
        # A page that answers 404 on purpose is also "failed to load" to the browser.
        if message.type in ("error", "warning") and "Failed to load resource" not in message.text:
            self.complaints.append(f"{self.page.url}: {message.text}")

    def goto(self, path: str) -> Any:
        """Open a page of the site."""
        return self.page.goto(self.site.base + path if path.startswith("/") else path)

    def log_in(self, key: str) -> None:
        """Log in as one of the demonstration's people."""
        self.goto("/account/login/")
        self.page.fill("#id-login", self.site.accounts[key])
        self.page.fill("#id-password", self.site.password)
        self.page.locator("main form button[type=submit]").first.click()
        self.page.wait_for_url(re.compile(r"^(?!.*/account/login/)"))

    def confirm(self) -> None:
        """Give the password once more, as what concerns the account's safety asks for."""
        self.goto("/account/reauthenticate/")
        self.page.fill("#id-password", self.site.password)
        self.page.locator("main form button[type=submit]").first.click()
        self.page.wait_for_url(re.compile(r"^(?!.*/reauthenticate/)"))

    def close(self) -> None:
        """Leave; a complaint of the browser (policy, script) is a fault of the page."""
        self.context.close()
        assert not self.complaints, self.complaints


@pytest.fixture
def visitor(chromium: Any, site: Site) -> Iterator[Callable[..., Visitor]]:
    made: list[Visitor] = []

    def make(language: str = "zh", **options: Any) -> Visitor:
        made.append(Visitor(chromium, site, language, **options))
        return made[-1]

    yield make
    for one in made:
        one.close()
