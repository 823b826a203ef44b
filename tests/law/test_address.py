"""Addresses: one text form, one order, and clear refusals."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiju.law.address import Address
from guiju.law.errors import AddressError

NUMBERS = st.integers(min_value=1, max_value=9999)


@st.composite
def addresses(draw: st.DrawFn, laws: tuple[str, ...] = ("mail4", "genai")) -> Address:
    numbers = draw(st.lists(NUMBERS, min_size=1, max_size=3))
    return Address(draw(st.sampled_from(laws)), *numbers)


@given(addresses())
def test_the_text_form_is_read_back(address: Address) -> None:
    assert Address.parse(str(address)) == address


@pytest.mark.parametrize("text", ["mail4:66", "mail4:62.1", "mail4:112.1.4"])
def test_an_address_is_written_as_law_article_paragraph_item(text: str) -> None:
    assert str(Address.parse(text)) == text


def test_provisions_sort_by_their_numbers_and_before_what_they_contain() -> None:
    texts = ["genai:2", "mail4:7.1", "mail4:66", "mail4:66.1", "mail4:66.1.2", "mail4:66.1.10", "mail4:66.2"]
    ordered = [Address.parse(text) for text in texts]
    assert sorted([ordered[-1], *ordered[:-1]]) == ordered


@given(addresses(), addresses())
def test_the_order_agrees_with_equality(one: Address, other: Address) -> None:
    assert (one <= other <= one) == (one == other)
    assert (one < other) == (other > one)


@given(addresses())
def test_an_address_lies_within_its_parent(address: Address) -> None:
    parent = address.parent
    assert address.contains(address)
    if parent is None:
        assert address.paragraph is None
    else:
        assert parent.contains(address)
        assert not address.contains(parent)
        assert parent < address


def test_a_provision_contains_only_what_stands_in_it() -> None:
    article = Address.parse("mail4:66")
    assert article.contains(Address.parse("mail4:66.1.2"))
    assert Address.parse("mail4:66.1").contains(Address.parse("mail4:66.1.2"))
    assert not Address.parse("mail4:66.2").contains(Address.parse("mail4:66.1.2"))
    assert not article.contains(Address.parse("genai:66"))
    assert not article.contains(Address.parse("mail4:67"))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "66",
        "mail4",
        "mail4:",
        "mail4:66.",
        "mail4:66..2",
        "mail4:6a",
        "mail4:1.2.3.4",
        "mail4:-1",
        "mail4:٣",
    ],
)
def test_a_text_of_another_form_is_refused_with_examples(text: str) -> None:
    with pytest.raises(AddressError) as refusal:
        Address.parse(text)
    assert str(refusal.value) == (f"{text!r} is not an address: write it like mail4:66, mail4:66.1 or mail4:66.1.2")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("mail4:0", "article 0 does not exist: numbers start at 1"),
        ("mail4:1.0", "paragraph 0 does not exist: numbers start at 1"),
        ("mail4:1.1.0", "item 0 does not exist: numbers start at 1"),
        (
            "Mail 4:1",
            "'Mail 4' is not the key of a law: use small letters and digits, a letter first, like mail4",
        ),
    ],
)
def test_impossible_parts_are_refused(text: str, message: str) -> None:
    with pytest.raises(AddressError) as refusal:
        Address.parse(text)
    assert str(refusal.value).startswith(message)


def test_an_item_needs_a_paragraph() -> None:
    with pytest.raises(AddressError, match="item 4 of mail4:112 stands in no paragraph"):
        Address("mail4", 112, item=4)


def test_an_address_error_is_a_value_error() -> None:
    with pytest.raises(ValueError, match="is not an address"):
        Address.parse("nowhere")
