"""Coverage: an entry for every paragraph and item, and a text for every entry."""

from hypothesis import given
from hypothesis import strategies as st

from guiju.law.address import Address
from guiju.law.coverage import Coverage, coverage

from .test_address import addresses


def of(*texts: str) -> list[Address]:
    return [Address.parse(text) for text in texts]


TEXT = of("cat:1.1", "cat:2.1", "cat:2.1.1", "cat:2.1.2", "cat:3.1")


def test_a_text_whose_every_address_has_an_entry_is_covered() -> None:
    assert coverage(TEXT, TEXT) == Coverage((), (), 5)
    assert coverage(TEXT, TEXT).complete


def test_the_entry_of_a_paragraph_does_not_cover_its_items() -> None:
    found = coverage(TEXT, of("cat:1.1", "cat:2.1", "cat:3.1"))
    assert found.missing == tuple(of("cat:2.1.1", "cat:2.1.2"))
    assert not found.complete


def test_an_entry_without_a_text_is_invented() -> None:
    assert coverage(TEXT, [*TEXT, *of("cat:4.1")]).invented == tuple(of("cat:4.1"))


def test_an_entry_for_a_whole_article_is_invented_as_its_text_stands_in_its_paragraph() -> None:
    found = coverage(of("cat:1.1"), of("cat:1"))
    assert (found.missing, found.invented) == (tuple(of("cat:1.1")), tuple(of("cat:1")))


def test_several_entries_may_stand_at_one_address() -> None:
    assert coverage(TEXT, [*TEXT, *TEXT]) == Coverage((), (), 5)


def test_only_the_articles_that_were_asked_about_can_be_missing() -> None:
    found = coverage(TEXT, of("cat:1.1", "cat:3.1"), articles={1})
    assert found == Coverage((), (), covered=1, outside=1)
    assert coverage(TEXT, of("cat:9.1"), articles={1}).invented == tuple(of("cat:9.1"))


PLACES = st.lists(addresses(laws=("cat",)))


@given(PLACES, PLACES)
def test_every_address_is_covered_missing_or_invented(text: list[Address], entries: list[Address]) -> None:
    found = coverage(text, entries)
    assert found.covered + len(found.missing) == len(set(text))
    assert found.covered + len(found.invented) == len(set(entries))
    assert list(found.missing) == sorted(found.missing)
