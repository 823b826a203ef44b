"""What is measured: six norms of the rulebooks under the default readings, and cases to ask them about."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import polars as pl

from guiju.engine.collection import Rulebooks
from guiju.engine.norms import Norm
from guiju.engine.rulebook import load_rulebooks

SIX = (
    "mail4:66.1",  # filing with the national authority
    "mail4:66.2",  # filing with the provincial authority
    "mail4:41.1",  # licence
    "mail4:62.1#establish",  # representative
    "mail4:65.1.7#report",  # yearly report on a foundation model
    "genai:17.1#assessment",  # assessment where public opinion can be moved
)
AS_OF = dt.date(2026, 11, 22)
ROWS = 1_000_000
SEED = 20_261_122
USERS = "registered_users"


@dataclass(frozen=True)
class Six:
    books: Rulebooks
    norms: tuple[Norm, ...]
    readings: dict[str, str]
    flags: tuple[str, ...]
    """The yes-or-no facts that the six norms turn on; the number of users is the one other fact."""


@cache
def six() -> Six:
    books = load_rulebooks()
    by_key = {norm.key: norm for norm in books.norms}
    norms = tuple(by_key[key] for key in SIX)
    facts = {fact for norm in norms for node in norm.conditions for fact in node.facts}
    return Six(books, norms, books.read({}), tuple(sorted(facts - {USERS})))


def cases(unknown: float, count: int = 500) -> list[dict[str, Any]]:
    """Make cases for the single-case section; of each fact, this share is unknown."""
    rng = random.Random(SEED)
    made = []
    for _ in range(count):
        case: dict[str, Any] = {name: rng.random() < 0.6 for name in six().flags}
        case[USERS] = rng.choice((5_000, 10_000, 500_000, 1_000_000, 1_300_000))
        made.append({name: value for name, value in case.items() if rng.random() >= unknown})
    return made


def population(unknown: float) -> pl.DataFrame:
    """Make the million rows; of each column, this share is unknown (NULL)."""
    rng = np.random.default_rng(SEED)
    columns: dict[str, pl.Series] = {}
    for name in (*six().flags, USERS):
        values = rng.integers(0, 2_000_000, ROWS) if name == USERS else rng.random(ROWS) < 0.6
        column = pl.Series(name, values)
        if unknown:
            gone = pl.Series(rng.random(ROWS) < unknown)
            column = pl.select(pl.when(~gone).then(column).alias(name)).to_series()
        columns[name] = column
    return pl.DataFrame(columns)
