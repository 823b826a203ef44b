"""The texts of what can be wrong with a case type or a script; `{names}` are filled with what was found."""

from __future__ import annotations

from guiju.bilingual import Bilingual
from guiju.documents.messages import Message


def _message(code: str, meaning: str, en: tuple[str, str], zh: tuple[str, str]) -> Message:
    return Message(code, meaning, Bilingual(en=en[0], zh=zh[0]), Bilingual(en=en[1], zh=zh[1]))


FORM: dict[str, Message] = {
    "not_a_mapping": _message(
        "C101", "a part is not a mapping, or the file is empty",
        ("should be a mapping of `name: value`", "docs/procedures.md has an example"),
        ("应为逐项写成 `名称: 值` 的内容", "docs/procedures.md 有示例"),
    ),
    "unknown_key": _message(
        "C102", "a part has a key that its form does not have",
        ("`{name}` is not part of the form{hint}", "known here are: {known}"),
        ("格式中没有 `{name}`{hint}", "此处可写：{known}"),
    ),
    "missing_key": _message(
        "C103", "a part lacks a key that it needs",
        ("`{name}` is missing", "add `{name}: …`"),
        ("缺少 `{name}`", "补上 `{name}: …`"),
    ),
    "wrong_value": _message(
        "C104", "a value does not have the form that its key needs",
        ("`{name}` is `{found}`", "write {expected}"),
        ("`{name}` 写成了 `{found}`", "应写 {expected}"),
    ),
    "no_translation": _message(
        "C105", "a text is missing in one language",
        ("`{name}` has no text in {missing}", "write both: `{name}: {{zh: …, en: …}}`"),
        ("`{name}` 缺少{missing}文本", "两种语言都要写：`{name}: {{zh: …, en: …}}`"),
    ),
    "no_citation": _message(
        "C106", "a part names no provision",
        ("names no provision", "add `cites:` with the address on which it rests, such as mail4:66.1"),
        ("没有写明依据的条款", "加上 `cites:` 和所依据条款的地址，例如 mail4:66.1"),
    ),
    "no_such_address": _message(
        "C107", "an address is malformed, or there is no such provision",
        ("there is no provision `{address}`", "check the address in the rulebook: `guiju law show` prints it"),
        ("没有 `{address}` 这一条款", "在规则库中核对地址：可用 `guiju law show` 查看"),
    ),
    "written_twice": _message(
        "C108", "two parts have the same name under one choice of readings",
        ("`{name}` is written twice (first on line {first})",
         "choose another name, or let readings that exclude each other tell the two apart"),
        ("`{name}` 写了两次（第一次在第 {first} 行）", "换一个名称，或者用互斥的读法加以区分"),
    ),
    "name_clash": _message(
        "C109", "an input, a field or a term has the name of another thing",
        ("`{name}` is already the name of {other}", "choose another name: an act carries one flat set of values"),
        ("`{name}` 已是{other}的名称", "换一个名称：一次行为的各项值不分层次"),
    ),
    "wrong_file_name": _message(
        "C110", "the file is not named after its case type",
        ("the case type `{name}` stands in a file of another name", "name the file {name}.yaml"),
        ("程序 `{name}` 的文件名与其不同", "文件应命名为 {name}.yaml"),
    ),
}  # fmt: skip

NAMES: dict[str, Message] = {
    "unknown_name": _message(
        "C120", "a name refers to nothing: a state, transition, clock, field, register, party or reading",
        ("there is no {what} `{name}`{hint}", "known are: {known}"),
        ("没有名为 `{name}` 的{what}{hint}", "已有：{known}"),
    ),
    "role_unheld": _message(
        "C121", "a role is used that no party holds",
        ("nobody holds the role `{name}`{hint}", "add it to the `roles` of a party, or use one of: {known}"),
        ("没有任何当事方担任 `{name}` 这一角色{hint}", "把它加入某一方的 `roles`，或者改用：{known}"),
    ),
    "unknown_letter": _message(
        "C122", "a letter does not exist",
        ("there is no letter `{name}`{hint}", "write letters/{name}.yaml, or use one of: {known}"),
        ("没有名为 `{name}` 的文书{hint}", "写出 letters/{name}.yaml，或者改用：{known}"),
    ),
    "unknown_reading": _message(
        "C123", "a reading or candidate does not exist, or the case type does not list it",
        ("there is no reading `{name}` here{hint}",
         "name it as readings.yaml does, and list the question under `readings` of the case type"),
        ("此处没有 `{name}` 这一读法{hint}", "按 readings.yaml 中的名称书写，并列入本程序的 `readings`"),
    ),
    "unknown_event": _message(
        "C124", "an event is not part of the engine's vocabulary",
        ("there is no event `{name}`{hint}", "name one of events.yaml: `guiju facts` lists them"),
        ("没有 `{name}` 这一事件{hint}", "使用 events.yaml 中的名称：`guiju facts` 可列出"),
    ),
    "unknown_in_expression": _message(
        "C125", "an expression names a field, input, term, clock or act that does not exist",
        ("`{text}` speaks of `{name}`, which does not exist here{hint}", "known here are: {known}"),
        ("`{text}` 提到了不存在的 `{name}`{hint}", "此处可用：{known}"),
    ),
    "bad_expression": _message(
        "C126", "an expression is not in the language of conditions, or its types do not fit",
        ("`{text}`: {detail}", "docs/procedures.md lists what an expression may hold"),
        ("`{text}` 不是可用的表达式：{detail}", "docs/procedures.md 列出了表达式可用的内容"),
    ),
}  # fmt: skip

