"""`guiju ledger` as a person uses it: what it prints, what it writes, how it ends."""

from __future__ import annotations

import io
import json
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from guiju.cli import main
from guiju.ledger.keys import WITNESS, SigningKey
from tests.ledger.authority import make_authority
from tests.ledger.test_log import tamper

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    monkeypatch.chdir(tmp_path)

    def ran(*words: str, stdin: str = "") -> tuple[int, str, str]:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(stdin.encode())))
        status = main(["ledger", *words])
        out, err = capsys.readouterr()
        return status, out, err

    return ran


@pytest.fixture
def log(run: Run) -> Run:
    """A log with three events: of the first, a member is personal."""
    assert run("init", "log.db", "--name", "guiju.example/log")[0] == 0
    assert run("append", "log.db", "--personal", "who", stdin='{"act":"filed","who":"李四"}\n')[0] == 0
    assert run("append", "log.db", stdin='{"act":"accepted"}\n\n{"act":"registered"}\n')[0] == 0
    return run


def test_init_makes_log_private_key_and_public_key(run: Run, tmp_path: Path) -> None:
    status, out, _ = run("init", "log.db", "--name", "guiju.example/log")
    assert status == 0
    public = (tmp_path / "log.db.pub").read_text()
    assert out.endswith(public)
    assert public.startswith("guiju.example/log+")
    assert (tmp_path / "log.db.key").stat().st_mode & 0o777 == 0o600
    assert "PRIVATE" not in out
    assert run("init", "log.db", "--name", "guiju.example/log")[::2] == (2, "error: L131: log.db exists already\n")
    assert run("init", "b.db", "--name", "other.example", "--key", "log.db.key")[::2] == (
        2,
        "error: L117: the key in log.db.key is of guiju.example/log, not other.example\n",
    )


def test_append_says_where_the_events_came_to_stand(log: Run) -> None:
    status, out, _ = log("append", "log.db", "--lang", "zh", stdin='{"a":1}\n{"a":2}\n')
    assert status == 0
    assert out.startswith("已入册：第 3 号至第 4 号；共 5 个事件，根哈希 ")
    shown = json.loads(log("append", "log.db", "--format", "json", stdin='{"a":1}')[1])
    assert (shown["first"], shown["last"], shown["size"]) == (5, 5, 6)
    assert log("append", "log.db", stdin="\n")[:2] == (0, "no events to append\n")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"a":1}\n{"a":NaN}', "error: L104: line 2: NaN is not a JSON number\n"),
        ("[1]", "error: L100: line 1: not a JSON object\n"),
        ('{"a":1}\n2', "error: L100: line 2: not a JSON object\n"),
    ],
)
def test_a_bad_line_is_named_and_nothing_is_appended(log: Run, tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "events").write_text(text)
    assert log("append", "log.db", "events") == (2, "", f"nothing was appended\n{message}")
    assert json.loads(log("checkpoint", "log.db", "--format", "json")[1])["size"] == 3


