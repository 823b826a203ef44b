"""Drives Chromium from its command line: no driver, no download, a new profile each time."""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from html import escape, unescape
from pathlib import Path
from typing import Any

import pytest

PROGRAM = shutil.which("chromium") or shutil.which("chromium-browser")
_QUIET = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--no-first-run", "--hide-scrollbars",
)  # fmt: skip
_LONGEST = 180

needs_chromium = pytest.mark.skipif(
    PROGRAM is None, reason="Chromium is not installed here; `.ci/run` installs it and runs these tests"
)
needs_poppler = pytest.mark.skipif(
    shutil.which("pdftotext") is None, reason="poppler is not installed here; `.ci/run` installs it and runs this test"
)


def probe(html: str, script: str, *, width: int, height: int = 900) -> Any:
    """Open a page in a frame of this size, run a function body in it, return what it returns (as JSON).

    The frame is needed because the window of Chromium does not become as narrow as a phone.
    """
    asking = f"<script>parent.document.title = JSON.stringify((() => {{ {script} }})());</script></body>"
    inside = escape(html.replace("</body>", asking))
    frame = f'<title></title><iframe style="width:{width}px;height:{height}px;border:0" srcdoc="{inside}"></iframe>'
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "page.html"
        page.write_text(f'<!DOCTYPE html><meta charset="utf-8">{frame}', "utf-8")
        dom = _run(folder, "--window-size=1400,1000", "--dump-dom", page.as_uri())
    return json.loads(unescape(dom.split("<title>", 1)[1].split("</title>", 1)[0]))


def printed(html: str) -> list[str]:
    """Print a page to PDF and return the text of each sheet."""
    with tempfile.TemporaryDirectory() as folder:
        page, pdf = Path(folder) / "page.html", Path(folder) / "page.pdf"
        page.write_text(html, "utf-8")
        _run(folder, "--no-pdf-header-footer", f"--print-to-pdf={pdf}", page.as_uri())
        text = subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, check=True, text=True).stdout
    return text.split("\f")[:-1]


def _run(folder: str, *arguments: str) -> str:
    assert PROGRAM is not None
    command = [PROGRAM, *_QUIET, f"--user-data-dir={folder}/profile", *arguments]
    done = subprocess.run(command, capture_output=True, check=True, timeout=_LONGEST)
    return done.stdout.decode()
