"""States in a word and a shape, and the state of a statutory clock."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import ClassVar, Literal

from guiju.portal.look.components.base import Component, Label
from guiju.portal.look.components.provisions import ProvisionLink
from guiju.procedures.clocks import Status

TagKind = Literal["neutral", "waiting", "active", "paused", "good", "bad", "unsure"]
_SHAPES: dict[TagKind, str] = {
    "neutral": "square",
    "waiting": "ring",
    "active": "dot",
    "paused": "bars",
    "good": "check",
    "bad": "triangle",
    "unsure": "half",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag(Component):
    """A status: word, shape and colour together, so that each can be missed."""

    template: ClassVar[str] = "tag.html"
    text: Label
    kind: TagKind = "neutral"

    @property
    def shape(self) -> str:
        """The name of the shape that goes with the kind."""
        return _SHAPES[self.kind]


_KINDS: dict[Status, TagKind] = {
    "waiting": "waiting",
    "running": "active",
    "paused": "paused",
    "overdue": "bad",
    "over": "unsure",
    "in_time": "good",
    "late": "bad",
    "unsure": "unsure",
    "lapsed": "neutral",
    "moot": "neutral",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockBadge(Component):
    """A statutory clock on a day, its status named as the interpreter of procedures names it.

    `days` is what is left, or how late it is; `whole` the length of the period; `since` the day of the pause.

    A due date that depends on an unpublished year stands as `earliest` to `latest` and is called provisional. `how`
    says line by line how the date was counted; `stopped` is the day of the act that ended the clock. `href` leads to a
    page about it.
    """

    template: ClassVar[str] = "clock_badge.html"
    name: Label
    status: Status
    due: dt.date | None = None
    latest: dt.date | None = None
    days: int | None = None
    whole: int | None = None
    unit: Literal["working_day", "day"] = "working_day"
    since: dt.date | None = None
    stopped: dt.date | None = None
    href: str = ""
    how: tuple[Label, ...] = ()
    cites: tuple[ProvisionLink, ...] = ()

    @property
    def kind(self) -> TagKind:
        """The kind of tag that shows the status."""
        return _KINDS[self.status]

    @property
    def shape(self) -> str:
        """The name of the shape that goes with the status."""
        return _SHAPES[self.kind]

    @property
    def provisional(self) -> bool:
        """Whether the due date may still turn out later."""
        return self.due is not None and self.latest is not None and self.latest != self.due

    @property
    def used(self) -> int | None:
        """How many hundredths of the period are gone, for the bar; None where that is not known."""
        if self.status not in ("running", "paused") or self.days is None or not self.whole:
            return None
        return max(0, min(100, 100 - round(100 * self.days / self.whole)))
