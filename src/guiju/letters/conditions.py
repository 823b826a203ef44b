"""Conditions of a letter's parts: the expressions of case types, over what the letter mentions and a few words more."""

from __future__ import annotations

import ast
import datetime as dt
from collections.abc import Mapping
from typing import Any

from guiju.bilingual import Bilingual
from guiju.engine.evaluation import Evaluation
from guiju.engine.expression import Node, Pool
from guiju.procedures.conditions import CaseParser, UnknownWordError
from guiju.procedures.model import Field, FieldType

WORDS: Mapping[str, FieldType] = {
    "case_type": "text", "act_name": "text", "to_side": "text", "is_final": "bool", "by_itself": "bool",
    "changes_authority": "bool",
}  # fmt: skip
"""What every condition may ask: names of case type and act, whose side the recipient is on, whether the act closes
the case, whether it happened by itself, whether another authority is competent after it."""


class LetterParser(CaseParser):
    """Reads the conditions of one letter. `asked` holds the names of which it was asked whether they are given."""

    def __init__(self, pool: Pool, mentions: Mapping[str, FieldType]) -> None:
        fields = {name: _field(name, type_) for name, type_ in {**mentions, **WORDS}.items()}
        super().__init__(pool, fields, terms={}, clocks=(), acts={}, readings={})
        self.asked: set[str] = set()

    def _name(self, name: str) -> Node:
        if name not in self.fields and name not in ("true", "false"):
            raise UnknownWordError(name, self.fields)
        return super()._name(name)

    def _call(self, name: str, args: list[ast.expr]) -> Node:
        if name != "given":
            raise UnknownWordError(name, ("given",))
        node = super()._call(name, args)
        self.asked.add(node.own[1])
        return node


class LetterSituation(Evaluation):
    """What a letter's conditions see: the values of the case after the act, and the words of every letter."""

    __slots__ = ()

    def __init__(self, facts: Mapping[str, Any], today: dt.date, size: int) -> None:
        super().__init__(facts, {}, {}, today, size)

    def ask(self, word: str, *arguments: Any) -> bool:
        """Answer `given(name)`, the only question that a letter asks."""
        assert word == "given"
        return arguments[0] in self.facts


def _field(name: str, type_: FieldType) -> Field:
    return Field(name, type_, Bilingual(name, name), (), 0)
