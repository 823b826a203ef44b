"""A number as a law states it: how much, of what, and on which side of it the rule lies.

超过 is more than, 以上 at least, 不足 less than (Civil Code, article 1259); the number itself belongs to 以上,
以下, 以内 and 届满, and not to 超过, 不满 and 以外.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Unit(StrEnum):
    """What is counted; money is in yuan, a date is written as month times one hundred plus day."""

    YEAR = "year"
    MONTH = "month"
    DAY = "day"
    WORKING_DAY = "working day"
    PERCENT = "percent"
    MONEY = "yuan"
    COUNT = ""
    DATE = "date"


class Relation(StrEnum):
    """How a rule stands to its number."""

    EXACT = "="
    MORE = ">"
    AT_LEAST = ">="
    LESS = "<"
    AT_MOST = "<="


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number in a text: its value, its unit, the relation, and where the whole phrase stands."""

    value: Decimal
    unit: Unit
    relation: Relation
    start: int
    end: int

    @property
    def measure(self) -> tuple[Decimal, Unit]:
        """What must be the same in two languages before the relation is compared."""
        return self.value, self.unit
