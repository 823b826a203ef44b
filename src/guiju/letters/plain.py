"""A letter as plain text, for the screen and for mail; it says the same, in the same order, as the printed one."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.bilingual import Bilingual
from guiju.letters.model import Letter, Section
from guiju.letters.saying import plain_day

FURNITURE: dict[str, Bilingual] = {
    "to": Bilingual(zh="{recipient}：", en="To: {recipient}"),
    "number": Bilingual(zh="{mark}〔{year}〕{number}号", en="{mark} [{year}] No. {number}"),
    "case": Bilingual(zh="案件编号", en="Case number"),
    "procedure": Bilingual(zh="办理事项", en="Procedure"),
    "letter": Bilingual(zh="文书编号", en="Letter number"),
    "check": Bilingual(zh="核验码", en="Check code"),
    "verify": Bilingual(
        zh="凭案件编号、文书编号和核验码，可以向作出机关核对本文书。",
        en="With these three numbers the issuing body confirms that this letter is genuine.",
    ),
    "provisions": Bilingual(zh="引用条款", en="Provisions cited"),
    "seal": Bilingual(zh="（印章）", en="(seal)"),
    "page": Bilingual(zh="第 {page} 页，共 {pages} 页", en="Page {page} of {pages}"),
}
"""What stands on every letter besides its own text."""


def furniture(key: str, lang: str, **values: str) -> str:
    """Return one of the fixed texts; only the texts' own braces are filled."""
    return FURNITURE[key].get(lang).format_map(values)


def number_line(letter: Letter, lang: str) -> str:
    """Return the number of a letter as its head shows it: 补字〔2026〕A-3号."""
    mark = letter.mark.get(lang)
    return furniture("number", lang, mark=mark, year=str(letter.date.year), number=letter.number)


def text(letter: Letter, lang: str) -> str:
    """Write a letter as lines of plain text, in `zh` or `en`."""
    return "\n".join(_lines(letter, lang)) + "\n"


def _lines(letter: Letter, lang: str) -> Iterator[str]:
    yield letter.authority.get(lang)
    yield letter.title.get(lang)
    yield number_line(letter, lang)
    yield ""
    yield furniture("to", lang, recipient=letter.recipient.get(lang))
    for section in letter.sections:
        yield ""
        yield from _section(section, lang)
    yield ""
    yield letter.authority.get(lang)
    yield furniture("seal", lang)
    yield plain_day(letter.date).get(lang)
    yield ""
    colon = "：" if lang == "zh" else ": "
    for label, value in details(letter, lang):
        yield f"{label}{colon}{value}"
    yield furniture("verify", lang)
    if letter.notice is not None:
        yield letter.notice.get(lang)


def details(letter: Letter, lang: str) -> list[tuple[str, str]]:
    """Return what identifies a letter, and the provisions that it cites, as labels and values."""
    return [
        (furniture("procedure", lang), letter.procedure.get(lang)),
        (furniture("case", lang), letter.case_number),
        (furniture("letter", lang), letter.number),
        (furniture("check", lang), letter.check),
        (furniture("provisions", lang), letter.provisions.get(lang)),
    ]


def _section(section: Section, lang: str) -> Iterator[str]:
    if section.heading is not None:
        yield section.heading.get(lang)
    for paragraph in section.paragraphs:
        yield paragraph.get(lang)
    for number, item in enumerate(section.items, 1):
        yield f"{number}. {item.get(lang)}"
    for row in section.rows:
        yield f"- {row.label.get(lang)}"
        for line in row.lines:
            yield f"  {line.get(lang)}"
