"""The texts of what can be wrong with a profile. `{names}` are filled with what was found; see docs/profile.md."""

from __future__ import annotations

from guiju.bilingual import Bilingual
from guiju.documents.messages import NOTHING, Message


def _message(
    code: str,
    meaning: str,
    *,
    en: tuple[str, str],
    zh: tuple[str, str],
    expected: Bilingual = NOTHING,
) -> Message:
    return Message(code, meaning, Bilingual(en=en[0], zh=zh[0]), Bilingual(en=en[1], zh=zh[1]), expected)


_OF_THE_FACT = Bilingual(en="{expected}", zh="{expected}")
_MAPPING = Bilingual(en="facts, each written as `name: value`", zh="逐项写成 `名称: 值` 的事实")
_A_DATE = Bilingual(en="a date, written as 2026-09-28", zh="日期，写成 2026-09-28")
_ONE_LINE = Bilingual(en="one line of text of at most {limit} characters", zh="一行文字，最多 {limit} 个字符")

STRUCTURE: dict[str, Message] = {
    "empty": _message(
        "P201", "the profile says nothing",
        en=("is empty", "write `organisation:` and `systems:`; docs/profile.md has an example"),
        zh=("是空的", "写出 `organisation:` 和 `systems:`；docs/profile.md 有示例"),
    ),
    "not_a_mapping": _message(
        "P202", "the profile, the organisation, a system or an event is not a mapping",
        en=("is {found}", "{hint}"),
        zh=("这里是{found}", "{hint}"),
        expected=_MAPPING,
    ),
    "not_a_list": _message(
        "P203", "`systems` or `events` is not a list",
        en=("is {found}", "begin each entry with `- `, such as `- {sample}`"),
        zh=("这里是{found}", "每个条目以 `- ` 开头，例如 `- {sample}`"),
        expected=Bilingual(en="a list", zh="列表"),
    ),
    "unknown_part": _message(
        "P204", "a key at the top level is none of organisation, systems, events",
        en=("there is no part `{name}` of a profile", "{hint}"),
        zh=("档案没有 `{name}` 这一部分", "{hint}"),
        expected=Bilingual(en="organisation, systems or events", zh="organisation、systems 或者 events"),
    ),
    "system_without_name": _message(
        "P205", "a system has no name",
        en=("this system has no name", "add `name: …`, as it shall stand in the report"),
        zh=("该系统没有名称", "加上 `name: …`，报告中将使用这一名称"),
    ),
    "same_name": _message(
        "P206", "two systems bear the same name",
        en=("there is already a system of this name, on line {first}", "give each system its own name"),
        zh=("第 {first} 行已有同名系统", "每个系统使用不同的名称"),
    ),
    "unfit_name": _message(
        "P207", "a name is no text, too long, or runs over several lines",
        en=("`{written}` cannot be a name", ""),
        zh=("`{written}` 不能作名称", ""),
        expected=_ONE_LINE,
    ),
}  # fmt: skip

FACTS: dict[str, Message] = {
    "unknown_fact": _message(
        "P301", "there is no fact of this name",
        en=("there is no fact of this name", "{hint}`guiju facts` lists all facts"),
        zh=("没有这个事实", "{hint}`guiju facts` 列出全部事实"),
    ),
    "misplaced_fact": _message(
        "P302", "a fact of the organisation stands under a system, or the other way round",
        en=("this is a fact of {owner}, not of {here}", "move it to {where}"),
        zh=("这是{owner}的事实，不是{here}的事实", "移到{where}"),
    ),
    "derived_fact": _message(
        "P303", "a term that the law defines is given as if it were a fact",
        en=("`{name}` is worked out from other facts ({address}) and cannot be stated", "remove the line"),
        zh=("`{name}` 由其他事实推出（{address}），不能直接填写", "删去这一行"),
    ),
    "event_as_fact": _message(
        "P304", "an event is given as if it were a fact",
        en=("this is an event, not a fact", "write it under `events:` as `- {{event: {name}, date: …}}`"),
        zh=("这是事件，不是事实", "写到 `events:` 之下：`- {{event: {name}, date: …}}`"),
    ),
    "wrong_type": _message(
        "P305", "a value is of the wrong type",
        en=("is {found}", "{hint}"),
        zh=("这里是{found}", "{hint}"),
        expected=_OF_THE_FACT,
    ),
    "wrong_unit": _message(
        "P306", "a number is written with a unit, a word or separators, or in another unit",
        en=("`{written}` is text, not a number", "{hint}"),
        zh=("`{written}` 是文字，不是数", "{hint}"),
        expected=_OF_THE_FACT,
    ),
    "negative": _message(
        "P307", "a number is less than zero",
        en=("{written} is less than zero", "write the number that there is today, 0 if there is none"),
        zh=("{written} 小于零", "填写现有数量，没有则写 0"),
        expected=_OF_THE_FACT,
    ),
    "not_whole": _message(
        "P308", "a count is not a whole number",
        en=("{written} is not a whole number", "count them; what is counted has no decimals"),
        zh=("{written} 不是整数", "填写实际数目，不带小数"),
        expected=_OF_THE_FACT,
    ),
    "implausible": _message(
        "P309", "a number is larger than any that there can be",
        en=("{written} cannot be right", "check the number of digits"),
        zh=("{written} 不可能属实", "核对位数"),
        expected=Bilingual(en="{expected}, at most {limit}", zh="{expected}，最多 {limit}"),
    ),
    "not_a_choice": _message(
        "P310", "a value is none of those to choose from",
        en=("`{written}` is none of the values to choose from", "{hint}"),
        zh=("`{written}` 不在可选的值之中", "{hint}"),
        expected=_OF_THE_FACT,
    ),
    "listed_twice": _message(
        "P311", "a value stands twice in one list",
        en=("`{written}` is listed twice", "keep one of the two"),
        zh=("`{written}` 列了两次", "只保留一个"),
    ),
}  # fmt: skip

