"""How readers treat what publishers do to a law: page breaks, marks, lists, contents, front matter."""

from collections.abc import Iterable
from types import ModuleType

import pytest

from guiju.law.importing import chinese, english, webpage
from guiju.law.importing.assembly import assemble
from guiju.law.provisions import Article, Division

IN_FORCE = "**第二条（施行）** 本法自 年 月 日起施行。"


def read(reader: ModuleType, text: str, language: str = "zh") -> tuple[Article, ...]:
    articles, problems = assemble(reader.read_blocks(text.splitlines()), language)
    assert problems == []
    return articles


def problems_of(text: str, language: str = "zh") -> list[str]:
    reader = {"zh": chinese, "en": english}[language]
    return assemble(reader.read_blocks(text.splitlines()), language)[1]


def shape(articles: Iterable[Article]) -> list[list[int]]:
    return [[len(paragraph.items) for paragraph in article.paragraphs] for article in articles]


def test_a_paragraph_that_a_page_break_cut_is_one_paragraph():
    first, _ = read(
        chinese, f"**第一条（公平）** 养猫应当遵循公平原\n\n则，不得偏心。\n\n猫有尊严。\n\n{IN_FORCE}"
    )
    assert [paragraph.text for paragraph in first.paragraphs] == [
        "养猫应当遵循公平原则，不得偏心。",
        "猫有尊严。",
    ]


def test_an_english_paragraph_that_a_page_break_cut_is_joined_with_a_space():
    text = "## **ARTICLE 1 – CATS**\n\nCats are\n\nfree.\n\n# ARTICLE 2 – START\n\nThis Law shall come into force on X."
    first, _ = read(english, text, "en")
    assert first.paragraphs[0].text == "Cats are free."


@pytest.mark.parametrize("mark", ["（一）", "(一) ", "- （一）", "- (一)"])
def test_items_are_found_under_every_list_mark(mark: str):
    second = mark.replace("一", "二")
    first, _ = read(chinese, f"**第一条（义务）** 应当：\n\n{mark}喂食；\n{second}陪伴。\n\n{IN_FORCE}")
    assert [item.text for item in first.paragraphs[0].items] == ["喂食；", "陪伴。"]


@pytest.mark.parametrize("mark", ["1. *Feed;*", "- 1. *Feed;*", "1. **Food:** *Feed;*"])
def test_english_items_keep_their_words_and_lose_their_marks(mark: str):
    text = f"## ARTICLE 1 – DUTIES\n\nDo this:\n\n{mark}\n\n2. *Play.*\n\n## ARTICLE 2 – START\n\nIt shall come into force on X."
    first, _ = read(english, text, "en")
    assert [item.text.removeprefix("Food: ") for item in first.paragraphs[0].items] == ["Feed;", "Play."]


def test_a_list_goes_on_over_a_page_break():
    text = f"**第一条（义务）** 应当：\n\n- （一）喂食；\n- （二）在猫生\n\n病时就医；\n\n（三）陪伴。\n\n{IN_FORCE}"
    first, _ = read(chinese, text)
    assert [item.text for item in first.paragraphs[0].items] == ["喂食；", "在猫生病时就医；", "陪伴。"]


def test_a_paragraph_after_a_list_is_a_new_paragraph():
    text = f"**第一条（义务）** 应当：\n\n（一）喂食；\n\n（二）陪伴。\n\n猫可以拒绝。\n\n不得：\n\n（一）打猫。\n\n{IN_FORCE}"
    assert shape(read(chinese, text)) == [[2, 0, 1], [0]]


def test_points_within_an_english_item_belong_to_it():
    text = (
        "## ARTICLE 1 – DUTIES\n\nDo this:\n\n1. *Keep it from what:\n  - harms;\n  - or hurts.*\n\n2. *Pick rules,*\n"
        "- clear ones.\n\n## ARTICLE 2 – START\n\nIt shall come into force on X."
    )
    first, _ = read(english, text, "en")
    assert [item.text for item in first.paragraphs[0].items] == [
        "Keep it from what: harms; or hurts.",
        "Pick rules, clear ones.",
    ]


