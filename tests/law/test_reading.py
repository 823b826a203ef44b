"""How readers treat what publishers do to a law: page breaks, marks, lists, contents, front matter."""

from collections.abc import Iterable
from types import ModuleType

import pytest

from guiju.law.importing import chinese, english, webpage
from guiju.law.importing.assembly import assemble
from guiju.law.provisions import Article, Division

START_ZH = "**第二条（施行）** 本法自 年 月 日起施行。"
START_EN = ("## **ARTICLE 2 – START**", "This Law shall come into force on [Day].")


def read(reader: ModuleType, *lines: str) -> tuple[Article, ...]:
    articles, problems = assemble(reader.read_blocks(lines), "en" if reader is english else "zh")
    assert problems == []
    return articles


def paragraphs(article: Article) -> list[str]:
    return [paragraph.text for paragraph in article.paragraphs]


def items(article: Article) -> list[str]:
    return [item.text for item in article.paragraphs[0].items]


def shape(articles: Iterable[Article]) -> list[list[int]]:
    return [[len(paragraph.items) for paragraph in article.paragraphs] for article in articles]


def test_a_paragraph_that_a_page_break_cut_is_one_paragraph() -> None:
    first, _ = read(chinese, "**第一条（公平）** 养猫应当遵循公平原", "", "则，不得偏心。", "", "猫有尊严。", START_ZH)
    assert paragraphs(first) == ["养猫应当遵循公平原则，不得偏心。", "猫有尊严。"]


def test_an_english_paragraph_that_a_page_break_cut_is_joined_with_a_space() -> None:
    first, _ = read(english, "## **ARTICLE 1 – CATS**", "Cats are", "", "free.", *START_EN)
    assert paragraphs(first) == ["Cats are free."]


@pytest.mark.parametrize("mark", ["（一）", "(一) ", "- （一）", "- (一)"])
def test_items_are_found_under_every_list_mark(mark: str) -> None:
    second = mark.replace("一", "二")
    first, _ = read(chinese, "**第一条（义务）** 应当：", f"{mark}喂食；", f"{second}陪伴。", START_ZH)
    assert items(first) == ["喂食；", "陪伴。"]


@pytest.mark.parametrize("mark", ["1. *Feed;*", "- 1. *Feed;*", "1. **Food:** *Feed;*"])
def test_english_items_keep_their_words_and_lose_their_marks(mark: str) -> None:
    first, _ = read(english, "## ARTICLE 1 – DUTIES", "Do this:", mark, "2. *Play.*", *START_EN)
    assert [text.removeprefix("Food: ") for text in items(first)] == ["Feed;", "Play."]


def test_a_list_goes_on_over_a_page_break() -> None:
    first, _ = read(
        chinese,
        "**第一条（义务）** 应当：",
        "- （一）喂食；",
        "- （二）在猫生",
        "",
        "病时就医；",
        "",
        "（三）陪伴。",
        START_ZH,
    )
    assert items(first) == ["喂食；", "在猫生病时就医；", "陪伴。"]


def test_a_paragraph_after_a_list_is_a_new_paragraph() -> None:
    articles = read(
        chinese,
        "**第一条（义务）** 应当：",
        "（一）喂食；",
        "（二）陪伴。",
        "猫可以拒绝。",
        "不得：",
        "（一）打猫。",
        START_ZH,
    )
    assert shape(articles) == [[2, 0, 1], [0]]


def test_points_within_an_english_item_belong_to_it() -> None:
    first, _ = read(
        english,
        "## ARTICLE 1 – DUTIES",
        "Do this:",
        "1. *Keep it from what:",
        "  - harms;",
        "  - or hurts.*",
        "2. *Pick rules,*",
        "- clear ones.",
        *START_EN,
    )
    assert items(first) == ["Keep it from what: harms; or hurts.", "Pick rules, clear ones."]


@pytest.mark.parametrize("marks", ["", "#", "##", "### "])
def test_chapters_sections_and_headings_are_kept_apart_from_the_text(marks: str) -> None:
    first, second = read(
        chinese,
        f"{marks} 第一章 总则",
        f"{marks} **第一节 一般规定**",
        f"{marks}**第一条（猫）**猫是家人。",
        f"{marks} 第二章 附则",
        START_ZH,
    )
    assert (first.chapter, first.section, first.heading) == (
        Division(1, "总则"),
        Division(1, "一般规定"),
        "猫",
    )
    assert (second.chapter, second.section, second.heading) == (Division(2, "附则"), None, "施行")
    assert paragraphs(first) == ["猫是家人。"]


