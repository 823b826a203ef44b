"""The pages in Chromium: rules of accessibility, measures, and what a strict policy says to them."""

from __future__ import annotations

import json
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from html import escape, unescape
from pathlib import Path
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.wsgi import get_wsgi_application

from guiju.portal import look
from tests.browser.chromium import PROGRAM

AXE = Path(__file__).parent / "axe/node_modules/axe-core/axe.min.js"
STATIC = Path(look.__file__).parent / "static"
_ARGUMENTS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--no-first-run", "--hide-scrollbars", "--window-size=1400,1000",
)  # fmt: skip
_LONGEST = 180

needs_axe = pytest.mark.skipif(
    not AXE.exists(), reason="axe-core is not installed here; `npm ci --prefix tests/portal_look/axe` does it"
)


def measure(html: str, script: str, *, width: int, axe: bool = False) -> Any:
    """Run the body of an asynchronous function in a page of this width, with our style; return what it returns."""
    style = (STATIC / "look/look.css").read_text("utf-8")
    parts = [f"<style>{style}</style>"]
    if axe:
        parts.append(f"<script>{AXE.read_text('utf-8')}</script>")
    parts.append(
        f"<script>addEventListener('load', () => (async () => {{ {script} }})()"
        ".then(seen => { parent.document.title = JSON.stringify(seen); },"
        " error => { parent.document.title = JSON.stringify('failed: ' + error); }));</script></head>"
    )
    inside = html.replace("</head>", "".join(parts), 1)
    frame = f'<iframe style="width:{width}px;height:900px;border:0" srcdoc="{escape(inside)}"></iframe>'
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "page.html"
        page.write_text(f'<!DOCTYPE html><meta charset="utf-8"><title></title>{frame}', "utf-8")
        dom, _ = _run(folder, "--virtual-time-budget=60000", "--dump-dom", page.as_uri())
    return json.loads(unescape(dom.split("<title>", 1)[1].split("</title>", 1)[0]))


def printed(html: str) -> list[str]:
    """Print a page with our style and return the text of each sheet."""
    style = (STATIC / "look/look.css").read_text("utf-8")
    with tempfile.TemporaryDirectory() as folder:
        page, pdf = Path(folder) / "page.html", Path(folder) / "page.pdf"
        page.write_text(html.replace("</head>", f"<style>{style}</style></head>", 1), "utf-8")
        _run(folder, "--no-pdf-header-footer", f"--print-to-pdf={pdf}", page.as_uri())
        text = subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, check=True, text=True).stdout
    return text.split("\f")[:-1]


def visit(address: str) -> tuple[str, list[str]]:
    """Open an address; return the page after its scripts ran, and what the browser complained of."""
    with tempfile.TemporaryDirectory() as folder:
        dom, errors = _run(folder, "--enable-logging=stderr", "--virtual-time-budget=5000", "--dump-dom", address)
    return dom, [line for line in errors.splitlines() if "CONSOLE" in line]


@contextmanager
def served(policy: str, acting: str = "") -> Iterator[str]:
    """Serve the pages under a content security policy; gives the address of the site.

    `acting` is a script that every page also loads, from a file of the site as the policy demands.
    """
    inner = StaticFilesHandler(get_wsgi_application())

    def application(environ: dict[str, Any], start: Any) -> Any:
        if environ["PATH_INFO"] == "/acting.js":
            start("200 OK", [("Content-Type", "text/javascript; charset=utf-8")])
            return [acting.encode()]

        def start_with_policy(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            kept = [(name, value) for name, value in headers if name.lower() != "content-length"]
            return start(status, [*kept, ("Content-Security-Policy", policy)], *rest)

        with closing(inner(environ, start_with_policy)) as answer:
            content = b"".join(answer)
        return (
            [content.replace(b"</head>", b'<script src="/acting.js" defer></script></head>')] if acting else [content]
        )

    with make_server("127.0.0.1", 0, application, handler_class=_Quiet) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


class _Quiet(WSGIRequestHandler):
    def log_message(self, *args: Any) -> None:
        """Say nothing."""


def _run(folder: str, *arguments: str) -> tuple[str, str]:
    assert PROGRAM is not None
    command = [PROGRAM, *_ARGUMENTS, f"--user-data-dir={folder}/profile", *arguments]
    done = subprocess.run(command, capture_output=True, check=True, timeout=_LONGEST)
    return done.stdout.decode(), done.stderr.decode()
