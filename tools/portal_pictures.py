"""Make the pictures of docs/using-the-portal.md anew, from a demo laid for them: `python tools/portal_pictures.py`.

It starts `guiju portal demo` in a folder of its own, visits pages as its people do, in Chromium, and writes
docs/images/portal-*.png. Needs Chromium with Chinese fonts and Playwright (`make browser`), and Pillow.
`--site ADDRESS` takes a demo that runs already.
"""

from __future__ import annotations

import argparse
import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

IMAGES = Path(__file__).parents[1] / "docs" / "images"
LANGUAGES = {"zh": "zh-hans", "en": "en"}
WIDTH = 1280
MOST_BYTES = 150_000
_FEWEST_COLOURS = 16
_PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
_ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update")


@dataclass(frozen=True)
class Shot:
    """A picture: its name, where the way to it begins, how high it is, and whose account.

    `by`: what is pressed on the way, as selectors.
    """

    name: str
    path: str
    height: int
    who: str = ""
    by: tuple[str, ...] = ()


CHECK = (
    "/check/result/?law=mail4&law=genai&name=Chat&a=is_military-n~in_mainland-y~uses-n~develops-y"
    "~provides_in_own_name-y~controls_operation-y~on_negative_list-n~registered_users-37000~is_generative-y~serves_mainland_public-y&d=users_exceeded_10k-2026-11-16"
)
SHOTS = (
    Shot("check", CHECK, 1000),
    Shot("organisation", "/places/", 1000, "li.ming@xinghe.example.cn"),
    Shot(
        "filing", "/places/", 1100, "lin.fan@xiaoman.example.cn",
        (
            "nav a[href$='/file/']", "main a[href$='/file/mail4/filing/']", "main input[name='system'][value]",
            "main form button[type=submit]",
        ),
    ),
    Shot("desk", "/desk/", 1000, "zhang.wei@nation.example.cn"),
    Shot("case", "/desk/", 1100, "guo.rui@guangdong.example.cn", ("main table a[href^='/cases/']",)),
    Shot("entry", "/registers/?status=registered", 1000, by=("main table tbody a",)),
)  # fmt: skip


@contextmanager
def demo() -> Iterator[str]:
    """Lay and serve a demo, and stop it afterwards."""
    with tempfile.TemporaryDirectory(prefix="guiju-pictures-") as folder:
        command = [sys.executable, "-m", "guiju", "portal", "demo", "--bind", "127.0.0.1:8400"]
        environment = {**os.environ, "GUIJU_PORTAL_DIR": folder, "DATABASE_URL": ""}
        process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
        try:
            assert process.stdout is not None
            found = (re.search(r"http://[^/\s]+", line) for line in process.stdout)
            address = next((one[0] for one in found if one), "")
            if not address:
                raise SystemExit("the demo did not start")
            yield address
        finally:
            process.terminate()
            process.wait()


def taken(browser: Any, site: str, shot: Shot, lang: str) -> bytes:
    """Go to a page as its person does, and return what stands there."""
    context = browser.new_context(viewport={"width": WIDTH, "height": shot.height}, locale=LANGUAGES[lang])
    page = context.new_page()
    if shot.who:
        page.goto(f"{site}/demo/?lang={LANGUAGES[lang]}")
        page.locator(f"button[value='{shot.who}']").click()
        page.wait_for_load_state()
    page.goto(f"{site}{shot.path}{'&' if '?' in shot.path else '?'}lang={LANGUAGES[lang]}")
    for selector in shot.by:
        page.locator(f"{selector}:visible").first.click()
        page.wait_for_load_state()
    picture: bytes = page.screenshot()
    context.close()
    return picture


def small(png: bytes) -> bytes:
    """Return the picture with as many colours as it may have to stay small."""
    from PIL import Image

    picture, colours = Image.open(io.BytesIO(png)).convert("RGB"), 256
    while True:
        out = io.BytesIO()
        picture.quantize(colours, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
        if out.tell() < MOST_BYTES or colours <= _FEWEST_COLOURS:
            return out.getvalue()
        colours //= 2


def make(site: str, wanted: Callable[[str], bool]) -> None:
    """Take and write the pictures."""
    from playwright.sync_api import sync_playwright

    program = next(filter(None, map(shutil.which, _PROGRAMS)), None)
    if program is None:
        raise SystemExit("Chromium is not installed here")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=program, args=list(_ARGUMENTS))
        for shot in SHOTS:
            for lang in LANGUAGES if wanted(shot.name) else ():
                path = IMAGES / f"portal-{shot.name}.{lang}.png"
                path.write_bytes(small(taken(browser, site, shot, lang)))
                print(path.name, path.stat().st_size)
        browser.close()


def main() -> None:
    """Make all pictures, or those that are named."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--site", metavar="ADDRESS", help="a demo that runs already")
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(shot.name for shot in SHOTS))
    given = parser.parse_args()

    def wanted(name: str) -> bool:
        return not given.names or name in given.names

    if given.site:
        make(given.site, wanted)
    else:
        with demo() as site:
            make(site, wanted)


if __name__ == "__main__":
    main()
