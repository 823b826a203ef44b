"""Numbers, boundaries and references of one provision, held against each other."""

from collections.abc import Iterator
from itertools import zip_longest
from typing import Final

from guiju.law.address import Address
from guiju.law.bilingual.chinese_numbers import chinese_quantities
from guiju.law.bilingual.differences import Code, Difference, Severity
from guiju.law.bilingual.english_numbers import english_quantities
from guiju.law.bilingual.quantities import Quantity, Relation, Unit
from guiju.law.bilingual.references import chinese_references, english_references

_UNBOUNDED: Final = Relation.EXACT


def compare_numbers(address: Address, chinese: str, english: str) -> Iterator[Difference]:
    """Pair the numbers of both texts; report other boundaries, and what is left over on either side."""
    ours, theirs = list(chinese_quantities(chinese)), list(english_quantities(english))
    _take_equal(ours, theirs)
    for quantity in list(ours):
        twin = next((other for other in theirs if other.measure == quantity.measure), None)
        if twin:
            ours.remove(quantity)
            theirs.remove(twin)
            yield Difference(
                Code.COMPARATOR,
                _severity(quantity, twin),
                address,
                _quoted(quantity, chinese),
                _quoted(twin, english),
                f"{_bound(quantity)} / {_bound(twin)}",
            )
    for quantity in list(ours):
        twin = next((other for other in theirs if other.unit is quantity.unit), None)
        if twin:
            theirs.remove(twin)
        quote = _quoted(twin, english) if twin else None
        what = f"{_bound(quantity)} / {_bound(twin) if twin else '-'}"
        yield Difference(Code.NUMBER, Severity.MAJOR, address, _quoted(quantity, chinese), quote, what)
    for quantity in theirs:
        what = f"- / {_bound(quantity)}"
        yield Difference(Code.NUMBER, Severity.MAJOR, address, None, _quoted(quantity, english), what)


def compare_references(address: Address, chinese: str, english: str) -> Iterator[Difference]:
    """Report a written reference to which the other language has none, not even 前款 or "preceding"."""
    ours, theirs = chinese_references(chinese, address), english_references(english, address)
    only_ours = [each.quote for each in ours if each.is_written and each.target not in {its.target for its in theirs}]
    only_theirs = [each.quote for each in theirs if each.is_written and each.target not in {its.target for its in ours}]
    for chinese_quote, english_quote in zip_longest(only_ours, only_theirs):
        yield Difference(Code.REFERENCE, Severity.MAJOR, address, chinese_quote, english_quote)


def _take_equal(ours: list[Quantity], theirs: list[Quantity]) -> None:
    for quantity in list(ours):
        same = (quantity.measure, quantity.relation)
        twin = next((other for other in theirs if (other.measure, other.relation) == same), None)
        if twin:
            ours.remove(quantity)
            theirs.remove(twin)


def _severity(ours: Quantity, theirs: Quantity) -> Severity:
    """Between two boundaries someone falls in or out; a bare number leaves the boundary open."""
    if Unit.DATE in (ours.unit, theirs.unit):
        return Severity.NOTE
    return Severity.MINOR if _UNBOUNDED in (ours.relation, theirs.relation) else Severity.MAJOR


def _bound(quantity: Quantity) -> str:
    if quantity.unit is Unit.DATE:
        return f"{quantity.relation} {int(quantity.value) // 100:02}-{int(quantity.value) % 100:02}"
    return f"{quantity.relation} {quantity.value:,f} {quantity.unit}".rstrip()


def _quoted(quantity: Quantity, text: str) -> str:
    return text[quantity.start : quantity.end].strip()
