"""Steps, acts, messages, references and buttons."""

from __future__ import annotations

import datetime as dt

import pytest

from guiju.bilingual import Bilingual
from guiju.law.address import Address
from guiju.portal.look.components import (
    Act,
    Button,
    Link,
    Notification,
    ProvisionLink,
    Step,
    Stepper,
    Tag,
    Timeline,
    cite,
)
from tests.portal_look.reading import read

STEPS = Stepper(
    label="步骤",
    steps=(
        Step(label="一", state="done", href="/1/"),
        Step(label="二", state="error", note="2 处"),
        Step(label="<三>", state="current"),
        Step(label="四"),
    ),
)


def test_each_step_says_its_state_in_words() -> None:
    words = [one.text for one in read(STEPS).all("span", class_="gj-stepper__state")]
    assert words == ["已完成", "需改正 · 2 处", "当前步骤", "未开始"]


def test_one_step_is_the_current_one() -> None:
    page = read(STEPS)
    assert "<三>" in page.one("li", **{"aria-current": "step"}).text
    assert [one.get("href") for one in page.all("a")] == ["/1/"]


def test_an_act_tells_when_who_what_which_letters_and_why() -> None:
    act = Act(
        when=dt.datetime(2026, 11, 18, 16, 42),
        title="要求<补正>",
        by="备案处",
        tag=Tag(text="等待", kind="paused"),
        letters=(Link(label="补正通知书", href="/letter/1/", note="PDF"),),
        cites=(cite(Address.parse("mail4:44.2")),),
    )
    page = read(Timeline(acts=(act,), level=4))
    assert page.one("h4").text == "要求<补正>"
    assert page.one("time").text == "2026-11-18 16:42"
    assert page.one("time").get("datetime") == "2026-11-18T16:42:00"
    assert page.one("a").get("href") == "/letter/1/"
    assert "第四十四条第二款" in page.text


def test_an_act_of_which_only_the_day_is_known_has_no_hour() -> None:
    page = read(Timeline(acts=(Act(when=dt.date(2026, 11, 18), title="x"),)))
    assert page.one("time").text == page.one("time").get("datetime") == "2026-11-18"


def test_an_hour_elsewhere_is_told_in_the_time_of_the_portal() -> None:
    late = dt.datetime(2026, 11, 18, 17, 30, tzinfo=dt.UTC)
    page = read(Timeline(acts=(Act(when=late, title="x"),)))
    assert page.one("time").text == "2026-11-19 01:30"
    assert dt.datetime.fromisoformat(page.one("time").get("datetime")) == late


def test_a_provision_is_cited_in_the_language_shown(lang: str) -> None:
    title = Bilingual(zh="示范法", en="Model Law")
    page = read(cite(Address.parse("mail4:66.1.2"), title=title, href=lambda one: f"/law/{one}/"))
    wanted = "Article 66, paragraph 1, item (2), Model Law" if lang == "en" else "《示范法》第六十六条第一款第二项"
    assert page.one("a").text == wanted
    assert page.one("a").get("href") == "/law/mail4:66.1.2/"
    assert page.one("code").text == "mail4:66.1.2"


def test_a_provision_that_can_be_read_nowhere_is_no_link() -> None:
    assert not read(ProvisionLink(address="mail4:66.1", words="第六十六条")).all("a")


@pytest.mark.parametrize(
    ("kind", "word"), [("information", "提示"), ("success", "已完成"), ("warning", "请注意"), ("failure", "未能完成")]
)
def test_a_message_says_its_kind(kind: str, word: str) -> None:
    page = read(Notification(id="n", kind=kind, title="<x>", mark="A-1"))  # type: ignore[arg-type]
    assert page.one(class_="gj-notice__kind").text == word
    assert page.one(id=page.one("section").get("aria-labelledby")).text == "<x>"
    assert page.one(class_="gj-notice__mark").text == "A-1"


def test_a_button_sends_and_a_link_leads() -> None:
    assert read(Button(label="发送", name="act", value="send")).one("button").get("value") == "send"
    assert read(Button(label="发送")).one("button").get("type") == "submit"
    assert read(Button(label="打开", href='/a/?x="')).one("a").get("href") == '/a/?x="'
