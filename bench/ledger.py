"""The evidence log beside a plain SQLite insert and pymerkle, with the same durability: `python -m bench.ledger`.

Every append, or every batch, is synced to disk (WAL, synchronous=FULL) before the next one starts. Guiju signs the new
root each time; pymerkle (GPL, measured here and used nowhere) is asked for its new root; plain SQLite has none. Files
lie in the system's temporary folder: set TMPDIR to measure another disk.
"""

from __future__ import annotations

import os
import random
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import msgspec

from bench.memory import peak_memory
from bench.timing import Line, Section, medians, print_section
from guiju.ledger.exported import ExportedLog
from guiju.ledger.exporting import export
from guiju.ledger.keys import SigningKey
from guiju.ledger.log import Ledger
from guiju.ledger.proofs import verify_inclusion
from guiju.ledger.verifying import Expectations, verify_export

Event = dict[str, object]
Append = Callable[[list[Event]], Callable[[], bytes]]
"""Appends, and returns how to ask for the root afterwards."""
MILLION = 1_000_000
TOGETHER = 100
PLAIN = "plain SQLite insert"
SEED = 20_261_122


def events(start: int, count: int) -> list[Event]:
    """Acts in a filing, about 180 bytes each as canonical JSON."""
    return [
        {
            "at": "2026-11-22T10:00:00+08:00",
            "case": f"filing-2026-{number:07}",
            "act": "ask_for_supplement",
            "actor": "reviewer",
            "cites": "mail4:44.2",
            "items": ["safety_report", "contact"],
            "version": 3,
        }
        for number in range(start, start + count)
    ]


def plain(path: Path) -> Append:
    database = sqlite3.connect(path, isolation_level=None)
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("PRAGMA synchronous = FULL")
    database.execute("CREATE TABLE event (idx INTEGER PRIMARY KEY, data BLOB NOT NULL)")
    encode = msgspec.json.Encoder(order="sorted").encode

    def append(batch: list[Event]) -> Callable[[], bytes]:
        database.execute("BEGIN IMMEDIATE")
        database.executemany("INSERT INTO event (data) VALUES (?)", [(encode(event),) for event in batch])
        database.execute("COMMIT")
        return lambda: b""

    return append


def pymerkle(path: Path) -> Append:
    from pymerkle import SqliteTree

    tree: Any = SqliteTree(str(path))
    tree.con.execute("PRAGMA journal_mode = WAL")
    tree.con.execute("PRAGMA synchronous = FULL")
    encode = msgspec.json.Encoder(order="sorted").encode

    def append(batch: list[Event]) -> Callable[[], bytes]:
        if len(batch) == 1:
            tree.append_entry(encode(batch[0]))
        else:
            tree.append_entries([encode(event) for event in batch])
        root: bytes = tree.get_root()
        return lambda: root

    return append


def guiju(path: Path) -> Append:
    ledger = Ledger.create(path, SigningKey.generate("bench.example"))

    def append(batch: list[Event]) -> Callable[[], bytes]:
        if len(batch) == 1:
            ledger.append(batch[0])
        else:
            ledger.append_many(batch)
        return lambda: ledger.latest().root

    return append


def append_section(folder: Path, together: int, rounds: int) -> Section:
    title = f"{rounds * together:,} appends, {f'{together} at a time' if together > 1 else 'one by one'}, each synced"
    makers = {PLAIN: plain, "Guiju: root signed each time": guiju, "pymerkle: root computed each time": pymerkle}
    appends = {what: make(folder / f"{number}-{together}") for number, (what, make) in enumerate(makers.items())}
    batches = [events(number * together, together) for number in range(rounds)]
    answers = {what: append(batches[0])() for what, append in appends.items()}
    answers.pop(PLAIN)
    assert len(set(answers.values())) == 1, answers

    def all_of(append: Append) -> Callable[[], None]:
        def run() -> None:
            for batch in batches:
                append(batch)

        return run

    seconds = medians({what: all_of(append) for what, append in appends.items()}, 7)
    count = rounds * together
    lines = [Line(what, took / count, f"{count / took:>10,.0f} a second") for what, took in seconds.items()]
    return Section(title, lines, PLAIN)


