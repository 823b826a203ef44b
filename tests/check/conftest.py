"""The real laws, checked once: with their texts where the checkout has them beside it, and without."""

from pathlib import Path

import pytest

from guiju.check.run import Result, check
from guiju.engine.rulebook import load_rulebooks
from guiju.law.importing.batch import read_file
from guiju.law.provisions import Text
from guiju.law.store import SECONDARY_VERSIONS

SEEDS = Path(__file__).parents[3] / "shared" / "seeds"


@pytest.fixture(scope="session")
def without_texts() -> Result:
    return check(load_rulebooks())


@pytest.fixture(scope="session")
def chinese() -> dict[str, Text]:
    files = sorted(SEEDS.glob("*.txt"))
    if not files:
        pytest.skip("reads the laws' texts, which lie in ../shared/seeds and are never committed")
    read = [reading.text for path in files for reading in read_file(path)]
    return {text.law: text for text in read if text.language == "zh" and text.version not in SECONDARY_VERSIONS}


@pytest.fixture(scope="session")
def with_texts(chinese: dict[str, Text]) -> Result:
    return check(load_rulebooks(), texts=chinese)
