"""How the gallery is arranged: rooms of samples, each a few components with a word on their state."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from guiju.bilingual import Bilingual
from guiju.law.address import Address
from guiju.portal.look.components import Component, ProvisionLink, cite


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """Some components in one state. `laid` is the class of what they stand in."""

    title: Bilingual
    parts: tuple[Component, ...]
    laid: Literal["", "gj-stack", "gj-form", "gj-clocks", "gj-buttons"] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """Samples of one kind."""

    title: Bilingual
    samples: tuple[Sample, ...]


def both(zh: str, en: str) -> Bilingual:
    """Write a text in both languages."""
    return Bilingual(zh=zh, en=en)


_GIST = both("超过门槛的服务，提供者应在期限内备案。", "A provider above the threshold files in time.")


def provision(address: str, *, gist: bool = False) -> ProvisionLink:
    """Cite a provision as the pages do."""
    return cite(Address.parse(address), href=lambda one: f"#law-{one}", gist=_GIST if gist else None)
