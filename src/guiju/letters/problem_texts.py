"""The texts of what can be wrong with a letter; `{names}` are filled with what was found."""

from __future__ import annotations

from guiju.bilingual import Bilingual
from guiju.documents.messages import Message
from guiju.procedures.problem_texts import MESSAGES as OF_PROCEDURES


def _message(code: str, meaning: str, en: tuple[str, str], zh: tuple[str, str]) -> Message:
    return Message(code, meaning, Bilingual(en=en[0], zh=zh[0]), Bilingual(en=en[1], zh=zh[1]))


FORM = (
    "unknown_key", "missing_key", "wrong_value", "no_translation", "no_citation", "no_such_address",
    "unknown_in_expression", "bad_expression",
)  # fmt: skip
"""Faults of form that letters share with case types, under the same codes."""

WRITTEN: dict[str, Message] = {
    "not_a_mapping": _message(
        "C101", "a part is not a mapping, or the file is empty",
        ("should be a mapping of `name: value`", "docs/letters.md has an example"),
        ("应为逐项写成 `名称: 值` 的内容", "docs/letters.md 有示例"),
    ),
    "not_a_list": _message(
        "L201", "a file of remedies is not a list of them",
        ("should be a list of remedies", "begin each one with `- remedy: …`"),
        ("应为救济途径的列表", "每项以 `- remedy: …` 开头"),
    ),
    "wrong_file_name": _message(
        "L202", "the file is not named after its letter",
        ("the letter `{name}` stands in a file of another name", "name the file {name}.yaml"),
        ("文书 `{name}` 的文件名与其不同", "文件应命名为 {name}.yaml"),
    ),
    "unknown_placeholder": _message(
        "L203", "a text speaks of something that is neither a word of every letter nor listed under `mentions`",
        ("`{{{name}}}` stands for nothing here{hint}", "list it under `mentions`, or use one of: {known}"),
        ("`{{{name}}}` 在此处没有所指{hint}", "列入 `mentions`，或者改用：{known}"),
    ),
    "bad_braces": _message(
        "L204", "the braces of a text do not fit together, or hold more than a name",
        ("the braces in `{text}` hold something else than a name", "write `{{name}}`; a brace itself is written twice"),
        ("`{text}` 中的花括号里不是单纯的名称", "写成 `{{name}}`；花括号本身须写两次"),
    ),
    "one_sided_placeholder": _message(
        "L205", "the two languages of a text do not speak of the same things",
        ("only one of the two languages speaks of `{{{name}}}`", "let both say the same"),
        ("`{{{name}}}` 只出现在一种语言中", "两种语言的内容应当相同"),
    ),
    "not_one_content": _message(
        "L206", "a part of a letter does not have exactly one content",
        ("has {count} contents", "give it exactly one of: {known}"),
        ("有 {count} 种内容", "只写其中一种：{known}"),
    ),
    "not_one_remedy": _message(
        "L207", "a letter does not say exactly once which remedy there is",
        ("has {count} parts with `remedy`", "add one part `remedy: decision`, or `remedy: notice`"),
        ("有 {count} 处 `remedy`", "应有且只有一处 `remedy: decision` 或者 `remedy: notice`"),
    ),
    "unused_mention": _message(
        "L208", "a name is listed under `mentions` and never used",
        ("`{name}` is listed and never used", "remove it from `mentions`"),
        ("列出了 `{name}`，却没有使用", "从 `mentions` 中删去"),
    ),
}  # fmt: skip

SENT: dict[str, Message] = {
    "no_such_letter": _message(
        "L220", "there is no such letter for a law",
        ("there is no letter `{name}` for {law}{hint}", "known are: {known}"),
        ("{law} 没有名为 `{name}` 的文书{hint}", "已有：{known}"),
    ),
    "no_remedies": _message(
        "L221", "a law's letters do not say which remedies there are",
        ("the letters of {law} name no remedy for this act", "write letters/parts/remedies.yaml for {law}"),
        ("{law} 的文书没有写明对本行为的救济途径", "为 {law} 写出 letters/parts/remedies.yaml"),
    ),
    "other_type": _message(
        "L222", "a case type gives a name another type than the letter expects",
        ("`{name}` is {found} in this case type, and the letter expects {expected}", "use another name in one of them"),
        ("`{name}` 在本程序中为 {found}，文书则要求 {expected}", "其中一处改用别的名称"),
    ),
    "no_value": _message(
        "L223", "a letter speaks of a value that the case does not have",
        ("the letter `{letter}` needs {names}, which this case does not have",
         "give it with the act, or let the part stand under `when: given(…)`"),
        ("文书 `{letter}` 需要本案没有的内容：{names}", "办理时一并提供，或者在该部分写明 `when: given(…)`"),
    ),
    "missing_glyphs": _message(
        "L224", "the font cannot draw a character",
        ("{where}: the font has no glyph for {characters}", "write these characters otherwise; nothing was written"),
        ("{where}：字体中没有 {characters}", "换用别的写法；没有写出任何文件"),
    ),
    "no_typesetter": _message(
        "L225", "letters cannot be set as PDF, because the typesetter is not installed",
        ("setting letters as PDF needs the package `typst`", "pip install 'guiju[letters]'"),
        ("排版 PDF 文书需要安装 `typst`", "pip install 'guiju[letters]'"),
    ),
    "no_such_act": _message(
        "L226", "a script has no act of this number",
        ("the script has no act {number}", "it has the acts 1 to {last}"),
        ("脚本中没有第 {number} 个行为", "共有第 1 至第 {last} 个"),
    ),
    "nothing_sent": _message(
        "L227", "no letter goes out with the acts that were asked for",
        ("no letter goes out here{why}", "`guiju case run` shows which acts send letters"),
        ("此处没有发出文书{why}", "用 `guiju case run` 查看哪些行为发出文书"),
    ),
    "not_set": _message(
        "L228", "the typesetter refuses a letter",
        ("the letter could not be set: {detail}", "tell us which letter it was: this should not happen"),
        ("文书无法排版：{detail}", "请告知是哪份文书：这本不应发生"),
    ),
    "not_written": _message(
        "L229", "a letter cannot be written to the folder",
        ("cannot write there: {detail}", "choose a folder that you may write to: --out"),
        ("无法写入：{detail}", "用 --out 选择可以写入的文件夹"),
    ),
}  # fmt: skip

MESSAGES: dict[str, Message] = {**{kind: OF_PROCEDURES[kind] for kind in FORM}, **WRITTEN, **SENT}
