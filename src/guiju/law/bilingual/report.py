"""A comparison of languages as text for people and as JSON for programs."""

from collections import Counter
from collections.abc import Sequence
from typing import Final

import msgspec

from guiju.law.bilingual.differences import MEANINGS, Code, Difference, Severity
from guiju.law.citation import Language
from guiju.law.provisions import Text

_NOTHING: Final[dict[Language, str]] = {"zh": "（无）", "en": "(nothing)"}
_SEVERITIES: Final[dict[Language, dict[Severity, str]]] = {
    "zh": {Severity.MAJOR: "重大", Severity.MINOR: "一般", Severity.NOTE: "提示"},
    "en": {Severity.MAJOR: "major", Severity.MINOR: "minor", Severity.NOTE: "note"},
}
_UNITS_IN_CHINESE: Final = (
    ("working day", "个工作日"),
    ("percent", "%"),
    ("yuan", "元"),
    ("year", "年"),
    ("month", "个月"),
    ("day", "日"),
)
_NUMERIC: Final = (Code.NUMBER, Code.COMPARATOR)


def as_text(chinese: Text, english: Text, found: Sequence[Difference], language: Language) -> str:
    """Print each difference with its place and both quotations, and a summary."""
    parts = [_entry(difference, language) for difference in found]
    return "\n".join([*parts, _summary(chinese, english, found, language)])


def as_json(chinese: Text, found: Sequence[Difference]) -> str:
    """Give the differences as one JSON object: law, version, counts by severity, and the list."""
    encoded = msgspec.json.encode(
        {
            "law": chinese.law,
            "version": chinese.version,
            "counts": {severity: _counts(found)[severity] for severity in Severity},
            "differences": [_record(difference) for difference in found],
        }
    )
    return msgspec.json.format(encoded, indent=2).decode()


def _entry(difference: Difference, language: Language) -> str:
    head = f"{difference.address}  {difference.code} {_SEVERITIES[language][difference.severity]}"
    lines = [f"{head}  {difference.meaning(language)}"]
    if difference.code in _NUMERIC:
        lines[0] += f"{'：' if language == 'zh' else ': '}{_measures(difference.what, language)}"
    lines += [
        f"  {side}  {quoted or _NOTHING[language]}"
        for side, quoted in (("zh", difference.chinese), ("en", difference.english))
    ]
    return "\n".join(lines) + "\n"


def _measures(what: str, language: Language) -> str:
    if language == "zh":
        for english, chinese in _UNITS_IN_CHINESE:
            what = what.replace(f" {english}", chinese)
    return what


def _summary(chinese: Text, english: Text, found: Sequence[Difference], language: Language) -> str:
    counts = _counts(found)
    numbers = [f"{counts[severity]} {_SEVERITIES[language][severity]}" for severity in Severity]
    places = len({difference.address for difference in found})
    if language == "zh":
        return f"{chinese.name}／{english.name}：{places} 处，疑似差异 {len(found)} 项（{'，'.join(numbers)}）"
    listed = ", ".join(numbers)
    differences = f"{len(found)} suspected difference{'' if len(found) == 1 else 's'}"
    provisions = f"{places} provision{'' if places == 1 else 's'}"
    return f"{chinese.name} / {english.name}: {differences} in {provisions} ({listed})"


def _counts(found: Sequence[Difference]) -> Counter[Severity]:
    return Counter(difference.severity for difference in found)


def _record(difference: Difference) -> dict[str, object]:
    address = str(difference.address)
    return {
        "code": difference.code,
        "severity": difference.severity,
        "address": address,
        "meaning": MEANINGS[difference.code],
        "what": difference.what,
        "chinese": {"address": address, "language": "zh", "quote": difference.chinese},
        "english": {"address": address, "language": "en", "quote": difference.english},
    }
