"""The six norms written by hand, as somebody would who needed only them: the limits that the engine is held to.

Nothing here is used by Guiju. Every version is checked against the rulebooks before it is timed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

SQL = """
WITH part AS (
  SELECT *,
    in_mainland OR affects_china AS in_scope,
    provides_in_own_name AND controls_operation AS provider,
    develops AND NOT only_auxiliary_technology AS developer,
    NOT is_military AND NOT (used_only_for_research AND research_is_noncommercial AND research_data_lawful
      AND research_has_safeguards AND research_keeps_records) AS bound
  FROM cases)
SELECT
  in_scope AND provider AND NOT on_negative_list AND registered_users > 1000000 AND bound AS r0,
  in_scope AND provider AND NOT on_negative_list AND registered_users > 10000 AND registered_users < 1000000
    AND bound AS r1,
  in_scope AND (developer OR provider) AND on_negative_list AND bound AS r2,
  (developer OR provider) AND NOT in_mainland AND affects_china AND bound AS r3,
  in_scope AND developer AND (is_foundation_model OR (derives_from_foundation_model
    AND (has_equivalent_general_capability OR extends_capability_with_risk))) AND bound AS r4,
  is_generative AND serves_mainland_public AND (provides_directly_to_users OR provides_in_own_name)
    AND has_public_opinion_attributes AS r5
FROM part
"""


def python(case: Mapping[str, Any]) -> tuple[bool, ...]:
    """One case in plain Python; two-valued: everything must be known."""
    in_mainland, affects_china, own_name = case["in_mainland"], case["affects_china"], case["provides_in_own_name"]
    in_scope = in_mainland or affects_china
    provider = own_name and case["controls_operation"]
    developer = case["develops"] and not case["only_auxiliary_technology"]
    bound = not case["is_military"] and not (
        case["used_only_for_research"]
        and case["research_is_noncommercial"]
        and case["research_data_lawful"]
        and case["research_has_safeguards"]
        and case["research_keeps_records"]
    )
    tier = in_scope and provider and bound and not case["on_negative_list"]
    users = case["registered_users"]
    return (
        tier and users > 1_000_000,
        tier and 10_000 < users < 1_000_000,
        in_scope and (developer or provider) and case["on_negative_list"] and bound,
        (developer or provider) and not in_mainland and affects_china and bound,
        in_scope and developer and bound and (
            case["is_foundation_model"] or (case["derives_from_foundation_model"]
            and (case["has_equivalent_general_capability"] or case["extends_capability_with_risk"]))),
        case["is_generative"] and case["serves_mainland_public"] and case["has_public_opinion_attributes"]
        and (case["provides_directly_to_users"] or own_name),
    )  # fmt: skip


def columns(get: Callable[[str], Any]) -> tuple[Any, ...]:
    """Many cases at once, for whatever has `&`, `|`, `~` and comparisons: NumPy arrays, Polars columns, `Kleene`."""
    in_mainland, affects_china, own_name = get("in_mainland"), get("affects_china"), get("provides_in_own_name")
    in_scope = in_mainland | affects_china
    provider = own_name & get("controls_operation")
    developer = get("develops") & ~get("only_auxiliary_technology")
    research = get("used_only_for_research") & get("research_is_noncommercial") & get("research_data_lawful")
    research = research & get("research_has_safeguards") & get("research_keeps_records")
    bound = ~get("is_military") & ~research
    listed, users = get("on_negative_list"), get("registered_users")
    tier = in_scope & provider & bound & ~listed
    active = (developer | provider) & bound
    derived = get("derives_from_foundation_model") & (
        get("has_equivalent_general_capability") | get("extends_capability_with_risk")
    )
    opinion = get("is_generative") & get("serves_mainland_public") & get("has_public_opinion_attributes")
    return (
        tier & (users > 1_000_000),
        tier & (users > 10_000) & (users < 1_000_000),
        in_scope & active & listed,
        active & ~in_mainland & affects_china,
        in_scope & developer & bound & (get("is_foundation_model") | derived),
        opinion & (get("provides_directly_to_users") | own_name),
    )


class Kleene:
    """NumPy in three values: one array for what is true, one for what is false; neither is unknown."""

    __slots__ = ("false", "true")

    def __init__(self, true: Any, false: Any) -> None:
        self.true = true
        self.false = false

    def __and__(self, other: Kleene) -> Kleene:
        return Kleene(self.true & other.true, self.false | other.false)

    def __or__(self, other: Kleene) -> Kleene:
        return Kleene(self.true | other.true, self.false & other.false)

    def __invert__(self) -> Kleene:
        return Kleene(self.false, self.true)


class KleeneNumber:
    """A column of numbers, with the rows in which it is known."""

    __slots__ = ("known", "value")

    def __init__(self, value: Any, known: Any) -> None:
        self.value = value
        self.known = known

    def __gt__(self, limit: int) -> Kleene:
        above = self.value > limit
        return Kleene(above & self.known, ~above & self.known)

    def __lt__(self, limit: int) -> Kleene:
        below = self.value < limit
        return Kleene(below & self.known, ~below & self.known)
