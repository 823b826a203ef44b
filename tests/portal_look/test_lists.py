"""Tables, pages, summaries, filters and charts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiju.bilingual import Bilingual
from guiju.portal.look.components import (
    Bar,
    Chart,
    Column,
    FilterChip,
    FilterPanel,
    Htmx,
    Link,
    Pagination,
    Row,
    SummaryList,
    SummaryRow,
    Table,
    Tag,
    TextField,
)
from tests.portal_look.reading import Element, read

HERE = Htmx(target="#results", select="#results")


def page_of(number: int) -> str:
    return f"?page={number}&q=a%26b"


def table(**changes: object) -> Element:
    columns = (
        Column(label="案件", sort="?sort=-number", sorted="ascending"),
        Column(label="用户数", numeric=True, sort="?sort=users", htmx=HERE),
        Column(label="状态"),
    )
    rows = (Row(href="/case/1/", cells=("A-1", 1_300_000, Tag(text="逾期", kind="bad"))), Row(cells=("<b>", None, "–")))
    return read(Table(**{"caption": "队列", "columns": columns, "rows": rows} | changes))  # type: ignore[arg-type]


def test_a_table_has_a_caption_and_names_its_rows_and_columns() -> None:
    page = table()
    assert page.one("caption").text == "队列"
    assert [one.get("scope") for one in page.all("th")] == ["col", "col", "col", "row", "row"]
    assert page.one("tbody").all("th")[0].one("a").get("href") == "/case/1/"


def test_hostile_text_in_a_cell_is_text() -> None:
    assert table().one("tbody").all("th")[1].text == "<b>"


def test_numbers_are_grouped_and_aligned_and_the_unknown_is_said() -> None:
    cells = table().one("tbody").all("td")
    assert cells[0].text == "用户数 1,300,000"
    assert "gj-table__number" in cells[0].classes
    assert cells[2].text == "用户数 未知"


def test_a_component_stands_in_a_cell_as_it_is() -> None:
    assert table().one("tbody").all("td")[1].one("span", class_="gj-tag").text == "逾期"


def test_sorting_is_a_link_and_the_present_order_is_said() -> None:
    heads = table().one("thead").all("th")
    assert [one.get("aria-sort") for one in heads] == ["ascending", "", ""]
    assert [one.get("href") for head in heads for one in head.all("a")] == ["?sort=-number", "?sort=users"]
    assert heads[0].text == "案件 改为降序"


def test_htmx_is_told_where_to_put_the_answer() -> None:
    link = table().one("thead").all("a")[1]
    assert (link.get("hx-target"), link.get("hx-swap"), link.get("hx-select")) == ("#results", "outerHTML", "#results")
    assert not table().one("thead").all("a")[0].has("hx-target")


def test_an_empty_table_says_so() -> None:
    assert table(rows=()).one("td").text == "没有内容。"
    assert table(rows=(), empty="还没有草稿").one("td").text == "还没有草稿"


def test_rows_that_do_not_fit_the_columns_are_refused() -> None:
    with pytest.raises(ValueError, match="row 1 has 1 cells for 3 columns"):
        table(rows=(Row(cells=("only",)),))


def shown(page: int, pages: int) -> list[int | None]:
    return [number for number, _ in Pagination(page=page, pages=pages, address=page_of).shown]


def test_pages_far_away_are_left_out() -> None:
    assert shown(1, 1) == [1]
    assert shown(1, 4) == [1, 2, 3, 4]
    assert shown(1, 9) == [1, 2, None, 9]
    assert shown(4, 9) == [1, 2, 3, 4, 5, None, 9]
    assert shown(5, 9) == [1, None, 4, 5, 6, None, 9]
    assert shown(9, 9) == [1, None, 8, 9]


@given(st.integers(1, 500), st.data())
def test_first_last_and_present_page_are_always_there_and_no_gap_hides_a_single_page(
    pages: int, data: st.DataObject
) -> None:
    page = data.draw(st.integers(1, pages))
    numbers = shown(page, pages)
    known = [one for one in numbers if one is not None]
    assert {1, page, pages} <= set(known)
    assert known == sorted(set(known))
    for before, gap, after in zip(numbers, numbers[1:], numbers[2:], strict=False):
        if gap is None:
            assert before is not None
            assert after is not None
            assert after - before > 2


def test_the_present_page_is_no_link_and_the_addresses_keep_their_query() -> None:
    nav = read(Pagination(page=2, pages=3, address=page_of, items=51, htmx=HERE)).one("nav")
    assert nav.one("span", **{"aria-current": "page"}).text == "页 2"
    assert [one.get("href") for one in nav.all("a")] == [page_of(1), page_of(1), page_of(3), page_of(3)]
    assert [one.get("rel") for one in nav.all("a")] == ["prev", "", "", "next"]
    assert "共 51 条" in nav.text


def test_one_page_has_no_links_and_nothing_to_say_shows_nothing() -> None:
    assert not read(Pagination(page=1, pages=1, address=page_of, items=3)).all("a")
    assert str(Pagination(page=1, pages=1, address=page_of)).strip() == ""


def test_a_summary_tells_unknown_from_empty_and_names_its_links() -> None:
    rows = (
        SummaryRow(key="用户数", value=None, actions=(Link(label="回答", href="/a/"),)),
        SummaryRow(key="备注", value=""),
    )
    page = read(SummaryList(rows=rows))
    assert [one.text for one in page.all("dd", class_="gj-summary__value")] == ["未知", ""]
    assert page.one("a").text == "回答: 用户数"


def test_a_filter_is_a_form_that_asks_with_get() -> None:
    panel = FilterPanel(
        id="narrow",
        action="/queue/",
        fields=(TextField(prefix="n", name="q", label="名称"),),
        chips=(FilterChip(label="<b>", without="/queue/?x=1"),),
        clear="/queue/",
        hidden=(("sort", '"a'),),
        htmx=HERE,
    )
    form = read(panel).one("form")
    assert (form.get("method"), form.get("action"), form.get("hx-target")) == ("get", "/queue/", "#results")
    assert form.one("input", type="hidden").get("value") == '"a'
    assert form.one("a", class_="gj-chip").text == "去掉： <b>"
    assert form.one("button").get("type") == "submit"


def chart(*values: tuple[float | None, ...]) -> Chart:
    bars = tuple(Bar(label=f"<{n}>", values=one) for n, one in enumerate(values))
    return Chart(id="c", caption="X", heading="月", series=("按期", "逾期"), bars=bars)


def test_a_chart_is_a_table_of_its_numbers() -> None:
    page = read(chart((1096, 31), (540, None)))
    cells = [one.text for one in page.one("tbody").all("td", class_="gj-table__number")]
    assert cells == ["1,096", "31", "540", "未知"]
    assert [one.text for one in page.one("tbody").all("th")] == ["<0>", "<1>"]
    assert all(one.get("aria-hidden") for one in page.all("td", class_="gj-chart__picture"))


@given(st.lists(st.tuples(*[st.one_of(st.none(), st.floats(0, 1e9))] * 2), max_size=6))
def test_bars_keep_proportion_and_stay_inside(values: list[tuple[float | None, float | None]]) -> None:
    for (_, _, segments), numbers in zip(chart(*values).lines, values, strict=True):
        assert len(segments) == sum(1 for one in numbers if one)
        assert all(float(at) + float(length) <= 100.02 for _, at, length in segments)


def test_a_chart_of_nothing_is_still_a_table() -> None:
    assert read(chart((0, 0), (None, None))).one("table")
    assert read(chart()).one("table")


def test_what_could_not_be_told_apart_is_refused() -> None:
    with pytest.raises(ValueError, match="1 to 3 series"):
        Chart(id="c", caption="X", heading="月", series=("1", "2", "3", "4"), bars=())
    with pytest.raises(ValueError, match="shorter than nothing"):
        chart((-1, 0))
    with pytest.raises(ValueError, match="1 values for 2 series"):
        chart((1,))


def test_a_bilingual_caption_follows_the_language(lang: str) -> None:
    page = table(caption=Bilingual(zh="队列", en="Queue"))
    assert page.one("caption").text == ("Queue" if lang == "en" else "队列")
