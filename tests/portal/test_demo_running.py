"""`guiju portal demo`, run as a person and as a machine run it."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from tests.portal.conftest import SERVER

pytestmark = pytest.mark.skipif(bool(SERVER), reason="a demo makes a SQLite database of its own")
DEMO = (sys.executable, "-m", "guiju", "portal", "demo")


def environment(folder: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GUIJU_")}
    return {**kept, "GUIJU_PORTAL_DIR": str(folder)} | {"DATABASE_URL": ""}


def demo(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*DEMO, *arguments], check=False, env=environment(folder), capture_output=True, text=True)


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


def test_a_demo_is_laid_served_looked_at_and_stopped_and_begun_anew(tmp_path: Path) -> None:
    """One after the other, because laying and starting take their time."""
    port = free_port()
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", port))
        taken.listen()
        where = ("--bind", f"127.0.0.1:{port}", "--workers", "1")
        checked = demo(tmp_path, *where, "--check")
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert f"Port {port} is taken; this demo listens on" in checked.stdout
    for line in (
        "guiju-demo-2026",
        "li.ming@xinghe.example.cn",
        "GET / 200",
        "GET /registers/ 200",
        'GET /health 200 {"status": "ok"}',
    ):
        assert line in checked.stdout

    command = [*DEMO, *where, "--lang", "zh"]
    started = subprocess.Popen(command, env=environment(tmp_path), stdout=subprocess.PIPE, text=True)
    assert started.stdout is not None
    told = ""
    while "演示站已启动" not in told:
        line = started.stdout.readline()
        assert line, "the demo ended"
        told += line
    address = re.search(r"http://\S+?/(?=\s)", told)
    assert address
    with urllib.request.urlopen(f"{address[0]}health") as answer:
        assert answer.status == 200
    fresh = demo(tmp_path, *where, "--check", "--fresh")
    assert (fresh.returncode, "another demo is using this folder" in fresh.stderr) == (2, True)
    started.send_signal(signal.SIGINT)
    assert "已停止。" in started.communicate(timeout=60)[0]
    assert started.returncode == 0
    until = time.monotonic() + 10
    while time.monotonic() < until and _answers(address[0]):
        time.sleep(0.1)
    assert not _answers(address[0])
    assert any((tmp_path / "mail").iterdir())


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}health", timeout=5):
            return True
    except OSError:
        return False


def test_what_no_demo_has_laid_is_never_thrown_away(tmp_path: Path) -> None:
    (tmp_path / "portal.sqlite3").write_bytes(b"somebody's")
    done = demo(tmp_path, "--fresh", "--check")
    assert done.returncode == 2
    assert "was not laid by a demo" in done.stderr
    assert (tmp_path / "portal.sqlite3").read_bytes() == b"somebody's"
