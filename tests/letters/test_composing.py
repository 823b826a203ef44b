"""What stands in a letter: names, values, remedies, dates, and what it keeps back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiju.letters.model import Letter
from guiju.letters.plain import text
from guiju.letters.problems import LetterError
from tests.letters.at_hand import LETTERS, REASON, Parade, letter_of

DECISIONS = {"refusal", "grant", "revocation", "warning", "suspension", "answer", "no_action", "registration"}


def en(letter: Letter) -> str:
    return text(letter, "en")


@pytest.mark.parametrize("name", LETTERS)
def test_a_remedy_is_named_in_every_letter(name: str) -> None:
    letter = letter_of(name)
    assert "Article 105, paragraph 1" in en(letter)
    assert "第一百零五条第一款" in text(letter, "zh")
    if name in DECISIONS:
        assert "Whoever disagrees with this decision may" in en(letter)


def test_a_security_review_decision_is_said_to_be_final() -> None:
    letter = Parade().does("2026-09-30", "review_security").letter()
    assert "Article 83, paragraph 2" in en(letter)
    assert "it is final" in en(letter)
    assert "为最终决定" in text(letter, "zh")
    assert "105" not in en(letter)


def test_the_reasons_of_the_act_stand_in_the_letter_once() -> None:
    assert en(letter_of("refusal")).count(REASON) == 1


def test_a_letter_that_must_give_reasons_does_not_go_out_without() -> None:
    case = Parade().does("2026-09-30", "refuse")
    event = case.event
    case.case = case.case.__class__(
        case.case.pin, case.case.readings, (*case.case.history()[:-1], event.__class__(
            event.seq, event.on, event.act, event.by, clocks=event.clocks, letters=event.letters
        ))
    )  # fmt: skip
    with pytest.raises(LetterError) as caught:
        case.letter()
    assert caught.value.problems[0].code == "L223"
    assert "`reasons`" in caught.value.text("en")
    assert "`reasons`" in caught.value.text("zh")


def test_confidential_values_are_kept_back() -> None:
    letter = letter_of("receipt")
    assert "Trade secret\n  (confidential; received)" in en(letter)
    assert "a secret recipe" not in en(letter)


def test_the_public_never_reads_a_confidential_value() -> None:
    letter = Parade().does("2026-09-30", "tell_neighbours", trade_secret="another secret").letter()
    assert "another secret" not in en(letter)
    assert "a secret recipe" not in text(letter, "zh")


def test_a_mark_that_the_act_resets_is_not_told_as_a_finding() -> None:
    said = en(letter_of("suspension"))
    assert "Suspended on\n  30 September 2026" in said
    assert "incident happened" not in said


def test_what_is_missing_is_listed_with_its_provision() -> None:
    assert "1. Proof (Article 43, paragraph 1, item (2), Model Artificial Intelligence Law)" in en(letter_of("receipt"))
    assert "证明（《人工智能示范法》第四十三条第一款第二项）" in text(letter_of("supplement_request"), "zh")


def test_values_are_said_as_each_language_writes_them() -> None:
    letter = letter_of("receipt")
    zh = text(letter, "zh")
    assert "人民币5,000,000.50元" in zh
    assert "CNY 5,000,000.50" in en(letter)
    assert "医疗" in zh
    assert "finance, medicine" in en(letter)
    assert "姓名：王芳，入职：2024年3月1日" in zh
    assert "name: 王芳, since: 1 March 2024" in en(letter)


def test_the_day_set_by_the_authority_is_the_day_of_the_letter() -> None:
    letter = Parade(proof=None).does("2026-09-29", "ask", supply_by="2026-10-09").letter()
    assert "Please supply them by 9 October 2026, that day included." in en(letter)
    assert "Until Friday 9 October 2026." in en(letter)


def test_without_such_a_day_the_letter_names_none() -> None:
    letter = Parade(proof=None).does("2026-09-29", "ask", supply_by=None).letter()
    assert "Please supply them by" not in en(letter)


@pytest.mark.parametrize(
    ("on", "said"), [("2026-11-23", "This was in time."), ("2026-11-24", "This was after the last day.")]
)
def test_a_letter_says_whether_the_act_was_in_time(on: str, said: str) -> None:
    letter = Parade().does(on, "refuse").letter()
    assert "Until Monday 23 November 2026." in en(letter)
    assert said in en(letter)


def test_a_pause_and_an_extension_are_explained() -> None:
    case = Parade().does("2026-09-29", "ask")
    assert "Stands still since 29 September 2026." in en(case.letter())
    assert "Working days that had passed by then: 10." in en(case.letter())
    case.does("2026-10-12", "supply").does("2026-10-13", "extend")
    said = en(case.letter())
    assert "55 working days from 15 September 2026 (hand in)" in said
    assert "This includes 1 extension by 10 working days." in said
    assert "It stood still from 29 September 2026 to 12 October 2026" in said


def test_a_year_without_published_holidays_gives_two_days() -> None:
    letter = Parade("2026-11-30").does("2026-12-01", "extend").letter()
    assert "Provisional: Monday 22 February 2027 at the earliest, Wednesday 24 February 2027 at the latest" in en(
        letter
    )
    assert "Keep to the earliest day." in en(letter)
    assert "有年度放假安排尚未公布。请按最早一日办理。" in text(letter, "zh")


def test_a_window_has_its_first_and_last_day() -> None:
    letter = Parade().does("2026-09-30", "grant", licence_expires="2027-10-03").letter()
    assert "From Saturday 3 April 2027 to Sunday 3 October 2027." in en(letter)
    assert "自2027年4月3日（周六）起，至2027年10月3日（周日）止。" in text(letter, "zh")


def test_a_window_counted_back_is_not_moved_by_days_of_rest() -> None:
    letter = Parade().does("2026-09-30", "grant", licence_expires="2027-10-03").letter()
    assert "6 months before 3 October 2027 (licence expires)." in en(letter)
    assert "day of rest" not in en(letter)


def test_a_last_day_of_rest_is_said_to_move() -> None:
    letter = Parade().does("2026-09-30", "cease", ceased_on="2026-07-03").letter()
    assert "3 months from 3 July 2026 (day on which the activity stopped)" in en(letter)
    assert "Until Thursday 8 October 2026." in en(letter)
    assert "The corresponding day, Saturday 3 October 2026, is a day of rest" in en(letter)
    assert "对应日2026年10月3日（周六）为休息日" in text(letter, "zh")


def test_the_check_code_changes_with_the_event_and_not_with_the_language() -> None:
    one = Parade().does("2026-09-30", "refuse").letter()
    other = Parade().does("2026-09-30", "refuse", reasons="Another reason.").letter()
    assert one.check != other.check
    assert one.check in text(one, "zh")
    assert one.check in en(one)


TEXTS = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=40)


@given(TEXTS)
def test_any_text_stands_literally_in_the_letter(said: str) -> None:
    letter = Parade().does("2026-09-30", "refuse", reasons=said).letter()
    assert said in en(letter)
    assert said in text(letter, "zh")


@given(TEXTS)
def test_any_name_stands_literally_in_the_salutation(name: str) -> None:
    assert f"To: {name}\n" in en(Parade(applicant_name=name).letter())
