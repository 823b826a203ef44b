"""Looking up provisions by address."""

import pytest

from guiju.law.address import Address
from guiju.law.errors import NoSuchProvision
from guiju.law.provisions import Item, Paragraph, Text


def test_every_paragraph_and_item_has_one_address_in_order(cat_law: Text) -> None:
    found = [str(address) for address in cat_law.addresses()]
    assert found == ["cat:1.1", "cat:2.1", "cat:2.1.1", "cat:2.1.2", "cat:2.2"]
    assert cat_law.counts() == (2, 3, 2)


def test_each_address_leads_to_its_provision(cat_law: Text) -> None:
    assert cat_law.at(Address("cat", 2)) is cat_law.articles[1]
    assert cat_law.at(Address("cat", 2, 2)) == Paragraph("本法自明日起施行。")
    assert cat_law.at(Address("cat", 2, 1, 2)) == Item("陪伴。")


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("cat:3", "cat:3 does not exist: cat 1.0 zh has articles 1 to 2"),
        ("cat:2.3", "cat:2.3 does not exist: article 2 of cat 1.0 zh has paragraphs 1 to 2"),
        ("cat:2.1.3", "cat:2.1.3 does not exist: cat:2.1 of cat 1.0 zh has items 1 to 2"),
        ("cat:2.2.1", "cat:2.2.1 does not exist: cat:2.2 of cat 1.0 zh has no items"),
        ("dog:1", "dog:1 is not in cat 1.0 zh, which is another law"),
    ],
)
def test_what_does_not_exist_is_refused_with_what_does(cat_law: Text, address: str, message: str) -> None:
    with pytest.raises(NoSuchProvision) as refusal:
        cat_law.at(Address.parse(address))
    assert str(refusal.value) == message
