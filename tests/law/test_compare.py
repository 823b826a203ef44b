"""Two texts side by side."""

import msgspec

from guiju.law.address import Address
from guiju.law.compare import align, differing, normalised
from guiju.law.provisions import Division, Paragraph, Text


def with_article(text: Text, number: int, **changes: object) -> Text:
    articles = list(text.articles)
    articles[number - 1] = msgspec.structs.replace(articles[number - 1], **changes)
    return msgspec.structs.replace(text, articles=tuple(articles))


def test_a_text_aligns_with_itself(cat_law: Text) -> None:
    alignment = align(cat_law, cat_law)
    assert alignment.one_to_one
    assert alignment.shared == tuple(cat_law.addresses())


def test_a_paragraph_in_one_text_only_is_named(cat_law: Text) -> None:
    longer = with_article(cat_law, 1, paragraphs=(*cat_law.articles[0].paragraphs, Paragraph("猫。")))
    assert align(cat_law, longer).only_right == (Address("cat", 1, 2),)
    assert align(longer, cat_law).only_left == (Address("cat", 1, 2),)
    assert not align(cat_law, longer).one_to_one


def test_an_article_in_another_chapter_is_named_but_a_translated_title_is_not(cat_law: Text) -> None:
    moved = with_article(cat_law, 2, chapter=Division(2, "附则"))
    translated = with_article(cat_law, 2, chapter=Division(1, "GENERAL"))
    assert align(cat_law, moved).regrouped == (2,)
    assert align(cat_law, translated).one_to_one


def test_spaces_and_the_width_of_punctuation_are_no_difference(cat_law: Text) -> None:
    narrow = with_article(cat_law, 1, paragraphs=(Paragraph("为了 猫,制定本法。"),))
    other = with_article(cat_law, 1, paragraphs=(Paragraph("为了狗，制定本法。"),))
    assert differing(cat_law, narrow) == ()
    assert differing(cat_law, other) == (Address("cat", 1, 1),)


def test_normalising_keeps_every_other_character() -> None:
    assert normalised("（一） 2023 年，《猫法》、狗；“鸟”。") == "(一)2023年,《猫法》、狗;“鸟”。"
