"""Every letter that a case type names exists and fits it, and what its scenarios send says all that a letter must."""

from __future__ import annotations

import pytest

from guiju.law.address import Address
from guiju.law.citation import format_citation
from guiju.letters.glyphs import refuse_missing_glyphs
from guiju.letters.matter import Matter
from guiju.letters.page import pdf
from guiju.letters.plain import text
from guiju.letters.saying import named_day, plain_day
from guiju.procedures.catalogue import built_in_types
from guiju.procedures.model import CaseType
from tests.letters.at_hand import SHELF, sent_in_scenarios

SENT = sent_in_scenarios()
IDS = [f"{played.kind.key}-{one.event.act}-{one.letter.name}-{one.to}" for played, one in SENT]
KINDS = [built_in_types().get(key) for key in built_in_types().keys()]  # noqa: SIM118 - a catalogue is no mapping
USES = sorted({(kind.law, sent.name) for kind in KINDS for t in kind.transitions for sent in t.letters})
ALL = sorted({(law, name) for law in ("mail4", "genai") for name in SHELF.names(law)})


@pytest.mark.parametrize(("law", "name"), USES)
def test_every_letter_that_is_named_exists(law: str, name: str) -> None:
    assert SHELF.get(law, name).name == name


@pytest.mark.parametrize(("law", "name"), ALL)
def test_every_letter_can_be_read(law: str, name: str) -> None:
    assert SHELF.get(law, name).body


def test_a_name_that_letters_mention_has_one_type_wherever_it_occurs() -> None:
    clashes = []
    for kind in KINDS:
        for transition in kind.transitions:
            for sent in transition.letters:
                fields = {**kind.fields, **transition.inputs}
                for name, type_ in SHELF.get(kind.law, sent.name).mentions.items():
                    if name in fields and fields[name].type != type_:
                        clashes.append((kind.key, transition.name, sent.name, name))
    assert clashes == []


@pytest.mark.parametrize("number", range(len(SENT)), ids=IDS)
def test_a_letter_says_what_every_letter_must_say(number: int) -> None:
    played, one = SENT[number]
    letter, kind = one.letter, played.kind
    for lang in ("zh", "en"):
        said = text(letter, lang)
        title = SHELF.law(kind.law).title.get(lang)
        transition = kind.under(played.case.readings).transitions[one.event.act]
        assert title in said
        for cited in transition.cites:
            assert format_citation(Address.parse(cited), "zh" if lang == "zh" else "en") in said
        assert plain_day(one.event.on).get(lang) in said
        for part in (letter.number, letter.case_number, letter.check, letter.authority.get(lang)):
            assert part in said
        remedy = SHELF.remedy(kind.law, transition.cites)
        beginnings = [remedy.decision.get(lang).partition("{")[0], remedy.notice.get(lang).partition("{")[0]]
        assert any(beginning in said for beginning in beginnings)


@pytest.mark.parametrize("number", range(len(SENT)), ids=IDS)
def test_a_letter_names_the_days_that_the_clocks_show(number: int) -> None:
    played, one = SENT[number]
    sent = next(s for s in one.event.letters if (s.name, s.to) == (one.letter.name, one.to))
    matter = Matter(played.case, played.kind, one.event, sent, shelf=SHELF, calendar=played.calendar, number="A")
    groups = {part.of for part in SHELF.get(played.kind.law, sent.name).body if part.content == "dates"}
    if sent.name == "transfer" and matter.standing.final:
        groups.discard("authority")
    for view in (view for group in groups for view in matter.clocks(group)):
        for lang in ("zh", "en"):
            said = text(one.letter, lang)
            assert view.clock.label.get(lang).lower() in said.lower()
            if view.due is not None:
                assert named_day(view.due.earliest).get(lang) in said
                assert named_day(view.due.latest).get(lang) in said


@pytest.mark.parametrize("number", range(len(SENT)), ids=IDS)
def test_a_letter_can_be_set(number: int) -> None:
    letter = SENT[number][1].letter
    refuse_missing_glyphs(letter, ("zh", "en"))
    assert pdf(letter, ("zh", "en")[number % 2]).startswith(b"%PDF-1.7")


@pytest.mark.parametrize("kind", KINDS, ids=[kind.key for kind in KINDS])
def test_an_applicant_whose_name_is_known_is_called_by_it(kind: CaseType) -> None:
    naming = {name for names in SHELF.addressees.values() for name in names} & kind.fields.keys()
    applicants = {sent.to for t in kind.transitions for sent in t.letters if kind.parties[sent.to].side == "applicant"}
    for party in applicants if naming else ():
        assert naming & set(SHELF.addressees.get(party, ())), party