def test_of_a_long_input_it_is_said_what_is_in_the_log_when_the_rest_is_refused(
    log: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("guiju.cli.ledger.TOGETHER", 3)
    (tmp_path / "events").write_text("\n\n".join([*(f'{{"n":{number}}}' for number in range(7)), "x"]))
    status, out, err = log("append", "log.db", "events")
    assert (status, out) == (2, "")
    assert err.startswith(
        "of this input, what stands at 3 to 8 is in the log; the rest is not\nerror: L101: line 15: not JSON: "
    )
    assert json.loads(log("checkpoint", "log.db", "--format", "json")[1])["size"] == 9


def test_a_personal_member_that_is_missing_is_refused(log: Run) -> None:
    status, _, err = log("append", "log.db", "--personal", "who", "--lang", "zh", stdin='{"a":1}')
    assert (status, err) == (2, "未写入任何事件\n错误：L108：第 1 行：“who”应存于日志之外，但事件中没有该项\n")


def test_a_proof_verifies_with_the_public_key_alone(log: Run, tmp_path: Path) -> None:
    assert log("prove", "log.db", "1", "--output", "proof")[0] == 0
    public = (tmp_path / "log.db.pub").read_text().strip()
    for file in ("log.db", "log.db.key"):
        (tmp_path / file).unlink()
    expected = 'holds: this is event 1 of guiju.example/log\n{"act":"accepted"}\n'
    assert log("verify", "proof", "--key", public)[:2] == (0, expected)
    forged = (tmp_path / "proof").read_text().replace("index 1", "index 2")
    (tmp_path / "proof").write_text(forged)
    assert log("verify", "proof", "--key", public)[:2] == (1, "V210: the proof does not show this event at 2 among 3\n")


def test_a_damaged_log_hands_out_no_proof_that_does_not_hold(log: Run, tmp_path: Path) -> None:
    (tmp_path / "many").write_text("\n".join(f'{{"n":{number}}}' for number in range(600)))
    log("append", "log.db", "many")
    tamper(tmp_path / "log.db", "UPDATE tile SET nodes = zeroblob(length(nodes)) WHERE level = 0 AND number = 0")
    assert log("prove", "log.db", "1")[::2] == (
        2,
        "error: L136: log.db is damaged: what it holds of event 1 does not lead to the signed root\n",
    )
    assert log("prove", "log.db", "2", "--lang", "zh")[2].startswith("错误：L136：log.db 已损坏：所存第 2 号事件")
    assert log("prove", "log.db", "600")[0] == 0


def test_a_disclosure_is_checked_against_the_proof(log: Run, tmp_path: Path) -> None:
    log("prove", "log.db", "0", "--output", "proof")
    (tmp_path / "opening").write_text(log("disclose", "log.db", "0")[1])
    status, out, _ = log("verify", "proof", "--key", "log.db.pub", "--opening", "opening")
    assert status == 0
    assert out.endswith('\ndisclosed, as committed to: who = "李四"\n')
    (tmp_path / "opening").write_text((tmp_path / "opening").read_text().replace("李四", "李五"))
    status, out, _ = log("verify", "proof", "--key", "log.db.pub", "--opening", "opening", "--lang", "zh")
    assert (status, out) == (1, "V211：所出示的“who”与第 0 号事件的承诺值不符\n")


def test_growth_is_proven_from_an_earlier_checkpoint(log: Run) -> None:
    log("checkpoint", "log.db", "--output", "kept")
    log("append", "log.db", stdin='{"act":"more"}')
    log("prove", "log.db", "--since", "3", "--output", "proof")
    status, out, _ = log("verify", "proof", "--key", "log.db.pub", "--earlier", "kept")
    assert (status, out) == (0, "holds: the log only grew since its first 3 events\n")
    assert log("verify", "proof", "--key", "log.db.pub")[0] == 2


def test_a_checkpoint_alone_is_verified_by_its_signature(log: Run) -> None:
    log("checkpoint", "log.db", "--output", "kept")
    assert log("verify", "kept", "--key", "log.db.pub")[:2] == (
        0,
        "holds: guiju.example/log signed this checkpoint of 3 events\n",
    )
    log("init", "other.db", "--name", "guiju.example/log")
    assert log("verify", "kept", "--key", "other.db.pub", "--lang", "zh")[:2] == (
        1,
        "V208：checkpoint：日志密钥（或所要求的见证人）的签名缺失或无效\n",
    )


def test_a_witness_is_demanded_of_everything_that_is_verified(log: Run) -> None:
    witness = str(SigningKey.generate("witness.example", WITNESS).verifier)
    log("checkpoint", "log.db", "--output", "kept")
    log("prove", "log.db", "1", "--output", "proof")
    log("prove", "log.db", "--since", "3", "--output", "growth")
    log("export", "log.db", "out")
    for words in (("kept",), ("proof",), ("growth", "--earlier", "kept"), ("out",)):
        assert log("verify", *words, "--key", "log.db.pub")[0] == 0
        status, out, _ = log("verify", *words, "--key", "log.db.pub", "--witness", witness)
        assert status == 1
        assert out.startswith("V208: ")


def test_an_export_verifies_and_an_edit_is_named(log: Run, tmp_path: Path) -> None:
    log("checkpoint", "log.db", "--output", "kept")
    assert log("export", "log.db", "out")[:2] == (0, "out: 3 events, 3 files written\n")
    verify = ("verify", "out", "--key", "log.db.pub", "--earlier", "kept")
    assert log(*verify)[:2] == (0, "holds: 3 events, 3 read\n")
    bundle = tmp_path / "out/tile/entries/000.p/3"
    bundle.write_bytes(bundle.read_bytes().replace(b"accepted", b"rejected"))
    status, out, _ = log(*verify)
    assert status == 1
    assert out == "V201: event 1 is not the one that was logged\ndoes not hold: 1 found; checkpoint of 3 events\n"
    shown = json.loads(log(*verify, "--format", "json")[1])
    assert [finding["code"] for finding in shown["findings"]] == ["V201"]
    assert shown["holds"] is False


def test_erasing_is_told_and_keeps_the_export_valid(log: Run) -> None:
    assert log("erase", "log.db", "0")[:2] == (0, "event 0: erased who; proofs stay valid\n")
    assert log("erase", "log.db", "0")[:2] == (0, "event 0: there is nothing to erase\n")
    assert log("disclose", "log.db", "0")[:2] == (0, "[]\n")
    assert log("erase", "log.db", "3")[::2] == (2, "error: L140: no event 3 among 3\n")
    log("export", "log.db", "out")
    assert log("verify", "out", "--key", "log.db.pub")[0] == 0


def test_pruning_is_told_and_must_be_agreed_to(log: Run, tmp_path: Path) -> None:
    (tmp_path / "many").write_text("\n".join(f'{{"n":{number}}}' for number in range(600)))
    log("append", "log.db", "many")
    assert log("prune", "log.db", "--before", "300")[1] == (
        "the first event kept is 256; hashes before it stay\n"
        "(only whole tiles of 256 events are forgotten, and never the last event)\n"
    )
    log("export", "log.db", "out")
    assert log("verify", "out", "--key", "log.db.pub")[:2] == (
        1,
        "V209: events 0 to 255 are missing; if retention removed them, say so: --minimum 256\n"
        "does not hold: 1 found; checkpoint of 603 events\n",
    )
    assert log("verify", "out", "--key", "log.db.pub", "--minimum", "256")[:2] == (
        0,
        "holds: 603 events, 347 read, 256 by their hashes alone\n",
    )


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("checkpoint", "missing.db"), "L113"),
        (("prove", "missing.db", "0"), "L130"),
        (("prove", "log.db"), "L143"),
        (("prove", "log.db", "0", "--since", "1"), "L143"),
        (("prove", "log.db", "--since", "4"), "L141"),
        (("append", "log.db", "missing"), "L137"),
        (("verify", "missing", "--key", "log.db.pub"), "L155"),
        (("verify", "log.db.pub", "--key", "log.db.pub"), "L122"),
        (("verify", "log.db", "--key", "log.db.pub"), "L122"),
        (("verify", ".", "--key", "log.db.pub"), "L154"),
        (("verify", ".", "--key", "nonsense"), "L110"),
        (("verify", ".", "--key", "log.db.key"), "L110"),
        (("verify", ".", "--key", "log.db.pub", "--opening", "x"), "L126"),
        (("verify", "kept", "--key", "log.db.pub", "--earlier", "x"), "L126"),
        (("verify", "proof", "--key", "log.db.pub", "--earlier", "kept"), "L126"),
        (("init", "log.db", "--name", "x.example", "--key", "new.key"), "L131"),
        (("export", "log.db", "."), "L150"),
        (("timestamp", "log.db.pub", "--request", "q"), "L120"),
        (("init", "missing/log.db", "--name", "x.example"), "L118"),
        (("init", "missing/log.db", "--name", "guiju.example/log", "--key", "log.db.key"), "L132"),
        (("checkpoint", "log.db", "--output", "missing/file"), "L138"),
        (("export", "log.db", "log.db/out"), "L156"),
    ],
)
def test_what_cannot_be_done_is_said_with_a_code_and_status_2(log: Run, words: tuple[str, ...], code: str) -> None:
    log("checkpoint", "log.db", "--output", "kept")
    log("prove", "log.db", "1", "--output", "proof")
    status, out, err = log(*words)
    assert (status, out) == (2, "")
    assert err.splitlines()[-1].startswith(f"error: {code}: ")


