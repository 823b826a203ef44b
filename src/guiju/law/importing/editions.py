"""Recognising a published file by what it says, and reading the texts in it."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from guiju.law.importing import chinese, comparison, english, webpage
from guiju.law.importing.assembly import assemble
from guiju.law.importing.blocks import Block, plain, without_heading_prefix
from guiju.law.provisions import Text


@dataclass(frozen=True, slots=True)
class Reading:
    """A text that was read, and what keeps it from being a whole law."""

    text: Text
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Edition:
    """A publication that is known here: every mark must match a whole line of it, headings without ``#``."""

    description: str
    marks: tuple[re.Pattern[str], ...]
    read: Callable[[Sequence[str]], tuple[Reading, ...]]

    def fits(self, lines: Sequence[str]) -> bool:
        """Whether the lines carry all marks of this edition."""
        bare = [without_heading_prefix(plain(line))[0] for line in lines]
        return all(any(mark.fullmatch(line) for line in bare) for mark in self.marks)


def recognise(lines: Sequence[str]) -> Edition | None:
    """Tell which edition the lines are, by content alone; None if it is none that is known here."""
    return next((edition for edition in EDITIONS if edition.fits(lines)), None)


def _read(law: str, language: str, version: str, blocks: Sequence[Block]) -> Reading:
    articles, problems = assemble(blocks, language)
    return Reading(Text(law, language, version, articles), tuple(problems))


def _read_model_law_zh(lines: Sequence[str]) -> tuple[Reading, ...]:
    return (_read("mail4", "zh", "4.0", list(chinese.read_blocks(lines))),)


def _read_model_law_en(lines: Sequence[str]) -> tuple[Reading, ...]:
    return (_read("mail4", "en", "4.0", list(english.read_blocks(lines))),)


def _read_measures_page(lines: Sequence[str]) -> tuple[Reading, ...]:
    return (_read("genai", "zh", "final", list(webpage.read_blocks(lines))),)


def _read_measures_comparison(lines: Sequence[str]) -> tuple[Reading, ...]:
    columns = comparison.read_columns(lines)
    return (
        _read("genai", "zh", "draft", columns.draft),
        _read("genai", "zh", "commentary", columns.final),
    )


_MEASURES: Final = "生成式人工智能服务管理暂行办法"

# The comparison quotes the final text as well, so it is looked for first.
EDITIONS: Final = (
    Edition(
        "the Interim Measures for generative AI compared with their draft (zh)",
        (re.compile(f"《{_MEASURES}》与征求意见稿对比汇总"),),
        _read_measures_comparison,
    ),
    Edition(
        "the Interim Measures for generative AI, web page (zh)",
        (re.compile(_MEASURES), re.compile(r"第一条\s.+")),
        _read_measures_page,
    ),
    Edition(
        "the Model AI Law 4.0 (zh)",
        (re.compile(r"人工智能示范法\s*4\.0"), re.compile("第一条.+")),
        _read_model_law_zh,
    ),
    Edition(
        "the Model AI Law 4.0 (en)",
        (
            re.compile("(THE )?MODEL ARTIFICIAL INTELLIGENCE LAW"),
            re.compile(r"MAIL v\.?\s*4\.0"),
            re.compile("ARTICLE 1 .+"),
        ),
        _read_model_law_en,
    ),
)
