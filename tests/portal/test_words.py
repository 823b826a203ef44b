"""The words of every page of the demo: no names of the program, no language in the place of the other, no dead link."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

import msgspec
import pytest
from django.db import transaction
from django.test import Client
from django.urls import Resolver404, resolve
from django.utils import timezone

import guiju.portal.demo
from guiju.bilingual import Bilingual
from guiju.portal.demo.invented import read_invented
from guiju.portal.demo.laying import Laying
from guiju.portal.look.telling_apart import told_apart
from guiju.portal.people.models import User

WHO = {"visitor": "", "person": "zhao_min", "filer": "he_xin", "head": "zhang_wei", "administrator": "liu_yang"}
SHOWN = {"qingyun", "zhao_min", "lanting", "jubian"}
CODES = {"zh": "zh-hans", "en": "en"}
DATA = ("/logout/", "/static/", "/look/", "/proof", "/evidence/")
MACHINE = ("script", "style", "code", "pre", "textarea", "svg")
OWN_NAME = re.compile(r"\b[a-z]+(?:_[a-z0-9]+)+\b|^None$|\b(?:True|False)\b")
MEANT = re.compile(r"\b(?:mail4|genai):\S+|\bguiju(?: [a-z]+)+")
"""Addresses of norms, as everybody cites them, and commands."""
NAMES_FACTS = "/law/checks/"
"""Below what the checks found stand profiles that show it, as files: they name facts by their keys."""
CHINESE = re.compile(r"[\u4e00-\u9fff]{2,}")
ENGLISH = re.compile(r"[A-Z]?[a-z']+(?: [A-Za-z']+){2,}")
INVENTED = "\n".join(path.read_text("utf-8") for path in Path(guiju.portal.demo.__path__[0]).rglob("*.yaml"))


@dataclass
class Words(HTMLParser):
    """What a reader reads of a page, without code, each piece with the language that it is marked as."""

    pieces: list[tuple[str, str]] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    open: list[tuple[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "a":
            self.links.append(given.get("href") or "#")
        if tag not in ("meta", "link", "img", "input", "br", "hr", "path", "rect", "circle"):
            self.open.append((tag, given.get("lang") or (self.open[-1][1] if self.open else "")))

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if data.strip() and not any(tag in MACHINE for tag, _ in self.open):
            self.pieces.append((self.open[-1][1] if self.open else "", " ".join(data.split())))


@pytest.fixture(scope="module")
def demo(tables: None) -> Iterator[None]:  # noqa: ARG001
    """A part of it: laying the whole takes longer than walking through it."""
    whole = read_invented()
    part = [script for script in whole.scripts if script.applicant.partition("/")[0] in SHOWN]
    with transaction.atomic():
        Laying(msgspec.structs.replace(whole, scripts=part), timezone.localdate()).lay()
        yield
        transaction.set_rollback(True)


def walked(client: Client, language: str) -> Iterator[tuple[str, Words]]:
    """Open one page of each route that links lead to."""
    seen: set[str] = set()
    waiting = deque(["/", "/places/", "/law/mail4/66/"])
    while waiting:
        address = waiting.popleft()
        try:
            route = str(resolve(urlsplit(address).path).view_name)
        except Resolver404:
            yield address, Words(links=["#"])
            continue
        if route in seen or address.partition("?")[0] == NAMES_FACTS:
            continue
        seen.add(route)
        answer = client.get(address, follow=True, headers={"Accept-Language": CODES[language]})
        if "html" not in answer.headers.get("content-type", ""):
            continue
        words = Words()
        words.feed(answer.content.decode())
        yield address, words
        found = (link.split("#")[0] for link in words.links if link.startswith("/"))
        waiting.extend(link for link in found if link and not any(one in link for one in DATA))


def faults_of(words: Words, language: str) -> Iterator[str]:
    if words.pieces and not any(code.startswith(language) for code, _ in words.pieces):
        yield "not in the language that was asked for"
    yield from (f"a link to nowhere ({link})" for link in words.links if link == "#")
    for code, whole in words.pieces:
        piece = MEANT.sub("", whole)
        yield from (f"a name of the program: {found} in {piece!r}" for found in OWN_NAME.findall(piece))
        other = CHINESE if language == "en" else ENGLISH
        if code.startswith(language):
            yield from (f"in the other language: {found}" for found in other.findall(piece) if found not in INVENTED)


@pytest.mark.parametrize("language", list(CODES))
@pytest.mark.parametrize("who", list(WHO))
@pytest.mark.usefixtures("demo")
def test_pages_speak_one_language_and_none_of_the_programs_own_names(client: Client, who: str, language: str) -> None:
    if WHO[who]:
        person = User.objects.get(email=read_invented().people[WHO[who]].email)
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    client.get("/", {"lang": CODES[language]})
    faults = [
        f"{address}: {fault}" for address, words in walked(client, language) for fault in faults_of(words, language)
    ]
    assert not faults, "\n".join(dict.fromkeys(faults))


@pytest.mark.parametrize(("language", "said"), [("zh", "没有法律效力"), ("en", "is not in force")])
def test_whatever_rests_on_the_model_law_says_that_it_is_not_in_force(
    client: Client,
    db: None,  # noqa: ARG001
    language: str,
    said: str,
) -> None:
    for address, rests in (
        ("/registers/", True),
        ("/procedures/mail4/filing/", True),
        ("/procedures/genai/report/", False),
    ):
        page = client.get(address, {"lang": CODES[language]}).content.decode()
        assert (said in page[page.index("<footer") :]) is rests, address


def test_labels_that_read_alike_say_whose_they_are() -> None:
    ended, filing, licence = (Bilingual(zh=one, en=one) for one in ("ended", "filing", "licence"))
    other = Bilingual(zh="open", en="open")
    told = told_apart([("a", ended, filing), ("b", ended, licence), ("a", ended, licence), ("c", other, filing)])
    assert [one.en for one in told.values()] == ["ended (filing, licence)", "ended (licence)", "open"]