EVENTS: dict[str, Message] = {
    "unknown_event": _message(
        "P401", "there is no event of this name",
        en=("there is no event `{name}`", "{hint}`guiju facts` lists all events"),
        zh=("没有 `{name}` 这一事件", "{hint}`guiju facts` 列出全部事件"),
    ),
    "event_without_name": _message(
        "P402", "an entry under `events` does not say which event",
        en=("this entry does not say which event it is", "add `event: …`; `guiju facts` lists all events"),
        zh=("这一条没有写是什么事件", "加上 `event: …`；`guiju facts` 列出全部事件"),
    ),
    "event_without_date": _message(
        "P403", "an event has no date",
        en=("this event has no date", "add its day, or remove the event until the day is known"),
        zh=("该事件没有日期", "补上日期；日期未知的，先删去该事件"),
        expected=_A_DATE,
    ),
    "not_a_date": _message(
        "P404", "a date is not written as YYYY-MM-DD",
        en=("`{written}` is not a date in this form", "{hint}"),
        zh=("`{written}` 不是这种写法的日期", "{hint}"),
        expected=_A_DATE,
    ),
    "impossible_date": _message(
        "P405", "the calendar has no such day",
        en=("there is no day {written}: {reason}", "check the date"),
        zh=("没有 {written} 这一天：{reason}", "核对日期"),
        expected=_A_DATE,
    ),
    "implausible_date": _message(
        "P406", "a date lies before 1949 or after 2100",
        en=("{written} cannot be right", "check the year"),
        zh=("{written} 不可能属实", "核对年份"),
        expected=Bilingual(en="a day from {first} to {last}", zh="{first} 至 {last} 之间的日期"),
    ),
    "event_without_system": _message(
        "P407", "an event that concerns one system does not name it",
        en=("this event concerns one system and does not say which", "add `system: {sample}`"),
        zh=("该事件涉及具体系统，但没有写是哪一个", "加上 `system: {sample}`"),
    ),
    "unknown_system": _message(
        "P408", "a system is named that is not in the profile",
        en=("there is no system `{name}` in this profile", "{hint}"),
        zh=("档案中没有名为 `{name}` 的系统", "{hint}"),
    ),
    "needless_system": _message(
        "P409", "an event that does not concern one system names one",
        en=("`{name}` concerns {owner}, not one system", "remove `system:` here"),
        zh=("`{name}` 涉及{owner}，不涉及某一系统", "删去此处的 `system:`"),
    ),
    "unknown_field": _message(
        "P410", "an event has a field that it cannot have",
        en=("`{event}` has no field `{name}`", "{hint}"),
        zh=("`{event}` 没有 `{name}` 这一项", "{hint}"),
        expected=Bilingual(en="only {fields}", zh="只能有 {fields}"),
    ),
}  # fmt: skip

WHOLE: dict[str, Message] = {
    "contradiction": _message(
        "P501", "facts contradict each other",
        en=(
            "these cannot be true together: {facts}. {because}",
            "correct whichever is wrong, or leave out what you are not sure of",
        ),
        zh=("这几项不能同时成立：{facts}。{because}", "改正其中有误的一项；不能确定的，先不填写"),
    ),
}  # fmt: skip

SAVING: dict[str, Message] = {
    "exists": _message(
        "P601", "a new profile would replace a file that exists",
        en=("there is already a file of this name; it was not touched", "choose another name, or open this one"),
        zh=("已有同名文件，未作改动", "换一个名称，或者打开该文件"),
    ),
    "changed_meanwhile": _message(
        "P602", "the file was changed by somebody else while an answer was being saved",
        en=("was changed by somebody else meanwhile; your answer was not saved", "open it again and repeat the answer"),
        zh=("期间被他人改动，您的回答未保存", "重新打开后再回答一次"),
    ),
    "not_writable": _message(
        "P603", "the file cannot be written",
        en=("cannot be written: {reason}", "check the permissions and the space of its folder"),
        zh=("无法写入：{reason}", "检查所在文件夹的权限和剩余空间"),
    ),
    "not_editable": _message(
        "P604", "an answer cannot be put into the file without rewriting what was written by hand",
        en=("the answer cannot be put in here without rewriting your text", "add it by hand: `{entry}`"),
        zh=("无法在不改写原文的情况下写入该回答", "请手工加上：`{entry}`"),
    ),
}  # fmt: skip

MESSAGES: dict[str, Message] = {**STRUCTURE, **FACTS, **EVENTS, **WHOLE, **SAVING}
