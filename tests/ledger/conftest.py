"""A log for tests to write in, and keys that never change."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from guiju.ledger.keys import SigningKey
from guiju.ledger.log import Ledger

NAME = "guiju.example/log"


@pytest.fixture(scope="session")
def key() -> SigningKey:
    return SigningKey.generate(NAME)


@pytest.fixture
def ledger(tmp_path: Path, key: SigningKey) -> Iterator[Ledger]:
    with Ledger.create(tmp_path / "log.db", key) as made:
        yield made
