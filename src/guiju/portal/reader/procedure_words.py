"""A case type in words: who takes part, what happens in each state, the clocks, the papers that are asked for."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from dataclasses import dataclass

from guiju.assess.report.words import joined, listed
from guiju.bilingual import Bilingual
from guiju.letters.shelf import built_in_shelf
from guiju.portal.faces.provisions import provision, provisions
from guiju.portal.look.components import Column, ProvisionLink, Row, Table, Tag
from guiju.portal.look.components.states import TagKind
from guiju.portal.reader.chain import Chain
from guiju.portal.reader.conditions import Clause, in_words_of
from guiju.procedures.catalogue import built_in_types
from guiju.procedures.checking import reachable
from guiju.procedures.model import SAME, Active, CaseType, Clock, Field, Hook, Transition

_SIDES = {
    "applicant": Bilingual(zh="申请一方", en="applicant's side"),
    "authority": Bilingual(zh="办理一方", en="side that handles it"),
    "public": Bilingual(zh="公众", en="public"),
}
_KINDS: dict[str, tuple[Bilingual, TagKind]] = {
    "initial": (Bilingual(zh="起点", en="start"), "waiting"),
    "open": (Bilingual(zh="进行中", en="under way"), "active"),
    "final": (Bilingual(zh="终结", en="end"), "neutral"),
}
_BY_LAW = Bilingual(zh="依法视为，无人须作决定", en="by force of law, nobody has to decide")
_HOOKS = (
    ("pauses", Bilingual(zh="停表", en="stands still after")),
    ("resumes", Bilingual(zh="续计", en="goes on after")),
    ("stops", Bilingual(zh="办成", en="done by")),
    ("ends", Bilingual(zh="不再适用", en="no longer applies after")),
)


@dataclass(frozen=True, slots=True)
class ActWords:
    """An act: what it is called, by whom, where it leads, what happens, what must hold, which letters go out."""

    label: Bilingual
    by: Bilingual
    to: Bilingual | None
    gist: Bilingual | None
    refused: tuple[Bilingual, ...]
    inputs: tuple[Bilingual, ...]
    letters: tuple[Bilingual, ...]
    registers: tuple[Bilingual, ...]
    cites: tuple[ProvisionLink, ...]


@dataclass(frozen=True, slots=True)
class StateWords:
    """A state: what it is called, of which kind, what can happen in it."""

    label: Bilingual
    tag: Tag
    note: Bilingual | None
    by_law: Bilingual | None
    acts: tuple[ActWords, ...]
    cites: tuple[ProvisionLink, ...]


def usual(kind: CaseType) -> Active:
    """Return a case type as it stands where no reading has been chosen."""
    return kind.under(tuple(sorted(kind.readings.items())))


def states(kind: CaseType) -> tuple[StateWords, ...]:
    """Tell every state that can be reached, with what can happen in it."""
    active = usual(kind)
    reached = reachable(active)
    return tuple(
        StateWords(
            state.label,
            Tag(text=_KINDS[state.kind][0], kind=_KINDS[state.kind][1]),
            state.note,
            _BY_LAW if state.deemed else None,
            tuple(_act(kind, act) for act in active.exits[state.name]),
            provisions(state.cites),
        )
        for state in kind.states.values()
        if state.name in reached
    )


def parties(kind: CaseType) -> Table:
    """List who takes part, and as what."""
    rows = [
        Row(cells=(party.label, _SIDES[party.side], listed(list(party.roles.values())), _chain(party.cites)))
        for party in kind.parties.values()
    ]
    return Table(
        caption=Bilingual(zh="谁参与", en="Who takes part"),
        columns=tuple(
            Column(label=Bilingual(zh=zh, en=en))
            for zh, en in (("当事方", "Party"), ("一方", "Side"), ("角色", "Roles"), ("依据", "Provision"))
        ),
        rows=tuple(rows),
        hide_caption=True,
    )


def bound(kind: CaseType, side: str) -> Bilingual:
    """Name whoever is on a side; in a complaint to a provider it is the provider that handles it, and no authority."""
    return listed([party.label for party in kind.parties.values() if party.side == side])


def clocks(kind: CaseType) -> Table:
    """List the statutory clocks: how long, for whom, from when, what moves them."""
    active = usual(kind)
    rows = [
        Row(
            cells=(
                clock.label,
                length(clock),
                bound(kind, clock.side),
                start(active, clock),
                _moves(active, clock),
                _chain(clock.cites),
            )
        )
        for clock in active.clocks.values()
    ]
    titles = (
        ("期限", "Clock"), ("多长", "How long"), ("谁须遵守", "Who must keep it"), ("起算", "Runs from"),
        ("其后", "Afterwards"), ("依据", "Provision"),
    )  # fmt: skip
    return Table(
        caption=Bilingual(zh="法定期限", en="Statutory clocks"),
        columns=tuple(Column(label=Bilingual(zh=zh, en=en)) for zh, en in titles),
        rows=tuple(rows),
        empty=Bilingual(zh="法律没有规定期限。", en="The law sets no clock."),
        hide_caption=True,
    )


def papers(kind: CaseType) -> Table:
    """List what the form asks for: a list to check off."""
    rows = [Row(cells=(_paper(field), _needed(kind, field), _chain(field.cites))) for field in kind.form.values()]
    titles = (("内容", "What"), ("是否必填", "Required"), ("依据", "Provision"))
    return Table(
        caption=Bilingual(zh="要准备的内容", en="What to have ready"),
        columns=tuple(Column(label=Bilingual(zh=zh, en=en)) for zh, en in titles),
        rows=tuple(rows),
        empty=Bilingual(zh="没有要填写的表单。", en="There is no form to fill in."),
        hide_caption=True,
    )


def length(clock: Clock) -> Bilingual:
    """Say how long a clock runs."""
    zh, en = (clock.period.text("zh"), clock.period.text("en")) if clock.period else ("", "")
    said = {
        "within": Bilingual(zh=f"{zh}内", en=f"within {en}"),
        "at_once": Bilingual(zh="当日", en="on the day itself"),
        "at_least": Bilingual(zh=f"至少提前{zh}", en=f"at least {en} before"),
        "from": Bilingual(zh=f"提前{zh}起", en=f"from {en} before"),
        "until": Bilingual(zh="至写明的那一天", en="until the day that was named"),
    }[clock.form]
    if clock.extend is not None:
        longer = clock.extend.by
        more = Bilingual(zh=f"，可延长{longer.text('zh')}", en=f", may be extended by {longer.text('en')}")
        return joined(said, more)
    return said


def start(active: Active, clock: Clock) -> Bilingual:
    """Say from when a clock runs (or back from when)."""
    fields = active.kind.fields
    anchor = [fields[clock.anchor].label] if clock.anchor else []
    return listed([*anchor, *_acts(active, active.hooks(clock, "starts"))])


def act_label(active: Active, name: str) -> Bilingual:
    """Name an act that exists under these readings."""
    return active.transitions[name].label


def _acts(active: Active, hooks: Iterable[Hook]) -> list[Bilingual]:
    names = dict.fromkeys(hook.on for hook in hooks if hook.on in active.transitions)
    return [act_label(active, name) for name in names]


def _moves(active: Active, clock: Clock) -> Bilingual:
    said = []
    for key, words in _HOOKS:
        acts = _acts(active, active.hooks(clock, key))  # type: ignore[arg-type]
        if acts:
            said.append(joined(words, Bilingual(zh="：", en=": "), listed(acts)))
    if clock.lapses is not None and clock.lapses in active.transitions:
        over = Bilingual(zh="届满：", en="runs out into: ")
        said.append(joined(over, act_label(active, clock.lapses)))
    if clock.note is not None:
        said.append(clock.note)
    return Bilingual(zh="；".join(one.zh for one in said), en="; ".join(one.en for one in said))


def _act(kind: CaseType, act: Transition) -> ActWords:
    return ActWords(
        label=act.label,
        by=listed([kind.role_label(role) for role in act.by]),
        to=None if act.to == SAME else kind.states[act.to].label,
        gist=act.gist,
        refused=tuple(need.otherwise for need in act.requires if need.otherwise is not None),
        inputs=tuple(field.label for field in act.inputs.values()),
        letters=tuple(_letter(kind, one.name) for one in act.letters),
        registers=tuple(kind.registers[one.register].label for one in act.writings),
        cites=provisions(act.cites),
    )


@functools.cache
def _letter(kind: CaseType, name: str) -> Bilingual:
    return built_in_shelf().get(kind.law, name).title


def _paper(field: Field) -> Bilingual:
    said = field.label
    if field.entries:
        within = listed([one.label for one in field.entries])
        said = joined(said, Bilingual(zh="：每项含", en=": each with "), within)
    if field.type == "file":
        said = joined(said, Bilingual(zh="（文件）", en=" (file)"))
    if field.confidential:
        said = joined(said, Bilingual(zh="（保密，不公开）", en=" (confidential, never published)"))
    if field.help:
        said = joined(said, Bilingual(zh="。", en=". "), field.help)
    return said


def _needed(kind: CaseType, field: Field) -> Bilingual | Clause:
    if field.required is True:
        return Bilingual(zh="必填", en="yes")
    if field.required is False:
        return Bilingual(zh="选填", en="no")
    return in_words_of(kind, field.required)


def _chain(cites: tuple[str, ...]) -> Chain:
    """Link provisions of the procedure's own law: their law need not be named."""
    return Chain(parts=tuple(provision(one, show_law=False) for one in cites))


def types() -> list[CaseType]:
    """Return every case type of this site."""
    catalogue = built_in_types()
    return [catalogue.get(key) for key in catalogue.keys()]  # noqa: SIM118 - a method, no mapping
