"""A browser without scripts that files over HTTP, and a site in processes of its own to file with."""

from __future__ import annotations

import http.cookiejar
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path
from typing import Any

from tests.portal.conftest import ENVIRONMENT
from tests.portal.filling import sent_by

_COMPLAINT = "/mine/file/mail4/complaint/"
_CASE = re.compile(r"/cases/([^/]+)/")
_PATIENCE_SECONDS = 60


class NoAnswerError(OSError):
    """Nobody answered, or the answer broke off: nothing is known of what was sent."""


class _Stay(urllib.request.HTTPRedirectHandler):
    """Leaves a redirection to whoever sent the request."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


class Browser:
    """Keeps cookies, follows nothing by itself."""

    def __init__(self, address: str) -> None:
        self.address = address
        jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self._opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), jar, _Stay())

    def get(self, path: str) -> str:
        return self._answer(path, None)[1]

    def post(self, path: str, data: dict[str, list[str]]) -> str:
        """Send a form and return where it leads."""
        status, where = self._answer(path, urllib.parse.urlencode(data, doseq=True).encode())
        assert status == 302, (path, status, re.sub(r"<[^>]*>|\s+", " ", where.partition("<main")[2])[:2000])
        return where

    def _answer(self, path: str, data: bytes | None) -> tuple[int, str]:
        try:
            with self._opener.open(f"{self.address}{path}", data, timeout=_PATIENCE_SECONDS) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            with error:
                body = error.read().decode()
            if error.code in (502, 503, 504):
                raise NoAnswerError from error
            return error.code, error.headers.get("Location") or body
        except (OSError, ValueError) as error:
            raise NoAnswerError from error

    def log_in(self, email: str, password: str) -> None:
        form = sent_by(_form(self.get("/account/login/"), 'name="password"'), login=email, password=password)
        self.post("/account/login/", form)

    def complaint(self, facts: str) -> str:
        """File a complaint, looked over before it is sent; return the number that is acknowledged."""
        page = self.get(f"{_COMPLAINT}?lang=en")
        form = sent_by(page, form="filling", about="provision", activity="Chat", facts=facts, on_negative_list="yes")
        self.post(_COMPLAINT, {**form, "_go": ["check"]})
        send = sent_by(_form(self.get(f"{_COMPLAINT}?step=check&lang=en"), 'value="send"'))
        found = _CASE.search(self.post(_COMPLAINT, {**send, "_go": ["send"]}))
        assert found
        return urllib.parse.unquote(found[1])


def _form(page: str, with_: str) -> str:
    """Take that form out of a page which holds something."""
    return next(one for one in re.findall(r"<form[^>]*>.*?</form>", page, re.DOTALL) if with_ in one)


class Site:
    """The site on a port of its own, and its worker; both can be killed and started again."""

    def __init__(self, database: str, folder: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port: int = free.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"
        self._started: list[subprocess.Popen[bytes]] = []
        folder.mkdir()
        self.log = folder / "log"
        self._environment = {
            **os.environ, **ENVIRONMENT, "DATABASE_URL": database, "GUIJU_PORTAL_DIR": str(folder),
            "GUIJU_LEDGER_KEY": str(Path(ENVIRONMENT["GUIJU_PORTAL_DIR"]) / "ledger.key"),
            "GUIJU_ALLOWED_HOSTS": "127.0.0.1",
        }  # fmt: skip

    def web(self, workers: int = 2) -> subprocess.Popen[bytes]:
        """Start the site and wait until it answers."""
        process = self.run("serve", "--bind", f"127.0.0.1:{self.port}", "--workers", str(workers))
        until = time.monotonic() + _PATIENCE_SECONDS
        while time.monotonic() < until:
            try:
                if '"ok"' in Browser(self.address).get("/health"):
                    return process
            except NoAnswerError:
                time.sleep(0.1)
        raise AssertionError("the site did not start")

    def run(self, *arguments: str) -> subprocess.Popen[bytes]:
        """Start `guiju portal ...`, as the first of a group of processes."""
        command = [sys.executable, "-m", "guiju", "portal", *arguments]
        with self.log.open("ab") as log:
            started = subprocess.Popen(command, env=self._environment, stdout=log, stderr=log, start_new_session=True)
        self._started.append(started)
        return started

    def end(self) -> None:
        """Kill what still runs: a test that fails leaves no process behind."""
        for process in self._started:
            if process.poll() is None:
                kill(process)


def kill(process: subprocess.Popen[bytes]) -> None:
    """Kill a process and all its children, as a crash of the machine would."""
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
