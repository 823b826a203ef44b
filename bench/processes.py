"""The peers that run as programs of their own, over the same million rows (everything known: they are two-valued)."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np

from bench.by_hand import columns
from bench.subject import population
from bench.timing import Line

PEERS = {"OpenFisca (two-valued)": "openfisca", "PolicyEngine (two-valued)": "policyengine"}


def peer_lines() -> list[Line]:
    frame = population(0.0)
    rows = {name: frame[name].to_numpy() for name in frame.columns}
    expected = columns(rows.__getitem__)
    lines = []
    for what, program in PEERS.items():
        with tempfile.TemporaryDirectory() as folder:
            np.savez(Path(folder) / "rows.npz", **rows)
            command = [sys.executable, "-m", f"bench.peers.{program}", folder]
            subprocess.run(command, capture_output=True, check=True)
            answers = np.load(Path(folder) / "answers.npz")
            assert all(np.array_equal(answers[f"r{n}"], rule) for n, rule in enumerate(expected)), what
            lines.append(Line(what, json.loads((Path(folder) / "time.json").read_text("utf-8"))))
    return lines
