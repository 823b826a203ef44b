"""The result for a terminal."""

from __future__ import annotations

import io
from collections.abc import Iterable
from itertools import groupby
from typing import TYPE_CHECKING

from guiju.check.diagnostic import Diagnostic, Place, Skipped
from guiju.check.run import Result
from guiju.check.serial import counts, profile_name
from guiju.check.words import read_as, say

if TYPE_CHECKING:
    from rich.console import Console

_STYLES = {"error": "bold red", "warning": "bold yellow", "note": "bold cyan"}
PLACES_TOLD = 6


def render_text(result: Result, lang: str, *, width: int | None, colour: bool) -> str:
    """Print a result for the terminal, `width` columns wide (None: as wide as the terminal is)."""
    from rich.console import Console

    console = Console(
        file=io.StringIO(), width=width, force_terminal=colour, no_color=not colour, highlight=False, markup=False,
        emoji=False, legacy_windows=False, color_system="standard" if colour else None,
    )  # fmt: skip
    _Printer(console, lang).everything(result)
    out = console.file
    assert isinstance(out, io.StringIO)
    return "\n".join(line.rstrip() for line in out.getvalue().split("\n"))


class _Printer:
    def __init__(self, console: Console, lang: str) -> None:
        self.console = console
        self.lang = lang

    def say(self, key: str) -> str:
        return say(key).get(self.lang)

    def everything(self, result: Result) -> None:
        for _, same in groupby(result.diagnostics, key=lambda d: d.code):
            self.group(list(same))
        if not result.diagnostics:
            self.console.print(self.say("nothing"))
        self.skips(result.skipped)
        self.summary(result)

    def group(self, found: list[Diagnostic]) -> None:
        code = found[0].code
        style = _STYLES[code.severity]
        title = f"{code.id}  {self.say(code.severity)}: {code.title.get(self.lang)} ({len(found)})"
        self.console.print(title, style=style)
        for diagnostic in found:
            self.one(diagnostic)
        self.console.print()

    def one(self, diagnostic: Diagnostic) -> None:
        from rich.padding import Padding

        addresses = list(dict.fromkeys(p.norm or str(p.address) for p in diagnostic.places))
        more = f" +{len(addresses) - PLACES_TOLD}" if len(addresses) > PLACES_TOLD else ""
        self.console.print(f"  {', '.join(addresses[:PLACES_TOLD])}{more}", style="bold")
        self.indented(diagnostic.message.get(self.lang))
        if diagnostic.only_under:
            self.indented(read_as(diagnostic.only_under).get(self.lang))
        self.console.print(Padding(_files(diagnostic.places), (0, 0, 0, 4)), style="dim")
        example = diagnostic.example
        if example is not None:
            self.indented(f"{self.say('example')}: {example.command(profile_name(diagnostic))}")
            shown = "; ".join(f"{c.norm.key} ({c.subject.name}) {self.say(c.status)}" for c in example.claims)
            self.indented(f"{self.say('shows')}: {shown}")

    def indented(self, text: str) -> None:
        from rich.padding import Padding

        self.console.print(Padding(text, (0, 0, 0, 4)))

    def skips(self, skipped: Iterable[Skipped]) -> None:
        told = list(skipped)
        if not told:
            return
        self.console.print(self.say("skipped"), style="bold")
        for reason, same in groupby(sorted(told, key=lambda s: (s.law, s.code.id)), key=lambda s: s.reason):
            codes = ", ".join(s.code.id for s in same)
            self.console.print(f"  {codes}: {reason.get(self.lang)}")
        self.console.print()

    def summary(self, result: Result) -> None:
        number = counts(result)
        parts = [f"{number[s]} {self.say(s if number[s] == 1 else s + 's')}" for s in ("error", "warning", "note")]
        laws = ", ".join(f"{law.key} {law.version}" for law in result.laws)
        self.console.print(f"{laws}: {', '.join(parts)}")
        if any(d.example for d in result.diagnostics):
            self.console.print(self.say("write_examples"))


def _files(places: tuple[Place, ...]) -> str:
    listed = list(dict.fromkeys(f"{place.file}:{place.line}" for place in places))
    return "  ".join(listed[:2]) + (f"  +{len(listed) - 2}" if len(listed) > 2 else "")  # noqa: PLR2004 - both sides
