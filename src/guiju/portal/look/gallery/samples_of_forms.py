"""Fields, buttons and messages."""

from __future__ import annotations

from guiju.portal.look.components import (
    Button,
    ChoiceField,
    DateField,
    ErrorSummary,
    Field,
    FileField,
    Mistake,
    Notification,
    NumberField,
    Option,
    RepeatedField,
    SetField,
    TextField,
)
from guiju.portal.look.gallery.sample import Room, Sample, both, provision

_KNOWN = (
    Option(value="yes", label=both("是", "Yes")),
    Option(value="no", label=both("否", "No")),
    Option(value="unknown", label=both("尚不清楚", "Not known yet")),
)
_MODALITIES = (
    Option(value="text", label=both("文本", "Text")),
    Option(
        value="image", label=both("图片", "Images"), hint=both("包括照片、图表和界面", "Photographs, charts, screens")
    ),
    Option(value="audio", label=both("音频", "Sound")),
    Option(value="video", label=both("视频", "Video")),
)
_PROVINCES = (
    Option(value="", label=both("请选择", "Choose one")),
    Option(value="zj", label=both("浙江省", "Zhejiang")),
    Option(value="gd", label=both("广东省", "Guangdong")),
)

EMPTY: tuple[Field, ...] = (
    TextField(
        name="system_name",
        label=both("系统名称", "Name of the system"),
        hint=both("用户看到的名称，与备案材料一致。", "As users see it, and as it stands in the filing."),
        cites=provision("mail4:66.1"),
    ),
    TextField(
        name="email", label=both("电子邮箱", "E-mail"), kind="email", width=30, autocomplete="email", optional=True
    ),
    TextField(name="purpose", label=both("用途", "Purpose"), rows=4, longest=2000),
    NumberField(
        name="registered_users",
        label=both("注册用户数", "Registered users"),
        hint=both("截至上月最后一日。", "On the last day of last month."),
        unit=both("人", "people"),
    ),
    DateField(
        name="launched", label=both("上线日期", "Day of launch"), hint=both("例如 2026 11 22", "For example 2026 11 22")
    ),
    ChoiceField(
        name="on_list",
        label=both("系统在负面清单上吗？", "Is the system on the negative list?"),
        options=_KNOWN,
        inline=True,
    ),
    ChoiceField(name="province", label=both("住所所在地", "Seat"), options=_PROVINCES, listed=True),
    SetField(name="modalities", label=both("生成的内容", "What it generates"), options=_MODALITIES),
    FileField(
        name="report",
        label=both("安全评估报告", "Security assessment report"),
        accept=(".pdf", ".docx"),
        largest=both("20 兆字节", "20 MB"),
    ),
    RepeatedField(
        name="forms",
        label=both("提供形式", "How it is offered"),
        hint=both("每种形式一项。", "One entry for each."),
        entries=(
            (0, (TextField(name="forms-0", label=both("提供形式 1", "How it is offered 1"), value="网站"),)),
            (3, (TextField(name="forms-3", label=both("提供形式 2", "How it is offered 2"), value="小程序"),)),
        ),
    ),
)
WRONG: tuple[Field, ...] = (
    TextField(
        prefix="w",
        name="system_name",
        label=both("系统名称", "Name of the system"),
        error=both("请填写系统名称", "Enter the name of the system"),
    ),
    TextField(
        prefix="w",
        name="purpose",
        label=both("用途", "Purpose"),
        rows=3,
        value="<b>客服</b>",
        error=both("用途至少写 20 个字", "Describe the purpose in at least 20 characters"),
    ),
    NumberField(
        prefix="w",
        name="registered_users",
        label=both("注册用户数", "Registered users"),
        value="一百万左右",
        unit=both("人", "people"),
        error=both("用户数要写成数字，例如 1000001", "Write the number of users in digits, such as 1000001"),
    ),
    DateField(
        prefix="w",
        name="launched",
        label=both("上线日期", "Day of launch"),
        hint=both("例如 2026 11 22", "For example 2026 11 22"),
        year="2026",
        month="13",
        day="1",
        wrong=frozenset({"month"}),
        error=both("没有 13 月：月份是 1 到 12", "There is no month 13: months go from 1 to 12"),
    ),
    ChoiceField(
        prefix="w",
        name="on_list",
        label=both("系统在负面清单上吗？", "Is the system on the negative list?"),
        options=_KNOWN,
        error=both("请选择一项；不清楚也是一种回答", "Choose one; not known yet is an answer too"),
    ),
    ChoiceField(
        prefix="w",
        name="province",
        label=both("住所所在地", "Seat"),
        options=_PROVINCES,
        listed=True,
        error=both("请选择省份", "Choose a province"),
    ),
    SetField(
        prefix="w",
        name="modalities",
        label=both("生成的内容", "What it generates"),
        options=_MODALITIES,
        values=frozenset({"text", "video"}),
        error=both("图片与视频须一并申报", "Declare images together with video"),
    ),
    FileField(
        prefix="w",
        name="report",
        label=both("安全评估报告", "Security assessment report"),
        accept=(".pdf",),
        largest=both("20 兆字节", "20 MB"),
        kept=("安全评估报告-第一版-2026-10-30.pdf",),
        error=both("文件超过 20 兆字节", "The file is larger than 20 MB"),
    ),
)
_ALL_WRONG = tuple(Mistake(text=one.error or "", target=one.id) for one in WRONG)

FORMS = (
    Room(
        title=both("表单", "Forms"),
        samples=(
            Sample(title=both("字段", "Fields"), parts=EMPTY, laid="gj-form"),
            Sample(
                title=both("按钮", "Buttons"),
                parts=(
                    Button(label=both("保存并继续", "Save and go on")),
                    Button(label=both("存为草稿", "Save as draft"), kind="secondary"),
                    Button(label=both("撤回备案", "Withdraw the filing"), kind="warning"),
                    Button(label=both("开始自查", "Start the self-check"), href="#start"),
                ),
                laid="gj-buttons",
            ),
            Sample(
                title=both("有错误的表单", "A form with mistakes"),
                parts=(ErrorSummary(mistakes=_ALL_WRONG, focus=False, level=4), *WRONG),
                laid="gj-form",
            ),
        ),
    ),
    Room(
        title=both("消息", "Messages"),
        samples=(
            Sample(
                title=both("通知", "Notifications"),
                parts=(
                    Notification(
                        id="received",
                        level=4,
                        kind="success",
                        title=both("备案材料已收到", "The filing has been received"),
                        text=both("回执同时记入证据账本。", "The receipt stands in the evidence log too."),
                        mark="ZJ-2026-000128-K",
                    ),
                    Notification(
                        id="supplement",
                        level=4,
                        kind="warning",
                        title=both("请在 2026-12-04 之前补正", "Send the missing papers by 2026-12-04"),
                        text=both("缺少安全评估报告。", "The security assessment report is missing."),
                        parts=(provision("mail4:44.2"),),
                    ),
                    Notification(
                        id="taken",
                        level=4,
                        kind="failure",
                        title=both("另一位经办人刚刚受理了此案", "A colleague has just accepted this case"),
                        text=both(
                            "您的操作没有执行，请查看最新状态。",
                            "Your act was not carried out; see how the case stands.",
                        ),
                        parts=(Button(label=both("查看案件", "See the case"), kind="secondary", href="#case"),),
                    ),
                    Notification(
                        id="changed", level=4, title=both("规则已更新到新版本", "The rules have a new version")
                    ),
                ),
                laid="gj-stack",
            ),
        ),
    ),
)
