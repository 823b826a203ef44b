"""What the printers of the checks say besides the messages, in both languages."""

from __future__ import annotations

from guiju.bilingual import Bilingual

WORDS: dict[str, Bilingual] = {
    "title": Bilingual("法律检查", "Checks of the law"),
    "error": Bilingual("错误", "error"),
    "warning": Bilingual("警告", "warning"),
    "note": Bilingual("提示", "note"),
    "errors": Bilingual("错误", "errors"),
    "warnings": Bilingual("警告", "warnings"),
    "notes": Bilingual("提示", "notes"),
    "error_means": Bilingual(
        "照原文无法执行，或者有的情形没有答案", "cannot be carried out as it stands, or leaves a case open"
    ),
    "warning_means": Bilingual("答案要靠推断，法律没有给出", "an answer can be inferred, but the law does not give it"),
    "note_means": Bilingual("起草时值得一看", "worth a look when drafting"),
    "only_under": Bilingual("只在这样的读法下", "only if read as"),
    "or": Bilingual("或者", "or"),
    "example": Bilingual("反例", "counter-example"),
    "run": Bilingual("运行", "to see it, run"),
    "shows": Bilingual("可以看到", "what is seen"),
    "applies": Bilingual("适用", "applies"),
    "does_not_apply": Bilingual("不适用", "does not apply"),
    "exempt": Bilingual("豁免", "exempt"),
    "undetermined": Bilingual("未定", "undetermined"),
    "skipped": Bilingual("没有做的检查", "Checks that were not made"),
    "nothing": Bilingual("没有发现问题。", "Nothing was found."),
    "rulebook": Bilingual("规则集", "rulebook"),
    "laws": Bilingual("法律", "Laws"),
    "codes": Bilingual("目录", "Contents"),
    "write_examples": Bilingual(
        "加 --counterexamples 文件夹，写出可以运行的反例。", "Add --counterexamples FOLDER to write the profiles."
    ),
    "about": Bilingual(
        "本页由 Guiju 根据规则集自动检查得出。它指出值得人看的地方，不是法律意见；规则集的遗漏也会表现为这里的发现。",
        "Guiju found all this by itself in the rulebooks. It points out what people should look at and is no legal "
        "advice; a slip in a rulebook can show up here as well.",
    ),
    "made_by": Bilingual("规矩 Guiju", "规矩 Guiju"),
}  # fmt: skip


def say(key: str) -> Bilingual:
    """Return a phrase; raises KeyError for an unknown key."""
    return WORDS[key]


def read_as(only_under: tuple[tuple[str, tuple[str, ...]], ...]) -> Bilingual:
    """Say on which readings a finding depends."""
    zh = "；".join(f"{question} = {' 或者 '.join(candidates)}" for question, candidates in only_under)
    en = "; ".join(f"{question} = {' or '.join(candidates)}" for question, candidates in only_under)
    return Bilingual(f"{say('only_under').zh}：{zh}", f"{say('only_under').en}: {en}")