def test_the_brackets_of_a_heading_may_be_half_width() -> None:
    first, _ = read(chinese, "**第一条 (猫)** 猫是家人。", START_ZH)
    assert (first.heading, paragraphs(first)) == ("猫", ["猫是家人。"])


def test_a_long_english_heading_may_run_over_several_heading_lines() -> None:
    first, _ = read(
        english,
        "# CHAPTER IV",
        "# **CATS AND**",
        "# **DOGS**",
        "## SECTION 2: WHAT",
        "## THEY MAY",
        "### ARTICLE 1 – SLEEPING",
        "### AND EATING",
        "All day.",
        *START_EN,
    )
    assert (first.chapter, first.section) == (Division(4, "CATS AND DOGS"), Division(2, "WHAT THEY MAY"))
    assert first.heading == "SLEEPING AND EATING"


def test_front_matter_and_the_table_of_contents_are_no_part_of_the_law() -> None:
    articles = read(
        chinese,
        "# 猫法",
        "- 张三 教授",
        "# 前言",
        "本法很好。",
        "第一章 总则 .....\t1",
        "## 第一章 总则",
        "**第一条（猫）** 猫。",
        START_ZH,
    )
    assert shape(articles) == [[0], [0]]


def test_the_lines_of_an_english_table_of_contents_are_not_articles() -> None:
    first, _ = read(
        english,
        "Article 1 – Cats .....\t1",
        "Article 2 – Start9",
        "## **CHAPTER I CATS 33**",
        "# CHAPTER I",
        "# CATS",
        "## ARTICLE 1 – CATS",
        "Cats are free.",
        *START_EN,
    )
    assert first.chapter == Division(1, "CATS")
    assert paragraphs(first) == ["Cats are free."]


def test_a_reference_at_the_start_of_a_line_is_not_an_article() -> None:
    first, _ = read(chinese, "**第一条（猫）** 猫依照", "第二条规定生活。", START_ZH)
    assert paragraphs(first) == ["猫依照第二条规定生活。"]


def test_a_web_page_is_its_indented_lines() -> None:
    articles = read(
        webpage,
        "猫法",
        "  第一条 猫。",
        "法宝联想:期刊 3 篇",
        "  第二条 应当:",
        "  (一)喂食;",
        "  (二)陪伴。",
        "  第三条 本法自明日起施行。",
        "法宝联想",
        "狗法",
    )
    assert shape(articles) == [[0], [2], [0]]


@pytest.mark.parametrize(
    ("lines", "problem"),
    [
        (["没有条文。"], "no article was found"),
        (["第一条 猫。", "第三条 狗。"], "article 3 stands where article 2 is due"),
        (["第一条 猫。", "第一条 猫。"], "article 1 stands where article 2 is due"),
        (
            ["第一条 应当：", "（一）喂；", "（三）玩。"],
            "item 3 of article 1, paragraph 1 stands where item 2 is due",
        ),
        (["第一条 猫是", START_ZH], "article 1, paragraph 1 ends in the middle of a sentence"),
        (
            ["第一条 应当：", "（一）喂", START_ZH],
            "article 1, paragraph 1, item 1 ends in the middle of a sentence",
        ),
        (["第一条 应当：", START_ZH], "article 1, paragraph 1 introduces no items"),
        (["第一条 猫。", "（一）喂。"], "article 1, paragraph 1 has items but does not introduce them"),
        (["第一条（猫）", START_ZH], "article 1 has no text"),
        (["第一条（猫）", "（一）喂。"], "article 1 begins with an item"),
        (
            ["第一条 猫。", "第二章 狗", "狗。", START_ZH],
            "text stands between a heading and the article after 1",
        ),
        (
            ["第一条 猫。"],
            "article 1 is the last, but does not say when the law takes effect: the file seems to be cut off",
        ),
    ],
)
def test_what_is_not_a_whole_law_is_said(lines: list[str], problem: str) -> None:
    assert problem in assemble(chinese.read_blocks(lines), "zh")[1]
