"""Kinds of files that no label is written into: why, and what to do instead. Never a trick that only we can read."""

from __future__ import annotations

from guiju.label.errors import RefusedError

_PROMPT_ZH = "请在内容中加显式提示"
_PROMPT_EN = "put the visible prompt into the content"
_SIDECAR_ZH = "需要机读标识时另存为旁注文件或改用有标识位置的格式"
_SIDECAR_EN = "where a machine has to read it, keep it in a file beside, or use a format that has a place for it"
_INSTEAD_ZH = f"；{_PROMPT_ZH}，{_SIDECAR_ZH}"
_INSTEAD_EN = f"; {_PROMPT_EN}; {_SIDECAR_EN}"

REFUSALS = {
    "text": (
        "no_metadata",
        f"纯文本没有元数据，只规定了显式提示（规定文本的转述，证据等级 C3）；零宽字符不算标识{_INSTEAD_ZH}",
        f"plain text has no metadata; only the visible prompt is defined for it (as reproduced, grade C3), and "
        f"zero-width characters are no label{_INSTEAD_EN}",
    ),
    "svg": (
        "no_defined_place",
        f"SVG 的标识位置没有见到规定（证据等级 U）{_INSTEAD_ZH}",
        f"no place for a label in SVG is known to be defined (grade U){_INSTEAD_EN}",
    ),
    "epub": (
        "no_defined_place",
        f"EPUB 的标识位置没有见到规定（证据等级 U）{_INSTEAD_ZH}",
        f"no place for a label in EPUB is known to be defined (grade U){_INSTEAD_EN}",
    ),
    "ofd": (
        "place_unknown",
        f"OFD 在实践指南之列（证据等级 C3），但标识的确切位置未能核实（U），猜着写等于没有写{_INSTEAD_ZH}",
        f"a guide covers OFD (grade C3), but the exact place could not be confirmed (U), and a guess is no label"
        f"{_INSTEAD_EN}",
    ),
    "uof": (
        "place_unknown",
        f"UOF 在实践指南之列（证据等级 C3），但标识的确切位置未能核实（U），猜着写等于没有写{_INSTEAD_ZH}",
        f"a guide covers UOF (grade C3), but the exact place could not be confirmed (U), and a guess is no label"
        f"{_INSTEAD_EN}",
    ),
    "xmind": (
        "place_unknown",
        f"XMind 在实践指南之列（证据等级 C3），但标识的确切位置未能核实（U），猜着写等于没有写{_INSTEAD_ZH}",
        f"a guide covers XMind (grade C3), but the exact place could not be confirmed (U), and a guess is no label"
        f"{_INSTEAD_EN}",
    ),
    "zip": (
        "container",
        "压缩包本身不是生成内容；请先给其中每个文件写标识，再打包",
        "an archive is not itself generated content; label each file in it and pack them again",
    ),
    "office97": (
        "office97",
        "Office 97-2003 格式（doc、xls、ppt）不在支持之列：其容器无法只插入字节而不动内容；"
        "请另存为 docx、xlsx、pptx 后写标识",
        "the Office 97-2003 formats (doc, xls, ppt) are not supported: bytes cannot be inserted into their container "
        "without moving content; save as docx, xlsx or pptx and label that",
    ),
    "encrypted_office": (
        "encrypted",
        "Office 文件已用密码加密；请由有权者解除加密，写入标识后再加密",
        "the office file is encrypted with a password; have it decrypted by whoever may, write the label, and encrypt "
        "again",
    ),
    "empty": (
        "empty",
        "文件是空的；请检查生成或传输是否中断",
        "the file is empty; check whether generating or copying it broke off",
    ),
    "unknown": (
        "unknown_kind",
        f"认不出文件的类型，不知道标识应放在哪里；请检查文件是否完整{_INSTEAD_ZH}",
        f"the kind of file is not recognised, so there is no known place for a label; check that it is complete"
        f"{_INSTEAD_EN}",
    ),
}
"""Kind of file: stable code and reason in both languages."""

_SAME = {"doc": "office97", "xls": "office97", "ppt": "office97"}


def refusal_for(kind: str) -> RefusedError:
    """Return the refusal to label a kind of file that has no writer; a kind not in the table counts as unknown."""
    code, zh, en = REFUSALS.get(_SAME.get(kind, kind), REFUSALS["unknown"])
    return RefusedError.because(code, zh, en)
