"""Small laws for the checks: `cases/<code>.yaml` holds laws with a flaw and their mended twins, and what is found."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
import yaml

from guiju.check.codes import CODES
from guiju.check.relations import Relations
from guiju.check.run import Result, check
from guiju.documents.document import read_document
from guiju.engine.collection import Rulebooks
from guiju.engine.rulebook import load_rulebooks
from guiju.law.provisions import Article, Item, Paragraph, Text

HERE = Path(__file__).parent
LAW = {
    "key": "cats", "title": {"zh": "猫法", "en": "Cat Law"}, "short": {"zh": "猫法", "en": "Cat Law"}, "version": "1",
    "status": "model", "in_force_from": None, "scope": "keeps or sells", "scope_cites": [], "articles": 20,
    "encoded": ["1-20"],
}  # fmt: skip
GIST = {"zh": "如此。", "en": "So be it."}
JUDGEMENT = {"zh": "由人判断。", "en": "For people."}


@dataclass(frozen=True)
class Case:
    code: str
    data: dict[str, Any]

    @property
    def name(self) -> str:
        return f"{self.code}: {self.data['case']}"

    @property
    def finds(self) -> list[list[str]]:
        finds: list[list[str]] = self.data["finds"]
        return finds


def all_cases() -> list[Case]:
    files = sorted((HERE / "cases").glob("*.yaml"))
    return [Case(f.stem, plain(d)) for f in files for d in read_document(f)]


def plain(value: Any) -> Any:
    """Forget the lines of a document, so that parts of it can be written out again."""
    if isinstance(value, dict):
        return {key: plain(part) for key, part in value.items()}
    return [plain(part) for part in value] if isinstance(value, list) else value


def run_case(case: Case, folder: Path) -> Result:
    """Write the case's law into a folder, load it and make the one check that the case is about."""
    books = rulebooks(case.data, folder)
    texts = {"cats": text_of(case.data["text"])} if "text" in case.data else {}
    relations = msgspec.convert(case.data.get("relations", {}), Relations)
    return check(books, texts=texts, only=[CODES[case.code]], relations=relations)


def rulebooks(data: dict[str, Any], folder: Path) -> Rulebooks:
    shutil.copytree(HERE / "common", folder / "common", dirs_exist_ok=True)
    law = folder / "cats"
    law.mkdir(parents=True)
    (law / "law.yaml").write_text(yaml.safe_dump(LAW, allow_unicode=True, sort_keys=False), "utf-8")
    norms = [_norm(entry) for entry in data["norms"]]
    (law / "norms.yaml").write_text(yaml.safe_dump(norms, allow_unicode=True, sort_keys=False), "utf-8")
    if "readings" in data:
        (law / "readings.yaml").write_text(yaml.safe_dump(data["readings"], allow_unicode=True), "utf-8")
    return load_rulebooks(folder)


def _norm(entry: dict[str, Any]) -> dict[str, Any]:
    """Add what every entry needs and no case is about."""
    whole = {"address": entry["address"], "norm": "duty", "gist": GIST} | entry
    if whole["norm"] in ("duty", "prohibition", "power"):
        whole = {"bearer": "keeper", "stage": "running"} | whole
    return whole if "when" in whole or whole["norm"] == "element" else whole | {"judgement": JUDGEMENT}


def text_of(articles: list[list[Any]]) -> Text:
    """Make a text of articles: each a list of paragraphs, a paragraph a line or a list of a line and its items."""
    made = []
    for number, paragraphs in enumerate(articles, start=1):
        parts = []
        for paragraph in paragraphs:
            first, *items = [paragraph] if isinstance(paragraph, str) else paragraph
            parts.append(Paragraph(first, tuple(map(Item, items))))
        made.append(Article(number, None, None, None, tuple(parts)))
    return Text("cats", "zh", "1", tuple(made))
