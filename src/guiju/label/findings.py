"""What is wrong with a label, or worth saying about it: stable codes, a severity, and a text in both languages."""

from __future__ import annotations

from dataclasses import dataclass

from guiju.bilingual import Bilingual

ERROR, WARNING, NOTE = "error", "warning", "note"

_CODES = {
    "not_json": (ERROR, "标识不是 JSON 对象", "the label is not a JSON object", "GB 45438-2025 E (C2)"),
    "missing_field": (ERROR, "缺少字段 {field}", "the field {field} is missing", "GB 45438-2025 E (C2)"),
    "not_text": (ERROR, "字段 {field} 不是字符串", "the field {field} is not text", "GB 45438-2025 E (C2)"),
    "extra_field": (ERROR, "多出字段 {field}", "there is a field too many: {field}", "GB 45438-2025 E (C2)"),
    "repeated_field": (ERROR, "字段 {field} 重复", "the field {field} stands twice", "GB 45438-2025 E (C2)"),
    "field_order": (
        WARNING,
        "字段顺序与规定不同",
        "the fields are not in the prescribed order",
        "GB 45438-2025 E (C2)",
    ),
    "label_value": (
        ERROR,
        "Label 应为 1、2 或 3，实为“{value}”",
        'Label must be "1", "2" or "3"; it is "{value}"',
        "GB 45438-2025 E (C2)",
    ),
    "generator_says_one": (
        ERROR,
        "生成服务提供者写入的 Label 应为 1，实为“{value}”",
        'a generator writes Label "1"; it is "{value}"',
        "GB 45438-2025 E (C2)",
    ),
    "producer_empty": (ERROR, "{field} 为空", "{field} is empty", "GB 45438-2025 E (C2)"),
    "propagator_empty": (
        WARNING,
        "{field} 为空；首次写入时应与生成方字段相同",
        "{field} is empty; on the first write it equals the producer's field",
        "GB 45438-2025 E note 1 (C2)",
    ),
    "first_write": (
        ERROR,
        "首次写入时 {field} 应与生成方字段相同",
        "on the first write {field} must equal the producer's field",
        "GB 45438-2025 E note 1 (C2)",
    ),
    "characters": (
        WARNING,
        "{field} 含有规定以外的字符 {value}（规定为可见单字节字符，不含空格、引号、反斜线）",
        "{field} has characters outside the prescribed ones: {value} (printable ASCII, no space, quote, backslash)",
        "GB 45438-2025 E j (C2)",
    ),
    "credit_code": (
        ERROR,
        "{field} 形似服务提供者编码，但其中的统一社会信用代码 {value} 校验不符",
        "{field} looks like a provider code, but the credit code in it, {value}, fails its check",
        "编码规则 (C2), GB 32100 (T)",
    ),
    "service_type": (
        ERROR,
        "{field} 的服务类型位（第 23 位）为“{value}”，与角色不符",
        'position 23 of {field} (kind of service) is "{value}", which is not its role',
        "编码规则 (C2)",
    ),
    "subject_type": (
        NOTE,
        "{field} 的主体类型不是组织，本软件无法核验",
        "{field} is the code of a subject other than an organisation, which this software cannot check",
        "编码规则 (U)",
    ),
    "several_labels": (
        ERROR,
        "文件中有互不相同的多个标识：{value}",
        "there are several labels that differ, in {value}; only one may stand in a file",
        "GB 45438-2025 6.1 c (C2)",
    ),
    "same_label_twice": (
        WARNING,
        "同一标识写在多处：{value}",
        "the same label stands in several places: {value}",
        "GB 45438-2025 6.1 c (C2)",
    ),
    "place": (
        WARNING,
        "标识写在指南未列的位置 {value}",
        "the label stands in {value}, a place that the guides do not name",
        "TC260 guides (C2)",
    ),
    "wrapping": (
        NOTE,
        "位置 {value} 中标识的外层写法与示例不同",
        "the outer form of the label in {value} differs from the examples",
        "GB 45438-2025 E, guides (C2)",
    ),
    "sealed": (
        NOTE,
        "文件带有{value}；改动文件会使其失效",
        "the file carries {value}, which a change of the file would break",
        "C2PA; signatures (T)",
    ),
    "encrypted_parts": (NOTE, "文件的一部分已加密", "parts of the file are encrypted", "-"),
    "no_place": (
        NOTE,
        "此类文件没有放置隐式标识的位置，只能使用显式标识",
        "this kind of file has no place for an implicit label; only the explicit prompt is defined",
        "GB 45438-2025 5.1 (C3)",
    ),
    "damaged": (ERROR, "{value}", "{value}", "-"),
    "too_large": (ERROR, "{value}", "{value}", "-"),
    "encrypted": (
        ERROR,
        "文件已加密，无法判断其中有无标识",
        "the file is encrypted: whether it has a label cannot be told",
        "-",
    ),
    "unknown_kind": (
        ERROR,
        "不认识此类文件，无法判断其中有无标识",
        "this kind of file is not known here: whether it has a label cannot be told",
        "-",
    ),
    "refused": (ERROR, "{value}", "{value}", "-"),
    "empty": (ERROR, "文件为空，无法判断", "the file is empty: nothing can be told", "-"),
}

CODES = tuple(_CODES)
"""Every code that a finding can have."""


@dataclass(frozen=True)
class Finding:
    """One finding: its code, severity (`error`, `warning`, `note`), the field and place it is about, and its basis."""

    code: str
    text: Bilingual
    field: str = ""
    place: str = ""
    value: str = ""

    @property
    def severity(self) -> str:
        """Return `error`, `warning` or `note`."""
        return _CODES[self.code][0]

    @property
    def basis(self) -> str:
        """Return the rule that the finding rests on, with the grade of our evidence for it."""
        return _CODES[self.code][3]


def finding(code: str, *, field: str = "", place: str = "", value: str = "", told: Bilingual | None = None) -> Finding:
    """Make a finding; `told` stands in for the value where that reads differently in the two languages."""
    _, zh, en, _ = _CODES[code]
    in_zh, in_en = (told.zh, told.en) if told else (value, value)
    text = Bilingual(zh=zh.format(field=field, value=in_zh), en=en.format(field=field, value=in_en))
    return Finding(code, text, field, place, value)