FLOW: dict[str, Message] = {
    "not_one_initial": _message(
        "C130", "there is not exactly one initial state",
        ("has {count} initial states", "let exactly one state be `kind: initial`"),
        ("有 {count} 个初始状态", "只应有一个状态为 `kind: initial`"),
    ),
    "unreachable": _message(
        "C131", "no run of acts leads to a state",
        ("the state `{name}` cannot be reached", "let a transition lead to it, or remove it"),
        ("无法到达状态 `{name}`", "增加通向它的步骤，或者删去该状态"),
    ),
    "dead_end": _message(
        "C132", "a state that is not final has no exit",
        ("the state `{name}` has no exit and is not final", "add a transition from it, or make it `kind: final`"),
        ("状态 `{name}` 没有出口，也不是终结状态", "增加离开它的步骤，或者写成 `kind: final`"),
    ),
    "final_with_exit": _message(
        "C133", "a final state has an exit",
        ("the final state `{name}` is left by `{by}`", "make the state `open`, or take it out of `from`"),
        ("终结状态 `{name}` 有出口 `{by}`", "把该状态改为 `open`，或者从 `from` 中去掉"),
    ),
    "never_starts": _message(
        "C134", "a clock is never started",
        ("the clock `{name}` is never started", "name a reachable act under `starts`, or a date field"),
        ("期限 `{name}` 永远不会开始", "在 `starts` 中写出可以发生的行为，或者写出日期字段"),
    ),
    "never_stops": _message(
        "C135", "a clock can never stop",
        ("the clock `{name}` can never stop",
         "name under `stops` or `ends` an act that can happen while it runs, or `lapses`"),
        ("期限 `{name}` 永远不会停止", "在 `stops` 或者 `ends` 中写出其运行期间可以发生的行为，或者写明 `lapses`"),
    ),
    "never_resumes": _message(
        "C136", "a clock that is paused can never go on",
        ("the clock `{name}` is paused and nothing lets it go on", "name an act under `resumes` or `starts`"),
        ("期限 `{name}` 中止后无法继续", "在 `resumes` 或者 `starts` 中写出行为"),
    ),
    "not_automatic": _message(
        "C137", "a clock lapses into a transition that people carry out, or an automatic one has no clock",
        ("`{name}` and its clock do not fit together",
         "what a clock `lapses` into is `by: clock` alone, has no inputs, and each such transition belongs to a clock"),
        ("`{name}` 与期限不匹配", "`lapses` 应指向只由 `by: clock` 发生、没有 inputs 的步骤，这样的步骤也都要有期限"),
    ),
    "open_confidential": _message(
        "C138", "a public register shows a confidential field",
        ("the public register `{name}` would show the confidential field `{field}`",
         "take the field out, or make the register `public: false`"),
        ("公开名册 `{name}` 会显示保密字段 `{field}`", "去掉该字段，或者写成 `public: false`"),
    ),
    "bad_example": _message(
        "C139", "the example is not a valid and complete form",
        ("the example does not fit: {detail}", "give every required field a value of its type"),
        ("示例不合格式：{detail}", "每个必填字段都要有符合类型的值"),
    ),
}  # fmt: skip