@pytest.mark.parametrize("marks", ["", "#", "##", "### "])
def test_chapters_sections_and_headings_are_kept_apart_from_the_text(marks: str):
    text = (
        f"{marks} 第一章 总则\n\n{marks} **第一节 一般规定**\n\n{marks}**第一条（猫）**猫是家人。\n\n"
        f"{marks} 第二章 附则\n\n{IN_FORCE}"
    )
    first, second = read(chinese, text)
    assert (first.chapter, first.section, first.heading) == (
        Division(1, "总则"),
        Division(1, "一般规定"),
        "猫",
    )
    assert (second.chapter, second.section, second.heading) == (Division(2, "附则"), None, "施行")
    assert first.paragraphs[0].text == "猫是家人。"


def test_an_english_chapter_title_may_run_over_several_heading_lines():
    text = "# CHAPTER IV\n\n# **CATS AND**\n\n# **DOGS**\n\n## ARTICLE 1 – START\n\nIt shall come into force on X."
    (only,) = read(english, text, "en")
    assert only.chapter == Division(4, "CATS AND DOGS")


def test_front_matter_and_the_table_of_contents_are_no_part_of_the_law():
    text = f"# 猫法\n\n- 张三 教授\n\n# 前言\n\n本法很好。\n\n第一章 总则 .....\t1\n\n## 第一章 总则\n\n**第一条（猫）** 猫。\n\n{IN_FORCE}"
    assert shape(read(chinese, text)) == [[0], [0]]


def test_the_lines_of_an_english_table_of_contents_are_not_articles():
    contents = "Article 1 – Cats .....\t1\n\nArticle 2 – Start9\n\n## **CHAPTER I CATS 33**\n"
    law = "# CHAPTER I\n\n# CATS\n\n## ARTICLE 1 – START\n\nIt shall come into force on X."
    (only,) = read(english, f"{contents}\n{law}", "en")
    assert only.chapter == Division(1, "CATS")


def test_a_reference_at_the_start_of_a_line_is_not_an_article():
    first, _ = read(chinese, f"**第一条（猫）** 猫依照\n\n第二条规定生活。\n\n{IN_FORCE}")
    assert first.paragraphs[0].text == "猫依照第二条规定生活。"


def test_a_web_page_is_its_indented_lines():
    text = "猫法\n  第一条 猫。\n法宝联想:期刊 3 篇\n  第二条 应当:\n  (一)喂食;\n  (二)陪伴。\n  第三条 本法自明日起施行。\n法宝联想\n狗法\n"
    assert shape(read(webpage, text)) == [[0], [2], [0]]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("没有条文。", "no article was found"),
        ("第一条 猫。", "article 1 is the last, but does not say when the law takes effect: the file seems to be cut off"),
        ("第一条 猫。\n第三条 本法自明日起施行。", "article 3 stands where article 2 is due"),
        ("第一条 猫。\n第一条 猫。\n第二条 本法自明日起施行。", "article 1 stands where article 2 is due"),
        ("第一条 应当：\n（一）喂；\n（三）玩。\n第二条 本法自明日起施行。", "item 3 of article 1, paragraph 1 stands where item 2 is due"),
        ("第一条 猫是\n第二条 本法自明日起施行。", "article 1, paragraph 1 ends in the middle of a sentence"),
        ("第一条 应当：\n（一）喂\n第二条 本法自明日起施行。", "article 1, paragraph 1, item 1 ends in the middle of a sentence"),
        ("第一条 应当：\n第二条 本法自明日起施行。", "article 1, paragraph 1 introduces no items"),
        ("第一条 猫。\n（一）喂。\n第二条 本法自明日起施行。", "article 1, paragraph 1 has items but does not introduce them"),
        ("第一条（猫）\n第二条 本法自明日起施行。", "article 1 has no text"),
        ("第一条（猫）\n（一）喂。\n第二条 本法自明日起施行。", "article 1 begins with an item"),
        ("第一条 猫。\n第一章 总则\n猫狗。\n第二条 本法自明日起施行。", "text stands between a heading and the article after 1"),
    ],
)  # fmt: skip
def test_what_is_not_a_whole_law_is_said(text: str, problem: str):
    assert problem in problems_of(text)
