"""An entry: what it says and means, what changed when, and proof of it that holds far from this site."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from guiju.cli import main
from guiju.ledger.canonical import canonical_json
from guiju.ledger.keys import VerifierKey
from guiju.ledger.proof_file import InclusionProof, verify_proof
from guiju.portal.cases.acting import Done, carry_out
from guiju.portal.lookup.pictures import qr_svg
from guiju.portal.lookup.shapes import arguments
from guiju.portal.registers.models import Entry
from tests.portal.people import ZHEJIANG, actor, official
from tests.portal.registered import FILINGS, LICENCES, MONDAY, filed, registered, written

pytestmark = pytest.mark.usefixtures("db")
GOLDEN = Path(__file__).parent / "golden" / "register_entry.json"
ENDED = dt.date(2026, 11, 2)


def place(entry: Entry, route: str = "entry", **more: Any) -> str:
    return reverse(route, kwargs={**arguments(entry), **more})


def page(client: Client, entry: Entry, lang: str = "zh-hans", **asked: str) -> str:
    response = client.get(place(entry), {"lang": lang, **asked})
    assert response.status_code == 200
    return str(response.content.decode())


def twin(client: Client, entry: Entry) -> dict[str, Any]:
    found: dict[str, Any] = client.get(place(entry, "entry_json")).json()
    return found


def cancelled() -> Entry:
    one = registered(service_name="星河问答", provider_name="星河智能")
    values = {"decision": "第1号", "decided_on": "2026-11-01"}
    done = carry_out(actor(official(ZHEJIANG)), one.case.number, "enter_cancellation", values, seen=2, today=ENDED)
    assert isinstance(done, Done), done
    one.refresh_from_db()
    return one


def test_the_page_says_what_is_registered_and_what_that_does_not_mean_in_both_languages(client: Client) -> None:
    one = registered(service_name="星河问答")
    for lang, said in (
        ("zh-hans", ("已备案", "备案不是许可", "备案现行有效", "第六十七条", "版本历史", "存证")),
        ("en", ("Registered", "It is no licence", "The filing stands", "Article 67", "History", "Evidence")),
    ):
        shown = page(client, one, lang)
        assert all(words in shown for words in (*said, one.number, "星河问答"))


def test_what_has_ended_says_so_first_and_has_no_badge(client: Client) -> None:
    one = cancelled()
    shown = page(client, one)
    assert "依职权注销" in shown
    assert "mail4:99.3" in shown
    assert client.get(place(one, "entry_badge")).status_code == 404
    assert client.get(place(one, "entry_badge_picture")).status_code == 404
    assert twin(client, one)["stands"] == "ended"


def test_each_version_says_what_changed_by_which_act_on_which_day(client: Client) -> None:
    one = cancelled()
    first, second = twin(client, one)["history"]
    assert (first["act"], first["on"], first["status"]) == ("register", "2026-09-28", "registered")
    assert (second["act"], second["on"], second["status"]) == ("enter_cancellation", "2026-11-02", "cancelled")
    assert second["by"] == {"zh": "浙江省人工智能主管机关", "en": "AI authority of Zhejiang"}
    assert "Status: Registered → Cancelled ex officio" in page(client, one, "en").replace("status:", "Status:")


def test_an_earlier_version_is_shown_as_what_it_was_and_called_so(client: Client) -> None:
    one = cancelled()
    assert "备案终结日期" in page(client, one).partition('id="history"')[0]
    then = page(client, one, version="1").partition('id="history"')[0]
    assert "备案终结日期" not in then
    assert "这是第 1 版（2026-09-28），不是现状" in then
    for wrong in ("0", "3", "-1", "x", "1.0", "9" * 5000, "٣"):
        assert client.get(place(one), {"version": wrong}).status_code == 404


def test_a_hundred_versions_are_shown_page_by_page_with_the_same_few_questions(
    client: Client, django_queries: Callable[[], list[str]]
) -> None:
    case = filed()
    for number in range(1, 101):
        one = written(case, "F-1", how="write" if number == 1 else "update", service_name=f"星河 {number}")
    before = len(django_queries())
    newest = page(client, one)
    asked = len(django_queries()) - before
    assert asked <= 15
    assert "星河 99 → 星河 100" in newest
    assert "星河 1 → 星河 2" in page(client, one, page="5")
    before = len(django_queries())
    assert len(twin(client, one)["history"]) == 100
    assert len(django_queries()) - before <= 15


def test_the_json_twin_has_the_shape_that_was_promised(client: Client) -> None:
    one = cancelled()
    shape = json.loads(GOLDEN.read_text("utf-8"))
    assert twin(client, one) == shape


def test_the_twin_may_be_read_from_any_site_and_bears_no_cookie(client: Client) -> None:
    response = client.get(place(registered(), "entry_json"))
    assert response["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in response
    assert "Cookie" not in response["Vary"]
    assert not response.cookies


def test_a_proof_holds_far_from_here_and_is_about_what_the_entry_says(
    client: Client, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one = cancelled()
    content = twin(client, one)
    for version in content["history"]:
        proof = client.get(version["evidence"]["proof"].removeprefix("http://testserver")).json()
        parsed = InclusionProof.parse(proof["tlog_proof"])
        assert verify_proof(parsed, VerifierKey.parse(proof["log_key"])) == []
        assert parsed.index == proof["index"] == version["evidence"]["index"]
        logged = proof["event"]["entries"]
        said = {name: content[name] for name in ("register", "number")}
        said |= {"status": version["status"], "fields": version["fields"]}
        digest = hashlib.sha256(canonical_json(said)).hexdigest()
        assert digest == version["sha256"]
        assert logged == [{"register": FILINGS, "number": one.number, "version": version["version"], "sha256": digest}]
    file = tmp_path / "proof"
    file.write_bytes(client.get(place(one, "entry_proof", version=2, form="tlog-proof")).content)
    assert main(["ledger", "verify", str(file), "--key", proof["log_key"]]) == 0
    assert '"act":"enter_cancellation"' in capsys.readouterr().out


def test_a_proof_says_nothing_of_what_the_parties_wrote_elsewhere(client: Client) -> None:
    one = registered(service_forms=["geheime Form"], contact="geheime Adresse")
    shown = client.get(place(one, "entry_proof", version=1, form="json")).content.decode()
    assert "geheim" not in shown
    assert "geheim" not in page(client, one) + json.dumps(twin(client, one), ensure_ascii=False)


def test_a_version_whose_event_the_log_does_not_hold_has_no_proof(client: Client) -> None:
    one = written(filed(), "F-1")
    assert twin(client, one)["history"][0]["evidence"] is None
    assert client.get(place(one, "entry_proof", version=1, form="json")).status_code == 404
    for version, form in ((2, "json"), (10**30, "json")):
        assert client.get(place(one, "entry_proof", version=version, form=form)).status_code == 404
    assert client.get(place(registered(), "entry_proof", version=1, form="exe")).status_code == 404


def test_what_is_withdrawn_says_so_and_shows_nothing_more(client: Client) -> None:
    case = filed()
    written(case, "F-1", service_name="星河问答", provider_name="星河智能")
    one = written(case, "F-1", how="withdraw", on=ENDED, service_name="星河问答")
    response = client.get(place(one))
    assert response.status_code == 410
    shown = response.content.decode()
    assert "已撤下" in shown
    assert "2026-11-02" in shown
    content = client.get(place(one, "entry_json"))
    assert content.status_code == 410
    assert content.json()["stands"] == "withdrawn"
    assert "星河" not in shown + content.content.decode()
    for route, more in (
        ("entry_qr", {"form": "svg"}),
        ("entry_proof", {"version": 1, "form": "json"}),
        ("entry_badge", {}),
    ):
        assert client.get(place(one, route, **more)).status_code == 404


def test_a_licence_whose_last_day_is_over_is_not_called_in_force(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.utils import timezone

    one = written(
        filed(), "L-1", register=LICENCES, kind="mail4/licence", status="in_force", licence_expires="2026-10-31"
    )
    for today, stands in ((dt.date(2026, 10, 31), "in_force"), (dt.date(2026, 11, 1), "uncertain")):
        monkeypatch.setattr(timezone, "localdate", lambda day=today: day)
        assert twin(client, one)["stands"] == stands


def test_the_number_after_a_replaced_one_is_named_and_linked(client: Client) -> None:
    case = filed()
    written(case, "F-1")
    written(case, "F-2")
    old = Entry.objects.get(number="F-1")
    assert 'href="/n/F-2"' in page(client, old)
    assert (twin(client, old)["stands"], twin(client, old)["successor"]) == ("replaced", "F-2")


def test_a_number_is_found_in_any_spelling_and_its_page_has_one_address(client: Client) -> None:
    one = registered()
    other = place(one).replace(one.number, one.plain.lower())
    response = client.get(other, {"version": "1"})
    assert (response.status_code, response["Location"]) == (302, f"{place(one)}?version=1")
    slashed = written(filed(), "京/2026/1")
    assert page(client, slashed)


def test_what_is_not_public_and_what_does_not_exist_are_the_same_page(client: Client) -> None:
    hidden = written(
        filed(), "A-1", register="genai/algorithm_filings", kind="genai/filing", status="filed", service_name="星河"
    )
    nothing = "A-2"
    for route in ("entry", "entry_json", "entry_badge", "entry_badge_picture"):
        address = place(hidden, route)
        shown, missing = client.get(address), client.get(address.replace("A-1", nothing))
        # The page names its own address, for the language switch; nothing else may differ.
        assert (shown.status_code, shown.content.replace(b"A-1", b"A-2")) == (404, missing.content)
    law, register = "nolaw", "x" * 5000
    assert client.get(f"/registers/{law}/{register}/{'9' * 5000}/").status_code == 404


def test_the_code_and_the_badge_lead_to_the_check_of_this_number_and_name_no_status(client: Client) -> None:
    one = registered(service_name="<b>星河</b>")
    leads_to = f"http://testserver/n/{one.plain}"
    assert client.get(place(one, "entry_qr", form="svg")).content == qr_svg(leads_to)
    assert client.get(place(one, "entry_qr", form="png")).content.startswith(b"\x89PNG")
    assert client.get(place(one, "entry_qr", form="gif")).status_code == 404
    badge = client.get(place(one, "entry_badge_picture"))
    drawn = badge.content.decode()
    assert badge["Content-Type"] == "image/svg+xml"
    assert one.number in drawn
    assert "有效" not in drawn
    assert "style" not in drawn
    assert "script" not in drawn
    for lang in ("zh-hans", "en"):
        assert leads_to in client.get(place(one, "entry_badge"), {"lang": lang}).content.decode()


def test_markup_in_an_entry_is_text(client: Client) -> None:
    one = written(filed(), "F-1", service_name="<script>alert(1)</script>", content_to_publish='"><img src=x>')
    for shown in (page(client, one), client.get("/n/F-1").content.decode(), client.get("/registers/").content.decode()):
        assert "<script>alert" not in shown
        assert "<img src=x>" not in shown


def test_days_of_the_example_are_those_of_the_act() -> None:
    one = registered()
    assert (one.first_on, one.area, one.holder) == (MONDAY, "330000", one.fields["provider_name"])
