"""How well `guiju law diff` finds what became of each article, against a comparison that people made.

The commentary in ../shared/seeds (or the file named on the command line) prints the draft and the final Interim
Measures side by side. The importer knows which articles stand in one row; the diff is not told. Run:
python -m bench.versions [COMMENTARY]
"""

import sys
from collections.abc import Sequence
from pathlib import Path

from guiju.law.importing.batch import read_file
from guiju.law.importing.blocks import plain
from guiju.law.importing.columns import Cell, tell_apart
from guiju.law.importing.comparison import TITLE, _pieces
from guiju.law.importing.files import read_lines
from guiju.law.provisions import Text
from guiju.law.versions import compare_versions
from guiju.law.versions.alignment import LEAST_LIKENESS, align_passages
from guiju.law.versions.passages import Passages
from guiju.law.versions.similarity import Similarity

SEEDS = Path(__file__).parents[2] / "shared" / "seeds"
TRIED = (0.06, 0.08, 0.10, 0.12, 0.14, 0.16, 0.20)

Pair = tuple[int, int]


def reference(commentary: Path) -> tuple[set[Pair], set[int]]:
    """Pairs of a draft and a final article that stand in one row, and the draft's articles that stand alone."""
    lines = read_lines(commentary)
    start = next(number for number, line in enumerate(lines) if TITLE.fullmatch(plain(line)))
    pairs: set[Pair] = set()
    left: list[int] = []
    for cell in tell_apart(list(_pieces(lines[start + 1 :]))):
        if not isinstance(cell, Cell):
            continue
        if cell.is_final:
            pairs.update((number, cell.number) for number in left)
            left = []
        else:
            left.append(cell.number)
    return pairs, set(left)


def found(old: Text, new: Text) -> set[Pair]:
    return {
        (before.article, after.article)
        for change in compare_versions(old, new)
        for before in change.old
        for after in change.new
    }


def found_at(old: Text, new: Text, least: float) -> set[Pair]:
    """The same with another threshold, from the alignment of paragraphs alone."""
    sides = [Passages(text) for text in (old, new)]
    words = [[side.words[paragraph] for paragraph in side.paragraphs] for side in sides]
    similarity = Similarity([*words[0], *words[1]], new.language)
    before, after = ([similarity.vector(text) for text in side] for side in words)
    links = align_passages(before, after, least)
    return {(sides[0].paragraphs[link.old].article, sides[1].paragraphs[link.new].article) for link in links}


def figures(pairs: set[Pair], expected: set[Pair]) -> str:
    right = len(pairs & expected)
    precision, recall = right / len(pairs), right / len(expected)
    return f"precision {right}/{len(pairs)} = {precision:.3f}   recall {right}/{len(expected)} = {recall:.3f}"


def listed(pairs: set[Pair]) -> str:
    return ", ".join(f"{old} -> {new}" for old, new in sorted(pairs)) or "none"


def commentary_in(arguments: Sequence[str]) -> Path:
    if arguments:
        return Path(arguments[0])
    for path in sorted(SEEDS.glob("*.txt")):
        if any(TITLE.fullmatch(plain(line)) for line in read_lines(path)):
            return path
    raise SystemExit("the commentary is not kept in the repository: name the file")


def main() -> None:
    path = commentary_in(sys.argv[1:])
    texts = {reading.text.version: reading.text for reading in read_file(path)}
    old, new = texts["draft"], texts["commentary"]
    expected, alone = reference(path)
    pairs = found(old, new)
    print(f"articles: {len(old.articles)} in the draft, {len(new.articles)} in the final text")
    print(f"reference: {len(expected)} pairs of articles in one row; {len(alone)} articles of the draft without a row")
    print(f"guiju law diff (likeness from {LEAST_LIKENESS}):  {figures(pairs, expected)}")
    print(f"  found, not in the table: {listed(pairs - expected)}")
    print(f"  in the table, not found: {listed(expected - pairs)}")
    gone = {change.old[0].article for change in compare_versions(old, new) if not change.new}
    print(f"  deleted: {sorted(gone)}; in the table: {sorted(alone)}")
    print("with other thresholds:")
    for least in TRIED:
        print(f"  {least:.2f}  {figures(found_at(old, new, least), expected)}")
    naive = {(number, number) for number in range(1, len(old.articles) + 1)}
    print(f"by number alone:  {figures(naive, expected)}")


if __name__ == "__main__":
    main()
