"""What the outputs of a comparison call things, in both languages."""

from typing import Final

from guiju.law.citation import Language
from guiju.law.versions.changes import Change, Kind

KINDS: Final[dict[Language, dict[Kind, str]]] = {
    "zh": {
        Kind.UNCHANGED: "未变",
        Kind.REWORDED: "修改",
        Kind.SPLIT: "拆分",
        Kind.MERGED: "合并",
        Kind.ADDED: "新增",
        Kind.DELETED: "删除",
    },
    "en": {kind: kind.value for kind in Kind},
}
SIGNS: Final = {
    Kind.UNCHANGED: "=",
    Kind.REWORDED: "~",
    Kind.SPLIT: "<",
    Kind.MERGED: ">",
    Kind.ADDED: "+",
    Kind.DELETED: "-",
}
"""A sign for each kind, so that nothing depends on colour."""

PHRASES: Final[dict[Language, dict[str, str]]] = {
    "zh": {
        "moved": "移位",
        "numbers": "数字",
        "modals": "情态词",
        "title": "文本对照",
        "contents": "变动一览",
        "old": "旧文本",
        "new": "新文本",
        "likeness": "相似度",
        "nothing": "无对应条文",
        "legend": "图例",
        "legend_deleted": "删去的文字（删除线）",
        "legend_added": "新增的文字（下划线）",
        "skip": "跳到对照表",
        "article": "第 {} 条",
        "made": "条文按相似度自动对应，未经人工核对。",
    },
    "en": {
        "moved": "moved",
        "numbers": "numbers",
        "modals": "modal words",
        "title": "Versions compared",
        "contents": "What changed",
        "old": "Old text",
        "new": "New text",
        "likeness": "likeness",
        "nothing": "no counterpart",
        "legend": "Legend",
        "legend_deleted": "words that were deleted (struck through)",
        "legend_added": "words that were added (underlined)",
        "skip": "Skip to the comparison",
        "article": "Art. {}",
        "made": "Articles are matched by likeness, automatically; nobody has checked the result.",
    },
}


def title_of(change: Change, language: Language) -> str:
    """Name what happened: ``~ reworded, moved``."""
    moved = "，" if language == "zh" else ", "
    return f"{SIGNS[change.kind]} {KINDS[language][change.kind]}" + (
        f"{moved}{PHRASES[language]['moved']}" if change.moved else ""
    )


def changed_words(change: Change, language: Language) -> list[str]:
    """Give a line for the numbers and one for the modal words that changed: ``numbers: - 3 months``."""
    words = change.wording
    sides = (
        ("numbers", words.numbers_lost, words.numbers_gained),
        ("modals", words.modals_lost, words.modals_gained),
    )
    colon = "：" if language == "zh" else ": "
    return [
        PHRASES[language][name] + colon + "  ".join([f"- {word}" for word in lost] + [f"+ {word}" for word in gained])
        for name, lost, gained in sides
        if lost or gained
    ]