@contextmanager
def served(answer: Callable[[bytes], bytes]) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            assert self.headers["Content-Type"] == "application/timestamp-query"
            content = answer(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(200)
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()
            thread.join()


@pytest.mark.skipif(shutil.which("openssl") is None, reason="needs openssl for the authority: apt-get install openssl")
def test_a_checkpoint_is_time_stamped_over_http_and_checked_again(log: Run, tmp_path: Path) -> None:
    (tmp_path / "tsa").mkdir()
    authority = make_authority(tmp_path / "tsa")
    log("checkpoint", "log.db", "--output", "kept")
    with served(authority.answer) as url:
        status, out, err = log("timestamp", "kept", "--url", url, "--roots", "tsa/root.pem")
    assert (status, err) == (0, "-> kept.tsr\n")
    assert out.startswith("holds: the checkpoint existed at 20")
    again = log("timestamp", "kept", "--response", "kept.tsr", "--roots", "tsa/root.pem")
    assert again[:2] == (0, out)
    log("append", "log.db", stdin='{"a":1}')
    log("checkpoint", "log.db", "--output", "kept")
    status, out, _ = log("timestamp", "kept", "--response", "kept.tsr", "--roots", "tsa/root.pem")
    assert status == 1
    assert out.startswith("L161: not a valid time-stamp of this checkpoint")


def test_a_request_can_be_carried_by_hand(log: Run, tmp_path: Path) -> None:
    log("checkpoint", "log.db", "--output", "kept")
    assert log("timestamp", "kept", "--request", "kept.tsq")[0] == 0
    assert (tmp_path / "kept.tsq").read_bytes().startswith(b"\x30")
    assert log("timestamp", "kept")[0] == 2
