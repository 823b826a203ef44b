"""A table in two columns, saved as one stream of lines, is told apart, or refused where it cannot be."""

from collections.abc import Sequence

import pytest

from guiju.law.importing.assembly import assemble
from guiju.law.importing.columns import ColumnsUnclear
from guiju.law.importing.comparison import read_columns
from guiju.law.importing.layout import paragraphs, width

TOP = ["评论。", "《猫法》与征求意见稿对比汇总", "《猫法》（征求意见稿） 《猫法》", "图例：删除 新增 调整"]
PAGE_BREAK = ["", "", ""]
FULL = "猫" * 22
INDENTED = "猫" * 20


def texts(rows: Sequence[str]) -> tuple[list[list[str]], list[list[str]]]:
    """Read a table; give the words of each article of the draft and of the final text."""
    columns = read_columns([*TOP, *rows])
    read = []
    for blocks in (columns.draft, columns.final):
        articles, _ = assemble(blocks, "zh")
        read.append(
            [
                [word for paragraph in article.paragraphs for word in (paragraph.text, *map(str_of, paragraph.items))]
                for article in articles
            ]
        )
    return read[0], read[1]


def str_of(item: object) -> str:
    return str(getattr(item, "text", item))


def test_a_row_is_the_draft_then_the_final_text() -> None:
    rows = ["第一条 旧猫。", "第一条 新猫。", "第二条 旧狗。", "第二条 新狗。"]
    assert texts(rows) == ([["旧猫。"], ["旧狗。"]], [["新猫。"], ["新狗。"]])


def test_a_row_without_a_draft_is_the_final_text_alone() -> None:
    rows = ["第一条 旧猫。", "第一条 新猫。", "第二章 狗", "第二条 新狗。"]
    rows += ["第三章 鸟", "第二条 旧鸟。", "第三条 新鸟。"]
    assert texts(rows) == ([["旧猫。"], ["旧鸟。"]], [["新猫。"], ["新狗。"], ["新鸟。"]])


def test_several_articles_of_the_draft_may_stand_beside_one() -> None:
    rows = ["第二条 旧狗。", "第一条 旧猫。", "第一条 新猫狗。"]
    assert texts(rows) == ([["旧猫。"], ["旧狗。"]], [["新猫狗。"]])


def test_a_provision_that_is_printed_twice_counts_once_and_in_full() -> None:
    rows = ["第一条 旧猫。", "第一条 新猫。", "第一条 旧猫。", "猫。", "第二条 新狗。"]
    draft, final = texts(rows)
    assert draft == [["旧猫。", "猫。"]]
    assert final == [["新猫。"], ["新狗。"]]


def test_paragraphs_that_are_printed_apart_come_together() -> None:
    rows = ["第一条 （第一款）旧猫。", "第一条 新猫。", "第一条 （第二款）旧狗。", "第二条 新狗。"]
    assert texts(rows)[0] == [["旧猫。", "旧狗。"]]


def test_two_cells_on_one_line_are_two() -> None:
    assert texts(["第一条 旧猫。 第一条 新猫。"]) == ([["旧猫。"]], [["新猫。"]])


def test_provisions_that_were_dropped_belong_to_the_draft() -> None:
    rows = ["第一条 旧猫。", "第一条 新猫。", "《猫法》删除条款", "第二条 旧狗。", "第三条 旧鸟。"]
    assert texts(rows) == ([["旧猫。"], ["旧狗。"], ["旧鸟。"]], [["新猫。"]])


def test_chapters_belong_to_the_final_text() -> None:
    columns = read_columns([*TOP, "第一章 总则", "第一条 旧猫。", "第一条 新猫。"])
    (article,), _ = assemble(columns.final, "zh")
    assert article.chapter is not None
    assert article.chapter.title == "总则"
    assert all(article.chapter is None for article in assemble(columns.draft, "zh")[0])


