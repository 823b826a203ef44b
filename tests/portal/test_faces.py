"""Pages about the site, and what people see when something does not work."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.core.exceptions import SuspiciousOperation
from django.test import Client

from guiju.portal.access.gate import RefusedResponse
from tests.portal.people import account
from tests.portal.reading import CHINESE, read

pytestmark = pytest.mark.usefixtures("db")
PERSON = {"HTTP_ACCEPT": "text/html,application/xhtml+xml"}


@pytest.mark.parametrize(("path", "chinese", "english"), [
    ("/about/", "不产生任何法律后果", "nothing has legal effect"),
    ("/accessibility/", "还没有做到或者没有测试的", "What was not tested"),
])  # fmt: skip
def test_pages_about_the_site_are_complete_in_both_languages(
    client: Client, path: str, chinese: str, english: str
) -> None:
    assert chinese in read(client.get(path, {"lang": "zh-hans"}).content).text
    page = read(client.get(path, {"lang": "en"}).content)
    assert english in page.text
    assert [words for tongue, words in page.pieces if tongue == "en" and CHINESE.search(words)] == []


def test_the_page_about_the_platform_names_what_it_rests_on_and_how_to_check_the_log(client: Client) -> None:
    page = read(client.get("/about/?lang=en").content)
    assert "/law/mail4/81/#mail4-81-1-4" in page.links
    assert "/log/" in page.links


@pytest.mark.parametrize(("lang", "words"), [("zh-hans", "没有这个页面"), ("en", "There is no such page")])
def test_what_is_not_there_is_said_inside_the_shell(client: Client, lang: str, words: str) -> None:
    response = client.get("/nothing/at/all", {"lang": lang})
    assert response.status_code == 404
    page = read(response.content)
    assert words in page.text
    assert "/procedures/" in page.links


@pytest.mark.parametrize(("lang", "words"), [("zh-hans", "没有权限"), ("en", "This is not open to you")])
def test_a_person_whom_the_gate_refuses_reads_why_and_it_is_still_a_refusal(
    client: Client, lang: str, words: str
) -> None:
    client.force_login(account())
    response = client.get("/desk/", {"lang": lang}, **PERSON)
    assert isinstance(response, RefusedResponse)
    assert response.status_code == 403
    assert words in read(response.content).text
    assert client.get("/desk/").content == b""


def test_a_method_that_a_page_does_not_take_is_told_to_people_and_programs(client: Client) -> None:
    response = client.post("/about/?lang=en", **PERSON)
    assert response.status_code == 405
    assert response["Allow"] == "GET"
    assert "This cannot be done here" in read(response.content).text
    assert client.post("/about/").content == b""


@pytest.mark.parametrize(("lang", "words"), [("zh-hans", "表单已经失效"), ("en", "The form is no longer valid")])
def test_a_form_without_its_mark_is_not_taken_and_that_is_explained(lang: str, words: str) -> None:
    response = Client(enforce_csrf_checks=True).post(f"/account/login/?lang={lang}", {"login": "a@b.example"})
    assert response.status_code == 403
    assert words in read(response.content).text


@pytest.mark.parametrize(("lang", "words"), [("zh-hans", "系统出了故障"), ("en", "Something is wrong on our side")])
def test_a_fault_is_told_without_asking_the_database(
    client: Client,
    lang: str,
    words: str,
    monkeypatch: pytest.MonkeyPatch,
    django_queries: Callable[[], list[str]],
) -> None:
    def broken() -> None:
        raise RuntimeError("secret of the program")

    client.force_login(account())
    monkeypatch.setattr("guiju.portal.reader.procedure_words.types", broken)
    before = len(django_queries())
    response = client.get("/procedures/", {"lang": lang})
    assert response.status_code == 500
    assert words in read(response.content).text
    assert b"secret of the program" not in response.content
    assert django_queries()[before:] == []


@pytest.mark.parametrize(
    ("lang", "words"), [("zh-hans", "无法处理这个请求"), ("en", "This request cannot be dealt with")]
)
def test_a_request_that_cannot_be_trusted_is_answered_without_using_it(
    client: Client, lang: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def suspicious() -> None:
        raise SuspiciousOperation("no")

    monkeypatch.setattr("guiju.portal.reader.procedure_words.types", suspicious)
    response = client.get("/procedures/", {"lang": lang})
    assert response.status_code == 400
    assert words in read(response.content).text


def test_a_host_that_is_not_ours_is_refused_with_a_page(client: Client) -> None:
    response = client.get("/about/", headers={"host": "elsewhere.example"})
    assert response.status_code == 400
    assert b"elsewhere" not in response.content


def test_robots_are_kept_from_what_is_behind_a_log_in_and_from_nothing_public(client: Client) -> None:
    text = client.get("/robots.txt").content.decode()
    assert "Disallow: /desk/" in text
    assert "Disallow: /law/" not in text


def test_security_txt_is_there_only_where_an_address_is_configured(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.conf import settings

    assert client.get("/.well-known/security.txt").status_code == 404
    monkeypatch.setattr(settings, "SECURITY_CONTACT", "security@portal.example")
    text = client.get("/.well-known/security.txt").content.decode()
    assert "Contact: mailto:security@portal.example\n" in text
    expires = next(line for line in text.splitlines() if line.startswith("Expires: ")).removeprefix("Expires: ")
    assert dt.datetime.fromisoformat(expires) > dt.datetime.now(dt.UTC)
