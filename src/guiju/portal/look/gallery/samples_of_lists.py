"""Lists, tables, charts."""

from __future__ import annotations

from guiju.portal.look.components import (
    Bar,
    Chart,
    ChoiceField,
    Column,
    FilterChip,
    FilterPanel,
    Htmx,
    Link,
    Option,
    Pagination,
    Row,
    SummaryList,
    SummaryRow,
    Table,
    Tag,
    TextField,
)
from guiju.portal.look.gallery.sample import Room, Sample, both, provision

RESULTS = Htmx(target="#main", select="#main")

_REVIEW = Tag(text=both("审查中", "Under review"), kind="active")
_QUEUE = Table(
    caption=both("待办案件", "Cases waiting"),
    columns=(
        Column(label=both("案件", "Case"), unbroken=True, sort="?sort=-number", sorted="ascending", htmx=RESULTS),
        Column(label=both("申请人", "Applicant"), sort="?sort=name", htmx=RESULTS),
        Column(label=both("用户数", "Users"), numeric=True, sort="?sort=users", htmx=RESULTS),
        Column(label=both("状态", "State")),
        Column(label=both("剩余", "Left"), numeric=True),
    ),
    rows=(
        Row(
            href="#128",
            cells=(
                "ZJ-2026-000128-K",
                both("星河智能科技有限公司", "Xinghe Intelligence Ltd"),
                1_300_000,
                Tag(text=both("等待补正", "Waiting for papers"), kind="paused"),
                both("9 日", "9 days"),
            ),
        ),
        Row(
            href="#131",
            cells=(
                "ZJ-2026-000131-R",
                both(
                    "名称很长很长的某某某某省某某某某市人工智能应用与服务（集团）股份有限公司",
                    "Very Long Name Artificial Intelligence Applications and Services (Group) Company Limited",
                ),
                None,
                Tag(text=both("逾期", "Overdue"), kind="bad"),
                both("逾 4 日", "4 days late"),
            ),
        ),
        Row(
            href="#140",
            cells=("ZJ-2026-000140-C", "<script>alert(1)</script>", 48_000, _REVIEW, "–"),
        ),
    ),
)  # fmt: skip

_FACTS = SummaryList(
    rows=(
        SummaryRow(
            key=both("系统名称", "Name of the system"),
            value=both("星河对话", "Xinghe Chat"),
            actions=(Link(label=both("修改", "Change"), href="#change-name"),),
        ),
        SummaryRow(
            key=both("注册用户数", "Registered users"),
            value=1_300_000,
            actions=(Link(label=both("修改", "Change"), href="#change-users"),),
            cites=provision("mail4:66.1"),
        ),
        SummaryRow(
            key=both("在负面清单上", "On the negative list"),
            value=None,
            actions=(Link(label=both("回答", "Answer"), href="#answer"),),
        ),
        SummaryRow(key=both("状态", "State"), value=_REVIEW),
    )
)

_FILTER = FilterPanel(
    id="narrow",
    action="",
    fields=(
        TextField(prefix="n", name="q", label=both("名称或者编号", "Name or number"), kind="search", value="星河"),
        ChoiceField(
            prefix="n",
            name="state",
            label=both("状态", "State"),
            options=(
                Option(value="", label=both("全部", "All")),
                Option(value="paused", label=both("等待补正", "Waiting for papers")),
                Option(value="overdue", label=both("逾期", "Overdue")),
            ),
            value="overdue",
            listed=True,
        ),
    ),
    chips=(
        FilterChip(label="星河", without="?state=overdue"),
        FilterChip(label=both("逾期", "Overdue"), without="?q=星河"),
    ),
    clear="?",
    hidden=(("sort", "number"),),
    htmx=RESULTS,
)


def _page(number: int) -> str:
    return f"?page={number}"


LISTS = (
    Room(
        title=both("列表", "Lists"),
        samples=(
            Sample(title=both("筛选", "Narrowing a list"), parts=(_FILTER,)),
            Sample(
                title=both("表格", "Tables"),
                parts=(_QUEUE, Pagination(page=7, pages=24, address=_page, items=1187, htmx=RESULTS)),
            ),
            Sample(
                title=both("空表与一页", "An empty table, a single page"),
                parts=(
                    Table(
                        caption=both("我的草稿", "My drafts"),
                        columns=(Column(label=both("草稿", "Draft")), Column(label=both("日期", "Day"))),
                        rows=(),
                        empty=both("还没有草稿。", "No drafts yet."),
                    ),
                    Pagination(page=1, pages=1, address=_page, items=1, label=both("草稿分页", "Pages of drafts")),
                ),
            ),
            Sample(title=both("摘要", "Summary"), parts=(_FACTS,)),
        ),
    ),
    Room(
        title=both("统计", "Figures"),
        samples=(
            Sample(
                title=both("图即是表", "A chart that is a table"),
                parts=(
                    Chart(
                        id="decided",
                        caption=both("各月决定的备案", "Filings decided, by month"),
                        heading=both("月份", "Month"),
                        series=(both("期限内", "In time"), both("逾期", "Late"), both("未定", "Not certain")),
                        bars=(
                            Bar(label="2026-08", values=(84, 6, 0), href="#2026-08"),
                            Bar(label="2026-09", values=(121, 14, 0), href="#2026-09"),
                            Bar(label="2026-10", values=(1096, 31, 12), href="#2026-10"),
                            Bar(label="2026-11", values=(540, None, 85), href="#2026-11"),
                        ),
                        unit=both("件", "cases"),
                        note=both("未知不等于零。", "Unknown is not zero."),
                    ),
                    Chart(
                        id="waiting",
                        caption=both("各处待办", "Waiting, by office"),
                        heading=both("处室", "Office"),
                        series=(both("件数", "Cases"),),
                        bars=(
                            Bar(label=both("备案处", "Filing office"), values=(128,)),
                            Bar(label=both("许可处", "Licence office"), values=(41,)),
                            Bar(label=both("投诉处", "Complaints office"), values=(0,)),
                        ),
                    ),
                ),
                laid="gj-stack",
            ),
        ),
    ),
)