def test_a_row_that_a_page_break_cut_goes_on_in_the_same_order() -> None:
    rows = [
        "第一条 旧应当：",
        "（一）旧喂",
        "第一条 新应当：",
        "（一）新喂",
        *PAGE_BREAK,
        "食。",
        "（二）旧玩。",
        "食；",
        "（二）新玩。",
    ]
    draft, final = texts(rows)
    assert draft == [["旧应当：", "旧喂食。", "旧玩。"]]
    assert final == [["新应当：", "新喂食；", "新玩。"]]


def test_only_the_column_that_was_cut_goes_on() -> None:
    rows = ["第一条 旧猫", "第一条 新猫。", *PAGE_BREAK, "喵。", "第二条 旧狗。", "第二条 新狗。"]
    assert texts(rows) == ([["旧猫喵。"], ["旧狗。"]], [["新猫。"], ["新狗。"]])


def test_an_indented_line_is_no_rest_of_a_sentence() -> None:
    new_paragraph = [INDENTED, "猫。"]
    rows = ["第一条 旧", "第一条 新", *PAGE_BREAK, "猫。", *new_paragraph, FULL, "猫。"]
    draft, final = texts(rows)
    assert draft == [["旧猫。", INDENTED + "猫。"]]
    assert final == [["新" + FULL + "猫。"]]


def test_lines_that_fit_both_columns_are_refused_and_not_guessed() -> None:
    rows = ["第一条 旧", "第一条 新", *PAGE_BREAK, "猫。", "狗。", "鸟。"]
    with pytest.raises(ColumnsUnclear, match="the columns of the comparison can be told apart in 2 ways"):
        read_columns([*TOP, *rows])


def test_articles_that_fit_both_columns_are_refused() -> None:
    rows = ["第一条 旧猫。", "第一条 新猫。", "第二章 动物", "第二条 新狗。", "第二条 旧鸟。", "第三条 新鸟。"]
    with pytest.raises(ColumnsUnclear, match="the columns of the comparison can be told apart in 2 ways"):
        read_columns([*TOP, *rows])


def test_a_page_break_shows_which_cells_share_a_row() -> None:
    rows = ["第一条 旧猫。", "第一条 新猫。", "第二章 动物", "第二条 新狗。", "第二条 旧", "第三条 新"]
    draft, final = texts([*rows, *PAGE_BREAK, "鸟。", FULL, "鸟。"])
    assert draft == [["旧猫。"], ["旧鸟。"]]
    assert final == [["新猫。"], ["新狗。"], ["新" + FULL + "鸟。"]]


def test_lines_that_fit_no_column_are_refused() -> None:
    rows = ["第一条 旧猫。", "第一条 新猫。", *PAGE_BREAK, "狗。"]
    with pytest.raises(ColumnsUnclear, match="cannot be told apart at the top of its page 2"):
        read_columns([*TOP, *rows])


def test_a_draft_that_contradicts_itself_is_refused() -> None:
    rows = ["第一条 旧猫。", "第一条 新猫。", "《猫法》删除条款", "第一条 旧狗。"]
    with pytest.raises(ColumnsUnclear, match="cannot be told apart at article 1"):
        read_columns([*TOP, *rows])


def test_a_full_line_goes_on_and_a_short_one_ends_its_paragraph() -> None:
    ends_full = "猫" * 21 + "。"
    assert paragraphs([FULL, "猫。", "狗。"]) == [FULL + "猫。", "狗。"]
    assert paragraphs([ends_full, FULL, "猫。"]) == [ends_full + FULL + "猫。"]
    assert paragraphs([ends_full, INDENTED, "猫。"]) == [ends_full, INDENTED + "猫。"]
    assert paragraphs([FULL, "喂：", "（一）猫；", "（二）狗。"]) == [FULL + "喂：", "（一）猫；", "（二）狗。"]


def test_latin_letters_digits_and_blanks_are_half_as_wide() -> None:
    assert width("猫 12 AI。") == 1 + 0.5 + 1 + 0.5 + 1 + 1
