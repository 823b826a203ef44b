"""How an entry stands on a day, in one word and in plain ones."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

from guiju.bilingual import Bilingual
from guiju.portal.look.components import Tag
from guiju.portal.look.components.states import TagKind
from guiju.portal.registers.books import SUCCESSORS, Book, Stands, addresses
from guiju.portal.registers.models import Entry

WITHDRAWN: Final = "withdrawn"
_KINDS: dict[Stands, TagKind] = {
    "in_force": "good",
    "suspended": "paused",
    "ended": "bad",
    "replaced": "neutral",
    "withdrawn": "bad",
    "uncertain": "unsure",
}
WORDS: dict[Stands, Bilingual] = {
    "in_force": Bilingual(zh="有效", en="in force"),
    "suspended": Bilingual(zh="中止", en="suspended"),
    "ended": Bilingual(zh="已终结", en="ended"),
    "replaced": Bilingual(zh="已由新编号取代", en="replaced by a new number"),
    "withdrawn": Bilingual(zh="已撤下", en="withdrawn"),
    "uncertain": Bilingual(zh="待确认", en="not certain"),
}
_TERM_IS_OVER = Bilingual(
    zh="载明的期限已过，主管机关尚未登记届满或者延续。请向发证机关确认。",
    en="The term that it states is over, and no end or renewal has been entered yet. Ask the authority that gave it.",
)
_WITHDRAWN = Bilingual(
    zh="该条目已从公开登记簿撤下，编号不再有效。",
    en="The entry was taken out of the public register; the number is void.",
)
_UNKNOWN = Bilingual(zh="请向登记机关确认。", en="Ask the authority that keeps the register.")


@dataclass(frozen=True, slots=True)
class StandingOf:
    """`stands` in one word, `says` in a sentence, `cites` what that rests on, `successor` the number after it."""

    stands: Stands
    label: Bilingual
    says: Bilingual
    cites: tuple[str, ...]
    since: dt.date
    successor: str = ""

    @property
    def tag(self) -> Tag:
        """The status as a tag: its own name, in the kind that goes with what it means."""
        return Tag(text=self.label, kind=_KINDS[self.stands])


def standing(book: Book, entry: Entry, today: dt.date) -> StandingOf:
    """Return how an entry stands on a day."""
    if not entry.shown:
        return StandingOf(WITHDRAWN, WORDS[WITHDRAWN], _WITHDRAWN, book.cites, entry.status_on)
    label, meaning = book.status_label(entry.status), book.meaning.statuses.get(entry.status)
    successor = next((str(entry.fields[name]) for name in SUCCESSORS if entry.fields.get(name)), "")
    if meaning is None:
        return StandingOf("uncertain", label, _UNKNOWN, book.cites, entry.status_on, successor)
    expires = str(entry.fields.get(book.meaning.expires) or "")
    if meaning.stands == "in_force" and expires and expires < today.isoformat():
        return StandingOf("uncertain", label, _TERM_IS_OVER, addresses(meaning.cites), entry.status_on)
    return StandingOf(meaning.stands, label, meaning.says, addresses(meaning.cites), entry.status_on, successor)
