"""A demo that runs: the site and a worker as two processes, stopped together; and a look at its first pages."""

from __future__ import annotations

import json
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import IO

from django.conf import settings

from guiju.bilingual import Bilingual
from guiju.portal.demo.beginning import BeginningError
from guiju.portal.demo.telling import told

_PORTS_TO_TRY = 20
_PATIENCE_SECONDS = 60.0
_PAUSE_SECONDS = 0.1
_GUIJU = (sys.executable, "-m", "guiju", "portal")
_PAGES = ("/", "/registers/", "/demo/")
_TAKEN = Bilingual(
    zh="端口 {wanted} 已被占用，改用 {port}。", en="Port {wanted} is taken; this demo listens on {port}."
)
_STOPPED = Bilingual(zh="已停止。", en="Stopped.")


def run(host: str, port: int, workers: int, lang: str, *, check: bool) -> int:
    """Serve until stopped or, to `check`, until its first pages have been fetched; returns the exit status."""
    signal.signal(signal.SIGTERM, _interrupt)
    with _listening(host, port) as listener:
        got = listener.getsockname()[1]
        if got != port:
            print(_TAKEN.get(lang).format(wanted=port, port=got), flush=True)
        address = f"http://{f'[{host}]' if ':' in host else host}:{got}"
        serve = ("serve", "--bind", f"fd://{listener.fileno()}", "--workers", str(workers))
        with _log().open("ab") as log, _started(log, *serve, keep=listener.fileno()) as site, _started(log, "worker"):
            listener.close()
            _wait_until_healthy(address, site)
            print(told(address, lang), flush=True)
            try:
                return _checked(address) if check else site.wait()
            except KeyboardInterrupt:
                print(f"\n{_STOPPED.get(lang)}", flush=True)
                return 0


def _log() -> Path:
    folder: Path = settings.CONFIGURATION.folder
    return folder / "demo.log"


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _listening(host: str, port: int) -> socket.socket:
    """Open the port, or the next free one. The site inherits it open, so that nobody takes it in between."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for candidate in range(port, port + _PORTS_TO_TRY):
        listener = socket.socket(family, socket.SOCK_STREAM)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, candidate))
            listener.listen()
        except OSError:
            listener.close()
            continue
        return listener
    last = port + _PORTS_TO_TRY - 1
    raise BeginningError(f"端口 {port} 至 {last} 都被占用", f"all ports from {port} to {last} are taken")


@contextmanager
def _started(log: IO[bytes], *arguments: str, keep: int | None = None) -> Iterator[subprocess.Popen[bytes]]:
    """Start a part of the demo, and stop it at the end; it stops by itself when this process is gone."""
    command = [*_GUIJU, *arguments, "--until-closed"]
    kept = () if keep is None else (keep,)
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=log, stderr=log, pass_fds=kept)
    try:
        yield process
    finally:
        process.terminate()
        process.wait()


def _wait_until_healthy(address: str, site: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < until:
        if site.poll() is not None:
            raise BeginningError(f"网站没有能够启动，原因见 {_log()}", f"the site did not start; {_log()} says why")
        try:
            status, body = _fetched(f"{address}/health")
        except OSError:
            status, body = 0, ""
        if status == 200 and json.loads(body)["status"] == "ok":  # noqa: PLR2004
            return
        time.sleep(_PAUSE_SECONDS)
    raise BeginningError(f"网站启动后没有应答，见 {_log()}", f"the site was started and does not answer; see {_log()}")


def _checked(address: str) -> int:
    """Fetch the first pages and say what they are; 1 if one is not what it should be."""
    status = 0
    for page in (*_PAGES, "/health"):
        code, body = _fetched(f"{address}{page}")
        title = re.search(r"<title>\s*(.*?)\s*</title>", body, re.DOTALL)
        print(f"GET {page} {code} {title[1] if title else body[:80]}")
        status = status if code == 200 else 1  # noqa: PLR2004
    return status


def _fetched(address: str) -> tuple[int, str]:
    """Fetch a page of this machine, past any proxy."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(address, timeout=_PATIENCE_SECONDS) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.reason
