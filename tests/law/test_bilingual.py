"""Two languages of one law held against each other, on a small law of our own."""

import json

import pytest

from guiju.law.address import Address
from guiju.law.bilingual import MEANINGS, Code, LanguagesUnfit, Severity, compare_languages
from guiju.law.bilingual.report import as_json, as_text
from guiju.law.provisions import Article, Item, Paragraph, Text


def law(language: str, *paragraphs: str | tuple[str, ...], version: str = "1.0") -> Text:
    """One article; a tuple is a paragraph with its items."""
    made = [
        Paragraph(each) if isinstance(each, str) else Paragraph(each[0], tuple(map(Item, each[1:])))
        for each in paragraphs
    ]
    return Text("cat", language, version, (Article(1, None, None, None, tuple(made)),))


def codes(chinese: str, english: str) -> list[str]:
    return [found.code for found in compare_languages(law("zh", chinese), law("en", english))]


SAME = [
    ("猫应当保存记录不少于五年。", "Cats shall keep records for not less than five years."),
    ("提供者可以延长十个工作日。", "The provider may grant an extension of 10 working days."),
    ("使用者不得喂食。", "No user may feed."),
    ("提供者可以不通知使用者。", "The provider need not notify the user."),
    ("由国家人工智能主管机关责令改正。", "The Authority shall order rectification."),
    ("可能造成危害的，提供者应当立即报告。", "Where it may cause harm, the provider shall report immediately."),
    ("从事研发、提供和使用活动。", "Entities engaged in research and development, provision, and use."),
    ("罚款十万元以上一百万元以下。", "A fine of between RMB 100,000 and one million yuan."),
    ("超过一百万的，适用第二条第二款。", "If exceeding one million, Paragraph 2 of Article 2 applies."),
]


@pytest.mark.parametrize(("chinese", "english"), SAME)
def test_what_says_the_same_is_not_reported(chinese: str, english: str) -> None:
    assert codes(chinese, english) == []


DIFFERENT = [
    (Code.COMPARATOR, "预期五年以上的。", "Expected to exceed five years."),
    (Code.COMPARATOR, "延长十个工作日。", "An extension of up to 10 working days."),
    (Code.COMPARATOR, "用户超过一万。", "Ten thousand or more users."),
    (Code.NUMBER, "保存五年。", "Kept for six years."),
    (Code.NUMBER, "保存。", "Kept for two years."),
    (Code.NUMBER, "保存两年。", "Kept."),
    (Code.REFERENCE, "按照第三款通知。", "Notify under Paragraph 4."),
    (Code.PERMISSION, "主管机关可以要求。", "The authorities shall require."),
    (Code.PERMISSION, "处罚款。", "A fine may be imposed."),
    (Code.PROHIBITION, "不得滥用。", "Preventing abuse."),
    (Code.PROHIBITION, "防止滥用。", "Abuse is prohibited."),
    (Code.WEAKER_DUTY, "研发者应当配合。", "Developers should cooperate."),
    (Code.ACTOR, "研发者应当通知提供者。", "Developers shall notify them."),
    (Code.ACTIVITIES, "开展研发、提供、使用活动。", "Engage in research, development, or provision."),
    (Code.THINGS, "申请产品许可。", "Apply for a licence for products and services."),
    (Code.TIME_WORD, "应当立即通知。", "They shall promptly notify."),
    (Code.TERM, "建立投诉机制。", "Establish intellectual property complaint mechanisms for complaints."),
    (Code.TERM, "存在过错的，承担责任。", "They bear liability."),
]


@pytest.mark.parametrize(("code", "chinese", "english"), DIFFERENT)
def test_each_kind_of_difference_has_its_code(code: Code, chinese: str, english: str) -> None:
    assert codes(chinese, english) == [code]


@pytest.mark.parametrize(
    ("english", "severity"),
    [("exceeds five years", Severity.MAJOR), ("for five years", Severity.MINOR)],
)
def test_another_boundary_is_graver_than_an_open_one(english: str, severity: Severity) -> None:
    (found,) = compare_languages(law("zh", "五年以上"), law("en", english))
    assert (found.code, found.severity) == (Code.COMPARATOR, severity)
    assert (found.chinese, found.english) == ("五年以上", english.removeprefix("for "))


