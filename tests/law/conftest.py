"""The published texts, where the checkout has them beside it, and small laws of our own."""

from pathlib import Path

import pytest

from guiju.law.importing.batch import read_file
from guiju.law.provisions import Article, Division, Item, Paragraph, Text
from guiju.law.store import DATA_VARIABLE

SEEDS = Path(__file__).parents[3] / "shared" / "seeds"

Texts = dict[tuple[str, str, str], Text]


@pytest.fixture(scope="session")
def seeds() -> tuple[Path, ...]:
    files = tuple(sorted(SEEDS.glob("*.txt")))
    if not files:
        pytest.skip("the published texts are not kept in the repository; put them in ../shared/seeds")
    return files


@pytest.fixture(scope="session")
def texts(seeds: tuple[Path, ...]) -> Texts:
    """Every published text, by law, language and version."""
    readings = [reading for path in seeds for reading in read_file(path)]
    return {(r.text.law, r.text.language, r.text.version): r.text for r in readings}


@pytest.fixture
def data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty data folder of the user's own."""
    folder = tmp_path / "data"
    monkeypatch.setenv(DATA_VARIABLE, str(folder))
    return folder


@pytest.fixture
def cat_law() -> Text:
    """Two articles; the second has a paragraph with two items, and one after them."""
    chapter = Division(1, "总则")
    return Text(
        "cat",
        "zh",
        "1.0",
        (
            Article(1, "目的", chapter, None, (Paragraph("为了猫，制定本法。"),)),
            Article(
                2,
                "饲养",
                chapter,
                None,
                (
                    Paragraph("养猫的人应当：", (Item("喂食；"), Item("陪伴。"))),
                    Paragraph("本法自明日起施行。"),
                ),
            ),
        ),
    )
