"""Several processes at once, and processes that are killed: nothing is lost, doubled or half there."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from guiju.ledger.keys import SigningKey
from guiju.ledger.log import Ledger
from guiju.ledger.personal import verify_opening
from tests.ledger import naive

TOGETHER = 7


@pytest.fixture
def files(tmp_path: Path, key: SigningKey) -> tuple[Path, Path]:
    path, key_path = tmp_path / "log.db", tmp_path / "log.key"
    key.save(key_path)
    Ledger.create(path, key).close()
    return path, key_path


def appender(files: tuple[Path, Path], name: str, count: int) -> subprocess.Popen[str]:
    program = [sys.executable, "-m", "tests.ledger.appender", *map(str, files), name, str(count), str(TOGETHER)]
    root = Path(__file__).parents[2]
    return subprocess.Popen(program, stdout=subprocess.PIPE, text=True, cwd=root)


def test_two_processes_append_at_once_and_every_event_is_there_once(files: tuple[Path, Path]) -> None:
    writers = [appender(files, name, 40 * TOGETHER) for name in "ab"]
    for writer in writers:
        writer.communicate()
        assert writer.returncode == 0
    with Ledger.open(files[0]) as ledger:
        events = [json.loads(data) for data in ledger.events()]
        assert ledger.latest().root == naive.mth(list(ledger.events()))
    for name in "ab":
        assert [event["number"] for event in events if event["by"] == name] == list(range(40 * TOGETHER))
    for start in range(0, len(events), TOGETHER):
        assert len({event["by"] for event in events[start : start + TOGETHER]}) == 1


@pytest.mark.parametrize("after", [1, 4, 23])
def test_a_killed_process_leaves_the_old_state_or_the_new(
    files: tuple[Path, Path], key: SigningKey, after: int
) -> None:
    writer = appender(files, "a", 1_000_000)
    assert writer.stdout is not None
    told = -1
    for _ in range(after):
        told = int(writer.stdout.readline())
    writer.kill()
    rest, _ = writer.communicate()
    told = max([told, *(int(line) for line in rest.splitlines(keepends=True) if line.endswith("\n"))])
    with Ledger.open(files[0], key) as ledger:
        assert told + 1 <= ledger.size <= told + 1 + TOGETHER
        assert ledger.size % TOGETHER == 0
        assert ledger.latest().root == naive.mth(list(ledger.events()))
        numbers = [json.loads(data)["number"] for data in ledger.events()]
        assert numbers == list(range(ledger.size))
        for index in range(ledger.size):
            (opening,) = ledger.openings(index)
            assert verify_opening(json.loads(ledger.event(index)), opening)
        assert ledger._store.personal(ledger.size) == []
        assert ledger.append({"by": "after"}).index == ledger.size - 1