def million_log(folder: Path) -> tuple[Ledger, float]:
    ledger = Ledger.create(folder / "million.db", SigningKey.generate("bench.example"))
    took = 0.0
    for start in range(0, MILLION, 10_000):
        batch = events(start, 10_000)
        began = time.perf_counter()
        ledger.append_many(batch)
        took += time.perf_counter() - began
    return ledger, took


def proof_section(ledger: Ledger, path: Path) -> Section:
    rng = random.Random(SEED)
    size, root = ledger.size, ledger.root()

    def cold() -> list[bytes]:
        with Ledger.open(path) as opened:
            return opened.inclusion(rng.randrange(size), size)

    index = rng.randrange(size)
    leaf, proof = ledger.leaf(index), ledger.inclusion(index)
    assert verify_inclusion(leaf, index, size, proof, root)
    goal = "goal: a proof in 1 ms"
    works = {
        "inclusion of a random event": lambda: ledger.inclusion(rng.randrange(size), size),
        "consistency since a random size": lambda: ledger.consistency(rng.randrange(1, size), size),
        "verifying an inclusion proof": lambda: verify_inclusion(leaf, index, size, proof, root),
        "opening the log and proving one inclusion": cold,
    }
    lines = [Line(goal, 1e-3), *(Line(what, took) for what, took in medians(works, 301).items())]
    return Section(f"Proofs at {size:,} events", lines, goal)


def export_lines(ledger: Ledger, folder: Path) -> Iterator[Line]:
    checkpoint = ledger.checkpoint()
    began = time.perf_counter()
    files = export(ledger, folder, checkpoint)
    yield Line("exporting a million events", time.perf_counter() - began, f"{files:,} files, each synced")
    for events_, exported in ((0, folder.parent / "none"), (MILLION, folder)):
        if not events_:
            with Ledger.create(folder.parent / "none.db", SigningKey.generate("bench.example")) as empty:
                export(empty, exported, empty.checkpoint())
                key = str(empty.verifier)
        else:
            key = str(ledger.verifier)
        command = [sys.executable, "-m", "bench.ledger", "verify", str(exported), key]
        seconds, kilobytes = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
        what = f"verifying {events_:,} events, a process of its own"
        yield Line(what, float(seconds), f"at most {int(kilobytes) / 1024:.0f} MB of memory")


def verify(folder: str, key: str) -> None:
    """What the process of its own does: verify, and say how long it took and how much memory."""
    from guiju.ledger.keys import VerifierKey

    began = time.perf_counter()
    verdict = verify_export(ExportedLog(Path(folder)), Expectations(VerifierKey.parse(key)))
    assert verdict.holds
    print(time.perf_counter() - began, peak_memory())


def sections() -> Iterator[Section]:
    """Make the logs in a temporary folder and yield one section after another."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        yield append_section(folder, 1, 500)
        yield append_section(folder, TOGETHER, 50)
        ledger, took = million_log(folder)
        together = Line("appended, 10,000 at a time", took, f"{MILLION / took:>10,.0f} a second")
        yield Section("A million events", [together], together.what)
        yield proof_section(ledger, folder / "million.db")
        lines = list(export_lines(ledger, folder / "exported"))
        yield Section("A million events as static files", lines, lines[-1].what)
        ledger.close()


def main() -> None:
    if sys.argv[1:2] == ["verify"]:
        verify(*sys.argv[2:])
        return
    print(f"{os.cpu_count()} processors, load average {os.getloadavg()[0]:.1f}")
    for section in sections():
        print_section(section)


if __name__ == "__main__":
    main()
