"""Why a document cannot be read at all: each reason with a stable code, in both languages."""

from __future__ import annotations

from guiju.bilingual import Bilingual
from guiju.documents.errors import DocumentError
from guiju.documents.messages import NOTHING, Detail, Message, fill, shown


class UnreadableError(DocumentError):
    """A document is no single, plain, bounded YAML text. `kind` is a key of `REASONS`; `line` 0 is the whole file."""

    def __init__(self, kind: str, file: str, line: int, details: dict[str, Detail]) -> None:
        self.kind = kind
        self.details = details
        message = REASONS[kind]
        super().__init__(file, line, fill(message.what, details, "en"), fix=fill(message.fix, details, "en"))

    @property
    def message(self) -> Message:
        """The texts of this reason."""
        return REASONS[self.kind]


def unreadable(kind: str, file: str, line: int = 0, **details: str | int) -> UnreadableError:
    """Make the error of a kind; texts that come from the document are made fit to be shown."""
    return UnreadableError(kind, file, line, {k: shown(v) if isinstance(v, str) else v for k, v in details.items()})


def _reason(code: str, meaning: str, *, en: tuple[str, str], zh: tuple[str, str]) -> Message:
    fix = Bilingual(en=en[1], zh=zh[1]) if en[1] else NOTHING
    return Message(code, meaning, Bilingual(en=en[0], zh=zh[0]), fix)


def _broken(fix_en: str, fix_zh: str) -> Message:
    return _reason(
        "P108",
        "the text is not valid YAML",
        en=("cannot be read as YAML: `{excerpt}`", fix_en),
        zh=("无法按 YAML 读取：`{excerpt}`", fix_zh),
    )


REASONS: dict[str, Message] = {
    "missing": _reason(
        "P101", "the file does not exist",
        en=("there is no such file", "check the path, or make the file"),
        zh=("没有这个文件", "检查路径，或者先建立该文件"),
    ),
    "folder": _reason(
        "P102", "the path is a folder",
        en=("this is a folder, not a file", "name the YAML file in it"),
        zh=("这是文件夹，不是文件", "写出文件夹中 YAML 文件的路径"),
    ),
    "forbidden": _reason(
        "P103", "you have no permission to read the file",
        en=("you have no permission to read this file", "ask its owner for access, or change its permissions"),
        zh=("没有读取该文件的权限", "请文件所有者授权，或者修改文件权限"),
    ),
    "unopenable": _reason(
        "P104", "the system cannot open the file",
        en=("cannot be opened: {reason}", "check the path"),
        zh=("无法打开：{reason}", "检查路径"),
    ),
    "too_large": _reason(
        "P105", "the file is larger than any real profile",
        en=("is larger than {limit} MB; no more of it was read", "check that this is the file you mean"),
        zh=("大于 {limit} MB，未继续读取", "检查是否选错了文件"),
    ),
    "not_utf8": _reason(
        "P106", "the file is not UTF-8 text",
        en=("is not UTF-8 text", "save the file with the encoding UTF-8"),
        zh=("不是 UTF-8 文本", "将文件另存为 UTF-8 编码"),
    ),
    "control_character": _reason(
        "P107", "the file holds a NUL byte or another character that no text holds",
        en=("holds the control character {character}", "remove it; perhaps this is not a text file"),
        zh=("含有控制字符 {character}", "删除该字符；也可能这不是文本文件"),
    ),
    "broken": _broken(
        "check the quotation marks, brackets, backslashes and special signs of this line",
        "检查这一行的引号、括号、反斜杠和特殊符号",
    ),
    "broken_indent": _broken(
        "begin all entries of one level in the same column, and write each as `name: value`",
        "同一层的条目从同一列开始，每条写成 `名称: 值`",
    ),
    "broken_full_width": _broken(
        "write the punctuation of YAML with half-width characters, such as `: ` with a space after it",
        "YAML 的标点要用半角，例如半角冒号加一个空格 `: `",
    ),
    "broken_tab": _broken("indent with spaces instead of tabs", "用空格缩进，不要用制表符"),
    "broken_no_colon": _broken("put a colon after the name: `name: value`", "名称后加冒号和空格：`名称: 值`"),
    "broken_no_space": _broken("put a space after the colon: `name: value`", "冒号后加一个空格：`名称: 值`"),
    "broken_colon": _broken(
        "put text that holds a colon into double quotes, or write one entry a line",
        "含有冒号的文字放进双引号，或者一行只写一个条目",
    ),
    "broken_sign": _broken(
        "put text that begins with a special sign into double quotes", "以特殊符号开头的文字放进双引号"
    ),
    "broken_quote": _broken("close the quotation mark that is opened here", "补上与此处引号配对的引号"),
    "broken_bracket": _broken(
        "close the bracket that is opened here, and put commas between its parts",
        "补上与此处括号配对的括号，各项之间用半角逗号隔开",
    ),
    "second_document": _reason(
        "P109", "the file holds several YAML documents",
        en=("a second YAML document begins here", "keep one document a file; remove the `---`"),
        zh=("这里开始了第二个 YAML 文档", "一个文件只放一个文档；删去 `---`"),
    ),
    "too_deep": _reason(
        "P110", "lists or mappings are nested too deeply",
        en=("is nested deeper than {limit} levels", "a profile needs four; check brackets and indentation"),
        zh=("嵌套超过 {limit} 层", "档案最多需要四层；检查括号和缩进"),
    ),
    "too_many_values": _reason(
        "P111", "the document unfolds to too many values",
        en=("unfolds to more than {limit} values", "write it without aliases (`&` and `*`), or split the file"),
        zh=("展开后超过 {limit} 个值", "不用别名（`&` 和 `*`）来写，或者拆分文件"),
    ),
    "unknown_alias": _reason(
        "P112", "an alias refers to nothing",
        en=("`*{alias}` refers to nothing that is complete before it", "write the value itself, or quote the text"),
        zh=("`*{alias}` 之前没有完整的对应内容", "直接写出值；如果是文字，放进双引号"),
    ),
    "tag": _reason(
        "P113", "a value carries a YAML tag; tags are not allowed, and nothing is ever constructed from them",
        en=("carries the tag `{tag}`; tags are not allowed", "write the plain value without the tag"),
        zh=("带有标签 `{tag}`；不允许使用标签", "去掉标签，直接写值"),
    ),
    "duplicate_key": _reason(
        "P114", "a key is written twice in one mapping",
        en=("`{key}` is written twice (first on line {first})", "keep one of the two"),
        zh=("`{key}` 写了两次（第一次在第 {first} 行）", "只保留一个"),
    ),
    "key_not_a_word": _reason(
        "P115", "a key is a list, a mapping or an alias instead of a word",
        en=("a list, mapping or alias stands where a name belongs", "keys are single words, written as `name: value`"),
        zh=("应写名称的地方出现了列表、映射或者别名", "键必须是一个单词，写成 `名称: 值`"),
    ),
    "empty_key": _reason(
        "P116", "a key is empty or null",
        en=("a value stands here without a name", "write a name before the colon, or remove the line"),
        zh=("这里有值而没有名称", "在冒号前写出名称，或者删去这一行"),
    ),
    "merge_key": _reason(
        "P117", "a YAML merge key (`<<`) is used",
        en=("merge keys (`<<`) are not allowed", "write the facts out"),
        zh=("不允许使用合并键（`<<`）", "逐项写出各个事实"),
    ),
}  # fmt: skip
