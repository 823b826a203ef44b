"""What Guiju itself makes can be labelled like anything else: its letters and its reports."""

import subprocess
import sys
from pathlib import Path

import pytest

from guiju import label
from guiju.cli import main
from guiju.label import Label

EXAMPLES = Path(__file__).parents[2] / "examples"
MINE = Label.by_generator("ExampleLtd", "42")


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("documents")
    assert main(["letter", str(EXAMPLES / "cases" / "filing.yaml"), "--act", "1", "--out", str(folder)]) == 0
    report = [
        "assess",
        str(EXAMPLES / "xinghe-chat.yaml"),
        "--as-of",
        "2026-11-22",
        "--html",
        str(folder / "report.html"),
    ]
    subprocess.run([sys.executable, "-m", "guiju", *report], check=True, stdout=subprocess.DEVNULL)
    return folder


@pytest.mark.parametrize("ending", ["pdf", "html"])
def test_letters_and_reports_can_be_labelled(documents: Path, ending: str) -> None:
    document = min(documents.glob(f"*.{ending}"))
    before = document.read_bytes()
    label.write(document, MINE)
    found = label.verify(document, "generator")
    assert (found.status, found.label) == (label.VALID, MINE)
    if ending == "pdf":
        assert document.read_bytes().startswith(before)
