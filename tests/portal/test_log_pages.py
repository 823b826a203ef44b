"""What everybody sees of the log: enough to hold the site to it, and nothing of anybody's case."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from guiju.cli import main
from guiju.ledger.checkpoint import Checkpoint as Statement
from guiju.ledger.proof_file import InclusionProof
from guiju.ledger.tiles import tile_levels, tile_path, widths
from guiju.ledger.tree import HASH_SIZE, Edge
from guiju.portal.evidence.checkpoints import publish_checkpoint
from guiju.portal.evidence.models import Checkpoint
from guiju.portal.evidence.opening import open_log, open_log_for_writing
from guiju.portal.lookup.shapes import arguments
from tests.ledger.test_log import events
from tests.portal.reading import read
from tests.portal.registered import filed, registered
from tests.portal.rewriting import rewrite

pytestmark = pytest.mark.usefixtures("db")
FILES = ("/log/checkpoint", "/log/checkpoints.json", "/log/key")


def published(number: int) -> Checkpoint:
    """Log so many events, and publish a checkpoint without waiting for it."""
    with open_log_for_writing() as log:
        log.append_many(events(number, log.size))
        log.checkpoint()
    found = Checkpoint.objects.order_by("size").last()
    assert found
    return found


def saved(client: Client, address: str, path: Path) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    path.write_bytes(response.content)
    return str(path)


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("zh-hans", ("最新的检查点", "指纹", "只公布哈希", "不能发现", "guiju ledger verify")),
        ("en", ("The latest checkpoint", "Fingerprint", "Only hashes", "It does not show", "guiju ledger verify")),
    ],
)
def test_the_page_says_what_the_log_is_how_to_check_it_and_what_that_does_not_show(
    client: Client, lang: str, words: tuple[str, ...]
) -> None:
    one = published(3)
    page = read(client.get("/log/", {"lang": lang}).content)
    for said in (*words, *one.note.strip().split("\n")):
        assert said in page.text
    fingerprint = sha256(client.get("/log/key").content).hexdigest()
    assert fingerprint in page.text.replace(" ", "")
    assert {"/log/key", "/log/checkpoint", "/log/checkpoint/3", "/log/checkpoints.json"} <= set(page.links)


def test_as_long_as_nothing_is_logged_the_page_says_so_and_the_files_are_not_there(client: Client) -> None:
    assert "还没有检查点" in client.get("/log/").content.decode()
    for address in ("/log/checkpoint", "/log/checkpoint/0", "/log/growth/0.json", "/log/growth/1.json"):
        assert client.get(address).status_code == 404
    assert client.get("/log/checkpoints.json").json()["checkpoints"] == []
    assert client.get("/log/key").status_code == 200


def test_what_somebody_saved_today_can_be_checked_tomorrow_with_the_commands_of_the_page(
    client: Client, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    published(300)
    key = saved(client, "/log/key", tmp_path / "log.pub")
    today = saved(client, "/log/checkpoint", tmp_path / "today.checkpoint")
    assert main(["ledger", "verify", today, "--key", key]) == 0
    published(400)
    growth = saved(client, "/log/growth/300.json", tmp_path / "growth.json")
    assert main(["ledger", "verify", growth, "--key", key, "--earlier", today]) == 0
    assert "the log only grew since its first 300 events" in capsys.readouterr().out
    rewrite(lambda before: [*before[:7], {"act": "something else"}, *before[8:]])
    Checkpoint.objects.all().delete()
    published(1)
    growth = saved(client, "/log/growth/300.json", tmp_path / "growth.json")
    assert main(["ledger", "verify", growth, "--key", key, "--earlier", today]) == 1
    assert "V204" in capsys.readouterr().out


def test_the_operator_holds_the_log_against_a_checkpoint_that_somebody_else_kept(
    client: Client, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one = registered()
    publish_checkpoint()
    kept = saved(client, "/log/checkpoint", tmp_path / "kept")
    assert main(["portal", "verify", "--checkpoint", kept]) == 0
    assert capsys.readouterr().out == ""
    rewrite(lambda before: [before[0], {**before[1], "on": "2026-09-25"}])
    assert main(["portal", "verify"]) == 1
    assert "V204: history was rewritten" in capsys.readouterr().out
    Checkpoint.objects.all().delete()
    assert main(["portal", "verify"]) == 0
    assert main(["portal", "verify", "--checkpoint", kept, "--lang", "zh"]) == 1
    assert "V204：历史被改写" in capsys.readouterr().out
    assert one.case.number


def test_what_is_no_checkpoint_is_refused_with_what_to_give(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "no").write_text("no checkpoint")
    for name in ("no", "missing"):
        assert main(["portal", "verify", "--checkpoint", str(tmp_path / name)]) == 2
        assert "error: " in capsys.readouterr().err


def test_an_entrys_proof_ends_with_the_checkpoint_that_everybody_can_look_up(client: Client) -> None:
    one = registered()
    address = reverse("entry_proof", kwargs={**arguments(one), "version": 1, "form": "tlog-proof"})
    twin = reverse("entry_proof", kwargs={**arguments(one), "version": 1, "form": "json"})
    assert client.get(twin).json()["published"] is False
    publish_checkpoint()
    published(5)
    proof = InclusionProof.parse(client.get(address).content.decode())
    size = Statement.parse(proof.note).size
    assert (
        client.get(f"/log/checkpoint/{size}").content.decode()
        == proof.note
        == client.get("/log/checkpoint").content.decode()
    )
    assert client.get(twin).json()["published"] is True
    assert "/log/" in read(client.get(reverse("entry", kwargs=arguments(one))).content).links


def test_the_tiles_give_the_root_that_the_checkpoint_signs(client: Client) -> None:
    size = published(700).size
    published(80_000 // 1000)
    edge = Edge()
    for number, width in widths(size):
        content = client.get(f"/log/{tile_path(0, number, width)}").content
        edge.extend([content[place : place + HASH_SIZE] for place in range(0, len(content), HASH_SIZE)])
    assert edge.root() == Statement.parse(client.get(f"/log/checkpoint/{size}").content).root
    for level in range(1, tile_levels(size)):
        for number, width in widths(size, level):
            content = client.get(f"/log/{tile_path(level, number, width)}").content
            assert content == b"".join(edge.tiles[level].rows[0][:width])


def test_tiles_reach_as_far_as_the_published_checkpoint_and_no_further(client: Client) -> None:
    published(256 + 44)
    with open_log_for_writing() as log:
        log.append_many(events(300, log.size))
    for place, status in (
        ("0/000", 200), ("0/001.p/44", 200), ("0/001.p/45", 404), ("0/001", 404), ("1/000.p/1", 200),
        ("1/000.p/2", 404), ("0/000.p/256", 404), ("0/000.p/0", 404), ("0/x000/000", 404), ("00/000", 404),
        ("0/1", 404), ("0/999", 404), ("63/x999/x999/x999/999.p/1", 404), ("entries/000", 404),
        ("entries/000.p/3", 404), ("0/../../key", 404),
    ):  # fmt: skip
        assert client.get(f"/log/tile/{place}").status_code == status, place


def test_tiles_stay_when_retention_has_removed_the_events(client: Client) -> None:
    published(600)
    before = [client.get(f"/log/tile/{place}").content for place in ("0/000", "0/001.p/7", "1/000.p/2")]
    with open_log_for_writing() as log:
        log.prune(512)
    assert [client.get(f"/log/tile/{place}").content for place in ("0/000", "0/001.p/7", "1/000.p/2")] == before


def test_nothing_of_a_case_is_published(client: Client) -> None:
    case = filed()
    publish_checkpoint()
    event = open_log().event(0).decode()
    addresses = ("/log/", *FILES, "/log/checkpoint/1", "/log/growth/1.json", "/log/tile/0/000.p/1")
    shown = b"\n".join(client.get(one).content for one in addresses)
    for secret in (case.number, json.loads(event)["digest"], "mail4/filing"):
        assert secret.encode() not in shown


def test_former_checkpoints_are_listed_newest_first_page_by_page(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    for day in range(1, 24):
        monkeypatch.setattr(timezone, "now", lambda day=day: dt.datetime(2026, 11, day, 4, tzinfo=dt.UTC))
        published(1)
    page = read(client.get("/log/").content)
    assert "2026-11-23 12:00:00" in page.text
    assert {"/log/checkpoint/23", "/log/checkpoint/4", "/log/?before=4#former"} <= set(page.links)
    assert "/log/checkpoint/3" not in page.links
    older = read(client.get("/log/?before=4").content)
    assert {f"/log/checkpoint/{size}" for size in (1, 2, 3)} <= set(older.links)
    assert "/log/checkpoint/4" not in older.links
    assert "guiju ledger" not in older.text
    twin = client.get("/log/checkpoints.json?before=4").json()
    assert [one["size"] for one in twin["checkpoints"]] == [3, 2, 1]
    assert twin["checkpoints"][0]["published_at"] == "2026-11-03T12:00:00+08:00"
    assert twin["next"] is None
    for wrong in ("x", "-1", "٣"):
        assert client.get("/log/", {"before": wrong}).status_code == 404
    assert client.get("/log/", {"before": "9" * 40}).status_code == 200


@pytest.mark.parametrize("size", [0, 2, 10**30])
def test_a_checkpoint_that_was_never_published_is_not_there(client: Client, size: int) -> None:
    published(3)
    assert client.get(f"/log/checkpoint/{size}").status_code == 404
    assert client.get(f"/log/growth/{size + 4}.json").status_code == 404


def test_everything_may_be_kept_by_caches_and_read_by_other_sites_and_sets_no_cookie(client: Client) -> None:
    published(300)
    for address in ("/log/", *FILES, "/log/checkpoint/300", "/log/growth/2.json", "/log/tile/0/000"):
        response = client.get(address)
        assert response.headers["Cache-Control"].startswith("public, max-age="), address
        assert not response.cookies
        assert response.headers.get("Access-Control-Allow-Origin") == (None if address == "/log/" else "*")
        again = client.get(address, headers={"If-None-Match": response.headers["ETag"]})
        assert again.status_code == 304


def test_pages_and_files_ask_the_database_twice(client: Client, django_queries: Callable[[], list[str]]) -> None:
    published(900)
    published(100)
    for address in (
        "/log/", "/log/?before=1000", *FILES, "/log/checkpoint/900", "/log/tile/0/000", "/log/tile/0/003.p/200",
        "/log/tile/1/000.p/3", "/log/tile/9/000",
    ):  # fmt: skip
        before = len(django_queries())
        client.get(address)
        assert len(django_queries()) - before <= 2, address
