"""States, clocks, steps and acts."""

from __future__ import annotations

import datetime as dt

from guiju.portal.look.components import Act, ClockBadge, Link, Step, Stepper, Tag, Timeline
from guiju.portal.look.gallery.sample import Room, Sample, both, provision

_DECISION = both("作出决定", "Decision")
_HOW = (
    both("受理日 2026-11-02 不计入。", "The day of acceptance, 2026-11-02, does not count."),
    both("45 个工作日，跳过周末与公布的假日。", "45 working days; weekends and published holidays are passed over."),
    both("2027 年的放假安排尚未公布。", "The arrangement for 2027 is not published yet."),
)
_DAY = dt.date(2027, 1, 6)

CLOCKS = (
    ClockBadge(
        name=_DECISION, status="running", due=dt.date(2026, 12, 4), days=9, whole=45, cites=(provision("mail4:44.3"),)
    ),
    ClockBadge(
        name=_DECISION, status="running", due=_DAY, latest=dt.date(2027, 1, 8), days=30, whole=45, how=_HOW,
        cites=(provision("mail4:44.3"), provision("mail4:44.4")),
    ),
    ClockBadge(name=_DECISION, status="running", due=dt.date(2026, 11, 22), days=0, whole=45),
    ClockBadge(name=_DECISION, status="paused", due=_DAY, days=1, whole=45, since=dt.date(2026, 11, 18), how=_HOW[:1]),
    ClockBadge(name=both("补正", "Supplement"), status="overdue", due=dt.date(2026, 11, 16), days=4),
    ClockBadge(
        name=both("告知", "Notice"), status="in_time", due=dt.date(2026, 11, 9), stopped=dt.date(2026, 11, 5),
    ),
    ClockBadge(
        name=both("备案", "Filing"), status="late", due=dt.date(2026, 10, 20), stopped=dt.date(2026, 10, 29), days=7
    ),
    ClockBadge(
        name=both("公示", "Publication"), status="unsure", due=_DAY, latest=dt.date(2027, 1, 8),
        stopped=dt.date(2027, 1, 7),
    ),
    ClockBadge(name=both("延长", "Extension"), status="waiting"),
    ClockBadge(name=both("答复", "Answer"), status="over", due=dt.date(2026, 11, 12), unit="day"),
    ClockBadge(name=both("听证", "Hearing"), status="moot", stopped=dt.date(2026, 11, 3)),
    ClockBadge(name=both("申辩", "Defence"), status="lapsed", due=dt.date(2026, 11, 10), unit="day"),
)  # fmt: skip

TAGS = (
    Tag(text=both("草稿", "Draft")),
    Tag(text=both("待受理", "Awaiting acceptance"), kind="waiting"),
    Tag(text=both("审查中", "Under review"), kind="active"),
    Tag(text=both("等待补正", "Waiting for papers"), kind="paused"),
    Tag(text=both("已备案", "Registered"), kind="good"),
    Tag(text=both("逾期", "Overdue"), kind="bad"),
    Tag(text=both("未定", "Not certain"), kind="unsure"),
)

ACTS = Timeline(
    level=4,
    acts=(
        Act(
            when=dt.datetime(2026, 11, 18, 16, 42),
            title=both("要求补正", "Supplement requested"),
            by=both("浙江省主管机关 · 备案处", "Authority of Zhejiang · Filing office"),
            text=both(
                "缺少安全评估报告；作出决定的期限暂停。", "The security assessment is missing; the clock stands still."
            ),
            tag=Tag(text=both("等待补正", "Waiting for papers"), kind="paused"),
            letters=(
                Link(
                    label=both("补正通知书", "Supplement notice"),
                    href="#letter",
                    note=both("PDF，2 页", "PDF, 2 pages"),
                ),
            ),
            cites=(provision("mail4:44.2"),),
        ),
        Act(
            when=dt.datetime(2026, 11, 2, 9, 5),
            title=both("受理", "Accepted"),
            by=both("浙江省主管机关 · 备案处", "Authority of Zhejiang · Filing office"),
            cites=(provision("mail4:44.1"), provision("mail4:44.3")),
        ),
        Act(
            when=dt.date(2026, 10, 29),
            title=both("提交备案", "Filed"),
            by=both("星河智能科技有限公司", "Xinghe Intelligence Ltd"),
            letters=(
                Link(label=both("回执", "Receipt"), href="#receipt", note="ZJ-2026-000128-K"),
                Link(label=both("备案材料", "The filing"), href="#filing", note=both("PDF，14 页", "PDF, 14 pages")),
            ),
        ),
    ),
)

STEPS = Stepper(
    label=both("备案步骤", "Steps of the filing"),
    steps=(
        Step(label=both("系统", "System"), state="done", href="#system"),
        Step(label=both("提供者", "Provider"), state="error", href="#provider", note=both("2 处", "2 places")),
        Step(label=both("材料", "Papers"), state="current"),
        Step(label=both("核对", "Check")),
        Step(label=both("提交", "Send")),
    ),
)

CASES = (
    Room(
        title=both("状态与期限", "States and clocks"),
        samples=(
            Sample(title=both("状态", "States"), parts=TAGS, laid="gj-buttons"),
            Sample(title=both("法定期限", "Statutory clocks"), parts=CLOCKS, laid="gj-clocks"),
        ),
    ),
    Room(
        title=both("过程", "Journeys"),
        samples=(
            Sample(title=both("步骤", "Steps"), parts=(STEPS,)),
            Sample(title=both("案件经过", "Acts of a case"), parts=(ACTS,)),
            Sample(
                title=both("条款引用", "References to provisions"),
                parts=(provision("mail4:66.1", gist=True), provision("genai:17.1")),
                laid="gj-form",
            ),
        ),
    ),
)
