"""Verify explicit labels as far as that can be done honestly: prompts in text, and our own marks in other media."""

from __future__ import annotations

import os
from pathlib import Path

from guiju.bilingual import Bilingual
from guiju.label.explicit.kind import AUDIO, DOCX, IMAGE, KINDS, TEXTS, VIDEO, kind_of
from guiju.label.explicit.result import ExplicitFinding
from guiju.label.explicit.wording import DEFAULT_TEXTS, wording


def check(
    path: str | os.PathLike[str], *, kind: str | None = None, text: str | None = None, encoding: str | None = None
) -> list[ExplicitFinding]:
    """Return what can be told about the explicit label of a file, with what was measured.

    `text` is a wording to look for besides the default ones. Raises ExplicitLabelError if the file cannot be read,
    OSError if it cannot be opened.
    """
    path = Path(path)
    kind = kind or kind_of(path)
    texts = tuple(dict.fromkeys(([text] if text else []) + list(DEFAULT_TEXTS.values())))
    if kind == VIDEO:
        from guiju.label.explicit.video import check_video

        return check_video(path, texts)
    if kind == AUDIO:
        from guiju.label.explicit.audio import check_audio

        return check_audio(path)
    content = path.read_bytes()
    if kind == IMAGE:
        from guiju.label.explicit.image import check_image

        return check_image(content, texts)
    return _prompts(_lines(content, kind, encoding), text)


def _lines(content: bytes, kind: str, encoding: str | None) -> list[str]:
    """Return the visible lines; the first and the last one are empty where they are not visible by themselves."""
    if kind == DOCX:
        from guiju.label.explicit.docx import paragraphs

        return paragraphs(content)
    if kind not in TEXTS:
        raise ValueError(f"{kind} is none of {sorted(KINDS)}")  # a mistake of the caller
    from guiju.label.explicit import text

    first, last = text.first_and_last(content, kind, encoding)
    return [first, *text.lines(content, kind, encoding)[1:-1], last]


def _prompts(lines: list[str], known: str | None) -> list[ExplicitFinding]:
    places = [(at, line) for at, line in enumerate(lines) if line]
    held = [(_place(at, lines), line) for at, line in places if line == known or wording(line).certain]
    if held:
        return [
            ExplicitFinding(
                "prompt",
                True,
                Bilingual(zh=f"标识“{line}”单独成行（{_IN_CHINESE[place]}）", en=f'the label "{line}" ({place})'),
                place,
                {"text": line},
            )
            for place, line in held
        ]
    maybe = [(_place(at, lines), line) for at, line in places if wording(line).full]
    if maybe:
        place, line = maybe[0]
        told = Bilingual(
            zh=f"“{line[:60]}”含有两项要素，但也可能只是在谈论人工智能；须由人判断",
            en=f'"{line[:60]}" has both elements, but may only speak about AI; a person has to judge',
        )
        return [ExplicitFinding("prompt", None, told, place, {"text": line[:60]})]
    told = Bilingual(
        zh="文中没有同时含“人工智能/AI”与“生成/合成”的提示",
        en="no line has both an AI element and a generation element",
    )
    return [ExplicitFinding("prompt", False, told)]


_IN_CHINESE = {"start": "开头", "middle": "中间", "end": "末尾"}


def _place(at: int, lines: list[str]) -> str:
    return "start" if at == 0 else "end" if at == len(lines) - 1 else "middle"
