"""Citations as lawyers and everybody else write them."""

import pytest
from hypothesis import given

from guiju.law.address import Address
from guiju.law.citation import Language, format_citation, parse_citation, parse_reference
from guiju.law.errors import AddressError, CitationError, NumeralError

from .test_address import addresses

TITLES = {
    "mail4": ("人工智能示范法 4.0", "Model AI Law 4.0", "示范法", "Model AI Law"),
    "genai": ("生成式人工智能服务管理暂行办法", "Interim Measures for Generative AI", "暂行办法"),
}


@given(address=addresses())
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", [0, 1])
def test_what_is_cited_is_found_again(address: Address, language: Language, name: int) -> None:
    citation = format_citation(address, language, TITLES[address.law][name])
    assert parse_citation(citation, TITLES) == address


def test_a_chinese_citation_names_title_article_paragraph_and_item() -> None:
    address = Address.parse("mail4:66.1.1")
    assert format_citation(address, "zh", "人工智能示范法 4.0") == ("《人工智能示范法 4.0》第六十六条第一款第一项")
    assert format_citation(address, "zh") == "第六十六条第一款第一项"


def test_an_english_citation_puts_the_title_last() -> None:
    address = Address.parse("mail4:66.1.1")
    assert format_citation(address, "en", "Model AI Law 4.0") == ("Article 66, paragraph 1, item (1), Model AI Law 4.0")
    assert format_citation(Address.parse("mail4:66"), "en") == "Article 66"


def test_the_item_of_an_articles_only_paragraph_is_cited_without_it() -> None:
    address = Address.parse("mail4:112.1.4")
    assert format_citation(address, "zh", sole_paragraph=True) == "第一百一十二条第四项"
    assert format_citation(address, "en", sole_paragraph=True) == "Article 112, item (4)"
    assert format_citation(Address.parse("mail4:62.1"), "zh", sole_paragraph=True) == "第六十二条第一款"


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("《人工智能示范法 4.0》第六十六条第一款第一项", "mail4:66.1.1"),
        ("《人工智能示范法4.0》第66条第1款第1项", "mail4:66.1.1"),
        ("人工智能示范法4.0第６６条第１款", "mail4:66.1"),
        ("示范法第六十六条第一款（一）项", "mail4:66.1.1"),
        ("示范法 第 66 条 第 1 款 第（二）项", "mail4:66.1.2"),
        ("示范法第一百一十二条第四项", "mail4:112.1.4"),
        ("示范法第百零一条", "mail4:101"),
        ("《暂行办法》的第七条第三项", "genai:7.1.3"),
        ("Article 66, paragraph 1, item (1), Model AI Law 4.0", "mail4:66.1.1"),
        ("Model AI Law, Art. 66(1)(2)", "mail4:66.1.2"),
        ("article 66.1.2 of the Model AI Law", "mail4:66.1.2"),
        ("Art 66 para. 2, MODEL AI LAW", "mail4:66.2"),
        ("Article 112, item (4) of the Model AI Law 4.0", "mail4:112.1.4"),
        ("mail4 art. 66", "mail4:66"),
        ("Article 7(1)(3) of the Interim Measures for Generative AI", "genai:7.1.3"),
    ],
)
def test_what_people_write_is_understood(written: str, address: str) -> None:
    assert str(parse_citation(written, TITLES)) == address


@pytest.mark.parametrize("written", ["第六十六条第一款", "第66条第1款", "Article 66(1)", "Art. 66.1"])
def test_without_a_title_the_law_is_the_one_that_was_asked_about(written: str) -> None:
    assert str(parse_citation(written, TITLES, law="mail4")) == "mail4:66.1"
    assert str(parse_citation(written, {"cat": ("猫法",)})) == "cat:66.1"


def test_a_named_title_prevails_over_the_law_that_was_asked_about() -> None:
    assert str(parse_citation("暂行办法第七条", TITLES, law="mail4")) == "genai:7"


def test_the_law_is_never_guessed() -> None:
    with pytest.raises(CitationError) as refusal:
        parse_citation("第六十六条", TITLES)
    assert str(refusal.value) == (
        "'第六十六条' does not say of which law: put its title before it, known are "
        "genai (生成式人工智能服务管理暂行办法), mail4 (人工智能示范法 4.0)"
    )


def test_an_unknown_title_is_refused() -> None:
    with pytest.raises(CitationError, match="'《民法典》第二百条' cites a law that is not known here, known are"):
        parse_citation("《民法典》第二百条", TITLES)


@pytest.mark.parametrize(
    "text", ["", "示范法", "第一章", "Section 2", "Article 6 6", "第六十六条负面清单", "Art. 66(1)(2)(3)"]
)
def test_what_is_no_citation_is_refused_with_examples(text: str) -> None:
    with pytest.raises(CitationError) as refusal:
        parse_citation(text, TITLES, law="mail4")
    assert str(refusal.value) == (
        f"{text!r} is not a citation of a provision: write it like 第六十六条第一款第一项, "
        f"Article 66, paragraph 1, item (1), or mail4:66.1.1"
    )


def test_a_malformed_numeral_is_named() -> None:
    with pytest.raises(NumeralError, match="'六六' is not a well-formed Chinese numeral"):
        parse_citation("第六六条", TITLES, law="mail4")


def test_a_person_may_type_an_address_or_a_citation() -> None:
    assert parse_reference("mail4:66.1", TITLES) == parse_reference("示范法第66条第1款", TITLES)
    with pytest.raises(AddressError, match="'mail4:x' is not an address"):
        parse_reference("mail4:x", TITLES)
