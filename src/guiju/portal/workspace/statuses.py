"""Words for what was found of a norm."""

from __future__ import annotations

from guiju.bilingual import Bilingual
from guiju.engine.findings import Finding
from guiju.portal.look.components import Tag
from guiju.portal.look.components.states import TagKind

STATUSES = {
    "undetermined": Bilingual(zh="待定", en="Undetermined"),
    "applies": Bilingual(zh="适用", en="Applies"),
    "exempt": Bilingual(zh="豁免", en="Exempt"),
    "does_not_apply": Bilingual(zh="不适用", en="Does not apply"),
}
_KINDS: dict[str, TagKind] = {
    "applies": "active",
    "undetermined": "unsure",
    "exempt": "good",
    "does_not_apply": "neutral",
}


def status_tag(found: Finding) -> Tag:
    """Say what was found, in a word."""
    return Tag(text=STATUSES[found.status], kind=_KINDS[found.status])
