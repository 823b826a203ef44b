"""Every word that the reports add: in both languages, in one table, all of them used."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest

import guiju.assess
from guiju.assess.report.lines import STAGES, SYMBOLS
from guiju.assess.report.sides import OWN, PEOPLE, STATE
from guiju.assess.report.words import PHRASES, say
from guiju.bilingual import Bilingual
from guiju.engine.rulebook import load_rulebooks
from guiju.engine.schema import Kind

ROOM = Path(guiju.assess.__file__).parent
HAN = re.compile(r"[\u4e00-\u9fff]")
SLOT = re.compile(r"\{(\w+)\}")
MADE_UP_OF_SLOTS = {"fine", "figure", "colon", "in_brackets", "told_fact", "told_test", "told_part", "figure_signed"}
KINDS = set(get_args(Kind)) - {"element"}


@pytest.mark.parametrize("key", PHRASES)
def test_a_phrase_is_chinese_in_chinese_and_english_in_english(key: str) -> None:
    zh, en = PHRASES[key]
    if key not in MADE_UP_OF_SLOTS:
        assert HAN.search(zh), zh
        assert re.search("[A-Za-z]", en), en
    assert not HAN.search(en), en


@pytest.mark.parametrize("key", PHRASES)
def test_both_languages_have_the_same_slots(key: str) -> None:
    zh, en = PHRASES[key]
    for form in en.split("|"):
        assert set(SLOT.findall(form)) == set(SLOT.findall(zh))


def test_every_phrase_is_used_somewhere() -> None:
    sources = [p for p in (*ROOM.rglob("*.py"), *ROOM.glob("templates/*")) if p.name != "phrases.py"]
    text = "\n".join(path.read_text("utf-8") for path in sources)
    made = {f"state_{state}" for state in SYMBOLS} | set(STAGES) | KINDS
    made |= {f"{name}_{end}" for name in ("term", "case") for end in ("yes", "no", "open")}
    made |= {f"{form}_unknown" for form in ("within", "at_least", "from", "every", "at_once", "keep")}
    made |= {"within", "at_least", "from", "every", "at_once", "shown_met", "shown_unmet", "shown_unknown"}
    made |= {"on_organisation", "on_person_in_charge", "each_year", "each_year_unknown"}
    made |= {f"not_imported_{langs}" for langs in ("zh", "en", "zh_en")}
    assert [key for key in PHRASES if key not in made and not re.search(rf"['\"]{key}['\"]", text)] == []


def test_numbers_choose_between_one_and_many_and_are_grouped() -> None:
    assert say("for_systems", n=1) == Bilingual("1 个系统", "1 system")
    assert say("for_systems", n=1_234) == Bilingual("1,234 个系统", "1,234 systems")


def test_every_party_of_the_rulebooks_stands_on_a_side() -> None:
    """A new party must be put on a side in sides.py, or its duties would be shown as somebody else's."""
    parties = load_rulebooks().parties
    assert sorted(set(parties) - OWN - STATE - PEOPLE) == []
    assert not OWN & STATE
    assert not OWN & PEOPLE
    assert not STATE & PEOPLE