LAW: dict[str, Message] = {
    "no_period": _message(
        "C140", "a norm states no period of the form that a clock needs",
        ("`{address}` states no period of the form `{form}`",
         "name a norm with such a deadline, or write the period in words"),
        ("`{address}` 没有 `{form}` 形式的期限", "写出有该种期限的规范，或者直接写出期限"),
    ),
    "several_periods": _message(
        "C141", "a norm's period depends on a reading or several norms stand at the address",
        ("`{address}` states several periods: {found}", "add `#id` to the address, or `reading:` to the clock"),
        ("`{address}` 有不止一个期限：{found}", "在地址后加 `#id`，或者为该期限写明 `reading:`"),
    ),
    "other_period": _message(
        "C142", "a period differs from that of the norm which is cited",
        ("the period is {found}, but `{address}` says {expected}", "write `{{of: {address}}}` instead of the number"),
        ("期限写成 {found}，而 `{address}` 为 {expected}", "不写数字，改写 `{{of: {address}}}`"),
    ),
    "bad_period": _message(
        "C143", "a period cannot be read, or an extension is of another unit than its clock",
        ("the period `{found}` does not fit", "write it like `10 working days`, `3 months`, in the unit of its clock"),
        ("期限 `{found}` 不合要求", "写成 `10 working days`、`3 months` 一类，并与所属期限单位一致"),
    ),
    "unsourced_figure": _message(
        "C144", "a number in an expression occurs in no norm that the part cites",
        ("the figure {figure} in `{text}` occurs in no norm at {cites}", "cite the provision that states it"),
        ("`{text}` 中的 {figure} 在 {cites} 的规范中都没有出现", "引用写明该数字的条款"),
    ),
    "clock_form": _message(
        "C145", "a clock does not have exactly one form, or not the fields that its form needs",
        ("the last day is not stated in one of the five forms",
         "within/at_once with `starts` or `after`; at_least/from with `before`; or `until: <date field>`; "
         "`corrects` only where a date field counts"),
        ("没有按五种形式之一写明最后一日",
         "within、at_once 配 `starts` 或者 `after`；at_least、from 配 `before`；或者 `until: <日期字段>`；"
         "`corrects` 只用于由日期字段起算的期限"),
    ),
    "fixed_day": _message(
        "C146", "a clock is paused or extended although its last day is not counted from an act or a day",
        ("a clock whose last day is fixed by a date is neither paused nor extended",
         "take `pauses`, `resumes` and `extend` out, or state it with `within`"),
        ("最后一日由某个日期确定的期限，既不中止也不延长", "去掉 `pauses`、`resumes`、`extend`，或者改用 `within`"),
    ),
    "stops_and_ends": _message(
        "C147", "an act both performs a clock and makes it pointless",
        ("`{act}` stands under `stops` and under `ends`",
         "`stops` is for acts that perform what it is about, `ends` for those that make it pointless: keep one"),
        ("`{act}` 同时写在 `stops` 和 `ends` 中", "`stops` 写履行的行为，`ends` 写使期限失去意义的行为：只留一处"),
    ),
    "duty_of_clocks": _message(
        "C148", "whether somebody has to act by the end of a clock turns on clocks, or the clock lapses anyhow",
        ("`duty_when: {text}` asks how a clock stands, or belongs to a clock that lapses",
         "say it with fields, `complete`, the state or earlier acts; leave it out where a clock `lapses`"),
        ("`duty_when: {text}` 取决于期限的状况，或者写在会自动发生后果的期限上",
         "改用字段、`complete`、状态或者先前的行为表述；有 `lapses` 的期限不写 `duty_when`"),
    ),
}  # fmt: skip

VERSIONS: dict[str, Message] = {
    "changed_in_place": _message(
        "C150", "a case type was changed without a new version",
        ("version {version} of `{name}` is kept with another content",
         "raise `version`, then keep it: `guiju case keep {name}`"),
        ("`{name}` 第 {version} 版已存档，内容与现在不同", "提高 `version`，再存档：`guiju case keep {name}`"),
    ),
    "no_such_type": _message(
        "C151", "there is no such case type",
        ("there is no case type `{name}`{hint}", "known are: {known}"),
        ("没有名为 `{name}` 的程序{hint}", "已有：{known}"),
    ),
    "several_types": _message(
        "C153", "several laws have a case type of that name",
        ("several laws have a case type `{name}`", "name the law as well: {known}"),
        ("不止一部法律有名为 `{name}` 的程序", "同时写明法律：{known}"),
    ),
    "no_such_version": _message(
        "C152", "a case follows a version of its type that is not at hand",
        ("version {version} of `{name}` with the digest {digest} is not at hand",
         "bring back the kept file of that version: an open case never changes its rules"),
        ("找不到 `{name}` 摘要为 {digest} 的第 {version} 版", "恢复该版本的存档文件：进行中的案件不改变规则"),
    ),
}  # fmt: skip

SCRIPTS: dict[str, Message] = {
    "script_order": _message(
        "C160", "the acts of a script are not in order of time",
        ("{found} lies before the act above it", "put the acts in order of time"),
        ("{found}早于前一行为", "按时间顺序排列各行为"),
    ),
    "script_value": _message(
        "C161", "a script uses something that its case type does not have",
        ("{detail_en}", "`guiju case show` prints what the case type has"),
        ("{detail_zh}", "用 `guiju case show` 查看该程序的内容"),
    ),
}  # fmt: skip

MESSAGES: dict[str, Message] = {**FORM, **NAMES, **FLOW, **LAW, **VERSIONS, **SCRIPTS}
