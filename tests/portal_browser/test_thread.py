"""The thread of a filing, in Chromium: with scripts, without them, with the keyboard alone; in both languages.

An organisation files; the authority asks for a supplement; the organisation supplies it; the authority registers; the
public checks the number. Beside it stands a case that is late.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from tests.portal_browser.conftest import Visitor

pytestmark = pytest.mark.browser
FILER, REVIEWER, HEAD = "lin_fan", "wu_ping", "guo_rui"
FILING = {
    "registered_users": "37000",
    "users_exceeded_10k-year": "2026", "users_exceeded_10k-month": "11", "users_exceeded_10k-day": "16",
    "province": "浙江省",
    "provider_name": "小满科技", "contact": "hello@xiaoman.example.cn", "service_name": "小满助手",
    "service_forms-0": "app", "fields_of_use-0": "office work", "algorithm_types-0": "generation",
}  # fmt: skip
REPORT = {"name": "report.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4\n%%EOF\n"}
NUMBER = re.compile(r"[CF]-[\d-]+-\w\b")
Making = Callable[..., Visitor]


def organisation_of(one: Visitor) -> str:
    found = re.search(r"/organisations/\d+/", one.page.url)
    assert found is not None, one.page.url
    return found[0]


def press(one: Visitor, name: str, value: str) -> None:
    one.page.locator(f'button.gj-button[name="{name}"][value="{value}"]:visible').click()
    one.page.wait_for_load_state()


def send(one: Visitor) -> None:
    """Check what was entered, and send it."""
    if one.page.locator('button.gj-button[name="_go"][value="check"]:visible').count():
        press(one, "_go", "check")
    for box in one.page.locator('main form input[type="checkbox"]:visible').all():
        box.check()
    one.page.locator("main form button.gj-button:visible").first.click()
    one.page.wait_for_load_state()


def begin(one: Visitor) -> None:
    """Open the form of a filing without naming a system."""
    one.goto(organisation_of(one))
    one.goto(f"{organisation_of(one)}file/mail4/filing/")
    boxes = one.page.locator('main input[name="system"]')
    if boxes.count():
        boxes.last.check()
        one.page.locator("main form button[type=submit]:visible").first.click()
        one.page.wait_for_load_state()


def fill(one: Visitor, *, without: tuple[str, ...] = ()) -> None:
    one.page.check('input[name="on_negative_list"][value="no"]')
    for name, value in FILING.items():
        if name not in without:
            one.page.fill(f'[name="{name}"]', value)
    if "content_to_publish" not in without:
        one.page.fill('[name="content_to_publish"]', "name, service, use")
    one.page.set_input_files('[name="self_assessment_report"]', REPORT)


def act(one: Visitor, number: str, name: str) -> None:
    one.goto(f"/cases/{number}/")
    one.page.locator(f'main a[href*="/acts/{name}/"]:visible').first.click()
    one.page.wait_for_load_state()


def filed(one: Visitor, **how: Any) -> str:
    begin(one)
    fill(one, **how)
    send(one)
    found = NUMBER.search(one.page.url)
    assert found is not None, one.page.inner_text("main")[:500]
    return found[0]


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_from_filing_over_a_supplement_to_a_number_that_everybody_can_check(
    visitor: Making, language: str, *, scripts: bool
) -> None:
    filer, reviewer, citizen = (visitor(language, java_script_enabled=scripts) for _ in range(3))
    filer.log_in(FILER)
    reviewer.log_in(REVIEWER)

    number = filed(filer, without=("content_to_publish",))
    assert number in filer.page.inner_text("main")

    reviewer.goto("/desk/")
    assert number in reviewer.page.inner_text("main")
    act(reviewer, number, "ask_for_supplement")
    assert reviewer.page.locator('#filling input[name="missing_from_the_list"]:checked').count() == 1
    send(reviewer)

    act(filer, number, "supplement")
    filer.page.fill('[name="content_to_publish"]', "name, service, use")
    send(filer)

    act(reviewer, number, "register")
    send(reviewer)
    registered = {one for one in NUMBER.findall(reviewer.page.inner_text("main")) if one.startswith("F-")}
    assert len(registered) == 1, reviewer.page.inner_text("main")[:800]

    citizen.goto("/")
    citizen.page.fill('main [name="number"]', registered.pop().lower())
    citizen.page.locator('main form:has([name="number"]) button').click()
    citizen.page.wait_for_load_state()
    assert "小满助手" in citizen.page.inner_text("main")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_late_case_says_so_on_the_desk_and_in_its_file(visitor: Making, language: str) -> None:
    one = visitor(language)
    one.log_in(HEAD)
    one.goto("/desk/")
    late = {"zh": "已逾期", "en": "Overdue"}[language]
    row = one.page.locator("main table tbody tr", has_text=late).first
    row.get_by_role("link").first.click()
    one.page.wait_for_load_state()
    assert "/cases/" in one.page.url
    assert late in one.page.inner_text("main")


def test_what_was_filled_in_is_saved_as_one_goes(visitor: Making) -> None:
    one = visitor("en")
    one.log_in(FILER)
    begin(one)
    one.page.fill('[name="provider_name"]', "Half a form")
    one.page.locator('[name="provider_name"]').blur()
    one.page.wait_for_function("document.querySelector('#draft-status').innerText.includes('saved')")
    again = visitor("en")
    again.log_in(FILER)
    again.goto(one.page.url.removeprefix(one.site.base))
    assert again.page.input_value('[name="provider_name"]') == "Half a form"


def test_a_session_that_ended_meanwhile_loses_nothing(visitor: Making) -> None:
    one = visitor("en", java_script_enabled=False)
    one.log_in(FILER)
    begin(one)
    fill(one)
    one.context.clear_cookies(name="sessionid")
    press(one, "_go", "check")
    one.page.fill("#id-login", one.site.accounts[FILER])
    one.page.fill("#id-password", one.site.password)
    one.page.locator("main form button[type=submit]").first.click()
    one.page.wait_for_url(re.compile(r"^(?!.*/account/login/)"))
    assert one.page.input_value('[name="service_name"]') == "小满助手"
    assert "report.pdf" in one.page.inner_text("main")


def test_the_thread_begins_with_the_keyboard_alone(visitor: Making) -> None:
    """From the first page to the first question and its answer; then a form, by keys, with its mistakes."""
    one = visitor("en")
    one.goto("/?lang=en")
    one.page.keyboard.press("Tab")
    assert one.page.evaluate("document.activeElement.className") == "gj-skip"
    one.page.keyboard.press("Enter")
    tab_to(one, "main a[href^='/check/']")
    one.page.keyboard.press("Enter")
    one.page.wait_for_url(re.compile("/check/"))
    one.goto("/account/login/?lang=en")
    tab_to(one, "#id-login")
    one.page.keyboard.type(one.site.accounts[FILER])
    one.page.keyboard.press("Tab")
    one.page.keyboard.type(one.site.password)
    one.page.keyboard.press("Enter")
    one.page.wait_for_url(re.compile(r"^(?!.*/account/login/)"))
    begin(one)
    one.page.fill('[name="registered_users"]', "many")
    tab_to(one, 'button.gj-button[name="_go"][value="check"]')
    one.page.keyboard.press("Enter")
    one.page.wait_for_selector("#errors")
    assert one.page.evaluate("document.activeElement.id") == "errors"
    one.page.keyboard.press("Tab")
    one.page.keyboard.press("Enter")
    assert one.page.evaluate("document.activeElement.matches('input, textarea, select')")


def tab_to(one: Visitor, wanted: str) -> None:
    """Press Tab until something is reached, seeing each time where the keyboard is."""
    for _ in range(200):
        one.page.keyboard.press("Tab")
        place = one.page.evaluate(
            """wanted => {
              const at = document.activeElement;
              return [at.matches(wanted), getComputedStyle(at).outlineStyle, getComputedStyle(at).boxShadow];
            }""",
            wanted,
        )
        assert place[1] != "none" or place[2] != "none", "the place of the keyboard is not to be seen"
        if place[0]:
            return
    raise AssertionError(f"no key leads to {wanted}")
