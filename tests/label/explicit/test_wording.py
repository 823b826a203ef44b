"""Which texts are a full explicit label: an AI element and a generation element, in one prompt."""

from __future__ import annotations

import pytest

from guiju.label import explicit
from guiju.label.explicit.wording import label_text


@pytest.mark.parametrize(
    "text",
    [
        "AI生成",
        "由AI合成",
        "人工智能生成合成内容",
        "本文由人工智能生成",
        "内容由 AI 生成，仅供参考",
        "AI生成 AI-generated",
        "（AI合成）",
    ],
)
def test_both_elements_make_a_full_label(text: str) -> None:
    assert explicit.is_full_label(text)
    assert explicit.wording(text).certain


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("AI", "no generation element"),
        ("AI播客", "no generation element"),
        ("虚拟主播", "neither"),
        ("生成", "no AI element"),
        ("计算机合成", "no AI element"),
        ("AI-generated", "the prescribed Chinese element is missing"),
        ("SAID生成", "AI only inside another word"),
        ("ai生成", "the element is written in capitals"),
        ("生成式AI播客", "生成式 names a technique"),
        ("AI生成器", "a tool, not how this came about"),
        ("非AI生成", "denied"),
        ("本文不是人工智能生成的", "denied"),
        ("未经AI生成", "denied"),
        ("是否AI生成", "a question"),
        ("AI生成: no", "denied in English"),
        ("", "nothing"),
    ],
)
def test_everything_else_is_none(text: str, reason: str) -> None:
    assert not explicit.is_full_label(text), reason


@pytest.mark.parametrize("text", ["AI生成内容标识办法", "AI生成的图片越来越多", "AI生成" + "内容" * 20])
def test_a_sentence_about_ai_has_the_elements_but_is_not_certainly_a_label(text: str) -> None:
    assert explicit.is_full_label(text)
    assert not explicit.wording(text).certain


def test_only_the_characters_of_the_elements_count_for_their_height() -> None:
    assert explicit.wording("AI生成 AI-generated").required_characters == "AI生成"
    assert explicit.wording("由人工智能合成").required_characters == "人工智能合成"


def test_the_default_texts_are_full_labels_in_both_languages() -> None:
    assert label_text(None, "zh") == "AI生成"
    assert label_text(None, "en") == "AI生成 AI-generated"
    assert all(explicit.is_full_label(text) for text in explicit.DEFAULT_TEXTS.values())


@pytest.mark.parametrize(
    "text", ["AI", "非AI生成", "AI生成\n第二行", "# AI生成", "- AI生成", "<b>AI生成</b>", "*AI生成*", "AI生成" * 11]
)
def test_a_text_that_is_no_label_or_no_plain_line_is_refused(text: str) -> None:
    with pytest.raises(explicit.ExplicitLabelError) as caught:
        label_text(text)
    assert caught.value.code in {"wording", "wording_form"}


def test_the_refusal_says_what_is_missing_in_both_languages() -> None:
    with pytest.raises(explicit.ExplicitLabelError) as caught:
        label_text("AI播客")
    assert caught.value.text("en") == (
        '"AI播客" is no full explicit label: it needs 人工智能 or AI, and 生成 or 合成, and must not deny them '
        "(for example AI生成)"
    )
    assert caught.value.text("zh").startswith("“AI播客”不是完整的显式标识")
