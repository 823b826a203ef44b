"""The day by which to act, as it stands in a cell of a list."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import ClassVar

from guiju.portal.look.components import Component


@dataclass(frozen=True, slots=True, kw_only=True)
class Days(Component):
    """A day, or two of them: the ends of a window, or of the days that it can turn out to be."""

    template: ClassVar[str] = "days.html"
    first: dt.date
    last: dt.date | None = None
    provisional: bool = False
