"""Whether a text is a full explicit label: an AI element and a generation element, in one prompt (GB 5, grade C2).

`AI生成`, `由AI合成` and `人工智能生成合成内容` are; a bare `AI`, `AI播客`, `虚拟主播` and, lacking the prescribed
Chinese element, `AI-generated` are not. No fixed sentence is prescribed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from guiju.label.explicit.demands import demands
from guiju.label.explicit.errors import ExplicitLabelError

DEFAULT_TEXTS: Final = {"zh": "AI生成", "en": "AI生成 AI-generated"}
"""The label written unless another is given. The English one keeps the Chinese words, which the rule asks for."""

LONGEST_PROMPT: Final = 40  # characters; a longer paragraph may speak of AI without being a label

_DENIED = re.compile(
    r"非|未[经由使用]|不[是由含用]|没有|并无|禁止|拒绝|不得|是否|\b(?:not|no|non|without|never)\b", re.IGNORECASE
)
# Words that a prompt may be made of. What remains after taking them away makes it a sentence about something else.
_PROMPT_WORDS = re.compile(
    r"本|该|此|以[上下]|前述|部分|全部|含|文章|文本|文档|文件|文|图片|图像|图|视频|音频|画面|声音|语音|内容|作品|信息"
    r"|由|系|为|是|经|所|均|的|已|通过|使用|利用|借助|人工智能|大?模型|技术|工具|服务|辅助|自动|AI|AIGC|生成|合成|制作|创作"
    r"|请|注意|提示|说明|声明|标识|仅供参考|谨慎|甄别|核实|和|或|及|与|并"
    r"|this|the|content|text|image|video|audio|document|is|was|has|been|generated|synthesi[sz]ed|by|with|using|created"
    r"|partly|fully|artificial|intelligence|model|note|label",
    re.IGNORECASE,
)
_ALLOWED = re.compile(r"[\w\s\-–—·.,:;!/()（）《》「」【】，。：；！、“”‘’'\"]+")
_OPENINGS = "(（【《「“"


@dataclass(frozen=True)
class Wording:
    """The elements found in a text; `denied` where it says the opposite or asks."""

    text: str
    ai: tuple[str, ...]
    generation: tuple[str, ...]
    denied: bool

    @property
    def full(self) -> bool:
        """Both elements are there, and the text does not deny them."""
        return bool(self.ai and self.generation) and not self.denied

    @property
    def certain(self) -> bool:
        """The text is a full label and nothing else: short, and made of the words of a prompt only."""
        rest = re.sub(r"[\W_]+", "", _PROMPT_WORDS.sub("", self.text))
        return self.full and len(self.text) <= LONGEST_PROMPT and not rest

    @property
    def required_characters(self) -> str:
        """The characters that the elements are made of, each once: those whose height counts."""
        return "".join(dict.fromkeys("".join((*self.ai, *self.generation))))


def wording(text: str) -> Wording:
    """Look for the two elements in a text."""
    return Wording(
        text=text.strip(),
        ai=tuple(each for each in demands().ai if _has(each, text)),
        generation=tuple(each for each in demands().generation if _has(each, text)),
        denied=bool(_DENIED.search(text)),
    )


def is_full_label(text: str) -> bool:
    """Return whether a text has both elements (grade C2) and does not deny them."""
    return wording(text).full


def label_text(text: str | None, lang: str = "zh") -> str:
    """Return the text to write: the given one if it is a full label of one short line, else the default.

    Raises ExplicitLabelError if the given one is not.
    """
    chosen = DEFAULT_TEXTS["en" if lang == "en" else "zh"] if text is None else text.strip()
    found = wording(chosen)
    if not found.full:
        raise ExplicitLabelError.because(
            "wording",
            f"“{chosen}”不是完整的显式标识：须同时含有“人工智能”或“AI”，以及“生成”或“合成”，且不得为否定（如“AI生成”）",
            f'"{chosen}" is no full explicit label: it needs 人工智能 or AI, and 生成 or 合成, and must not deny them '
            "(for example AI生成)",
        )
    plain = _ALLOWED.fullmatch(chosen) and "_" not in chosen and (chosen[0].isalpha() or chosen[0] in _OPENINGS)
    if len(chosen) > LONGEST_PROMPT or not plain or "\n" in chosen or "\r" in chosen:
        raise ExplicitLabelError.because(
            "wording_form",
            f"标识文字须为一行、不超过 {LONGEST_PROMPT} 字，以文字或括号开头，且不含特殊符号",
            f"the text of a label is one line of at most {LONGEST_PROMPT} characters, begins with a letter or bracket, "
            "and has no special signs",
        )
    return chosen


def _has(element: str, text: str) -> bool:
    if element.isascii():
        return re.search(rf"(?<![A-Za-z]){element}(?![A-Za-z])", text) is not None
    # 生成式 and 合成器 name a technique or a tool, not how this content came about.
    return re.search(rf"{element}(?![式器])", text) is not None