def test_an_added_sentence_is_found_beside_those_that_have_their_counterpart() -> None:
    chinese = "研发者应当建立风险管理制度。研发者应当保守商业秘密并提供安全评估报告。"
    english = (
        "Developers shall establish a risk management system. Developers shall protect trade secrets and provide "
        "safety assessment reports. Providers must retain records of measures for no less than two years."
    )
    found = compare_languages(law("zh", chinese), law("en", english))
    (sentence,) = [each for each in found if each.code is Code.SENTENCE]
    assert sentence.chinese is None
    assert sentence.english is not None
    assert sentence.english.startswith("Providers must retain")
    assert len(sentence.english.split()) <= 8
    assert {each.code for each in found} == {Code.SENTENCE, Code.NUMBER, Code.ACTOR}


def test_the_paragraph_before_is_the_same_however_it_is_called() -> None:
    chinese = law("zh", "甲。", "参照第一款执行。", "按照前款执行。")
    english = law("en", "A.", "See the preceding paragraph.", "See Paragraph 2 of this Article.")
    assert compare_languages(chinese, english) == ()


def test_items_inherit_the_duty_and_are_compared_one_by_one() -> None:
    chinese = law("zh", ("提供者应当：", "保存日志；", "每年报告。"))
    english = law("en", ("Providers shall:", "Keep logs;", "Report."))
    (found,) = compare_languages(chinese, english)
    assert (str(found.address), found.code) == ("cat:1.1.2", Code.TIME_WORD)


def test_a_provision_in_one_language_only_is_told() -> None:
    found = compare_languages(law("zh", "甲。", "乙。"), law("en", "A."))
    assert [(each.code, each.address) for each in found] == [(Code.PROVISION, Address("cat", 1, 2))]


def test_only_two_languages_of_one_version_can_be_compared() -> None:
    with pytest.raises(LanguagesUnfit, match="give the Chinese text first"):
        compare_languages(law("en", "A."), law("zh", "甲。"))
    with pytest.raises(LanguagesUnfit, match="not one version of one law"):
        compare_languages(law("zh", "甲。"), law("en", "A.", version="2.0"))


def test_every_code_has_a_meaning_in_both_languages_and_keeps_its_number() -> None:
    assert set(MEANINGS) == set(Code)
    assert all(set(meaning) == {"zh", "en"} and all(meaning.values()) for meaning in MEANINGS.values())
    assert {code.name: code.value for code in Code} == {
        "NUMBER": "B101",
        "COMPARATOR": "B102",
        "REFERENCE": "B103",
        "PERMISSION": "B111",
        "PROHIBITION": "B112",
        "WEAKER_DUTY": "B113",
        "ACTOR": "B121",
        "ACTIVITIES": "B122",
        "THINGS": "B123",
        "SENTENCE": "B131",
        "TIME_WORD": "B141",
        "TERM": "B151",
        "PROVISION": "B161",
    }


def test_the_report_shows_both_places() -> None:
    chinese, english = law("zh", "保存五年以上。"), law("en", "Kept for more than five years.")
    found = compare_languages(chinese, english)
    assert as_text(chinese, english, found, "en") == (
        "cat:1.1  B102 major  same number, another boundary: >= 5 year / > 5 year\n"
        "  zh  五年以上\n"
        "  en  more than five years\n"
        "\n"
        "cat 1.0 zh / cat 1.0 en: 1 suspected difference in 1 provision (1 major, 0 minor, 0 note)"
    )
    assert as_text(chinese, english, found, "zh") == (
        "cat:1.1  B102 重大  数字相同，边界不同：>= 5年 / > 5年\n"
        "  zh  五年以上\n"
        "  en  more than five years\n"
        "\n"
        "cat 1.0 zh／cat 1.0 en：1 处，疑似差异 1 项（1 重大，0 一般，0 提示）"
    )
    (record,) = json.loads(as_json(chinese, found))["differences"]
    assert (record["code"], record["severity"], record["address"]) == ("B102", "major", "cat:1.1")
    assert record["chinese"] == {"address": "cat:1.1", "language": "zh", "quote": "五年以上"}
