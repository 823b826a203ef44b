"""A law on a legal database's web page, saved as text: its lines are indented, the page's own are not."""

from collections.abc import Iterable, Iterator

from guiju.law.importing import chinese
from guiju.law.importing.blocks import Block


def read_blocks(lines: Iterable[str]) -> Iterator[Block]:
    """Keep the indented lines, which leaves out cross-references, link lists and the decree's signatures."""
    return chinese.read_blocks(line for line in lines if line[:1].isspace())
