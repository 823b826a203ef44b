"""What became of a law: moved, split, merged, added, deleted, reworded; on a small law of our own."""

import json
from dataclasses import dataclass, field
from html.parser import HTMLParser

import pytest

from guiju.law.address import Address
from guiju.law.provisions import Article, Item, Paragraph, Text
from guiju.law.versions import Change, Kind, VersionsUnfit, compare_versions
from guiju.law.versions.page import as_page
from guiju.law.versions.report import as_json, as_text

FEED = "养猫的人应当每天喂食，并备好干净的饮水。"
PLAY = "养猫的人应当陪伴猫玩耍，不得长期独自关闭。"
VET = "猫生病的，应当在三日内送往兽医诊所治疗。"
NAME = "每只猫有权得到一个名字和一枚铃铛。"
BOX = "猫砂盆放置在安静角落，由家庭成员轮流清扫。"
START = "本法自明日起施行，由猫咪委员会负责解释。"
DOOR = "房屋出口设置活动小门，供猫自由出入庭院。"


def law(version: str, *articles: str | list[str], language: str = "zh") -> Text:
    made = [[each] if isinstance(each, str) else each for each in articles]
    return Text(
        "cat",
        language,
        version,
        tuple(
            Article(number, None, None, None, tuple(map(Paragraph, paragraphs)))
            for number, paragraphs in enumerate(made, start=1)
        ),
    )


def told(changes: tuple[Change, ...]) -> list[tuple[str, list[int], list[int], bool]]:
    return [
        (change.kind, [a.article for a in change.old], [a.article for a in change.new], change.moved)
        for change in changes
    ]


OLD = law("1.0", FEED, PLAY, VET, NAME, BOX, START)


def test_a_law_compared_with_itself_is_unchanged() -> None:
    changes = compare_versions(OLD, law("2.0", FEED, PLAY, VET, NAME, BOX, START))
    assert told(changes) == [("unchanged", [n], [n], False) for n in range(1, 7)]
    assert all(change.likeness == 1 and not change.wording for change in changes)


def test_another_width_of_punctuation_changes_nothing() -> None:
    (change,) = compare_versions(law("1.0", FEED), law("2.0", FEED.replace("，", ",")))
    assert change.kind is Kind.UNCHANGED


def test_an_article_put_in_gives_others_new_numbers_and_moves_none() -> None:
    assert told(compare_versions(OLD, law("2.0", FEED, DOOR, PLAY, VET, NAME, BOX, START))) == [
        ("unchanged", [1], [1], False),
        ("added", [], [2], False),
        *(("unchanged", [n], [n + 1], False) for n in range(2, 7)),
    ]


def test_a_deleted_article_is_told_where_it_stood() -> None:
    assert told(compare_versions(OLD, law("2.0", FEED, PLAY, NAME, BOX, START)))[1:4] == [
        ("unchanged", [2], [2], False),
        ("deleted", [3], [], False),
        ("unchanged", [4], [3], False),
    ]


def test_only_the_article_that_changed_its_place_has_moved() -> None:
    changes = compare_versions(OLD, law("2.0", NAME, FEED, PLAY, VET, BOX, START))
    assert [(change.old[0].article, change.moved) for change in changes] == [
        (4, True),
        *((number, False) for number in (1, 2, 3, 5, 6)),
    ]


def test_a_reworded_article_shows_the_numbers_and_modal_words_that_changed() -> None:
    reworded = "猫生病的，可以在五日内送往兽医诊所治疗。"
    change = compare_versions(OLD, law("2.0", FEED, PLAY, reworded, NAME, BOX, START))[2]
    assert change.kind is Kind.REWORDED
    assert (change.wording.numbers_lost, change.wording.numbers_gained) == (("三日内",), ("五日内",))
    assert (change.wording.modals_lost, change.wording.modals_gained) == (("应当",), ("可以",))


def test_a_split_article_is_told_once_for_each_part() -> None:
    old = law("1.0", [FEED, VET], PLAY, NAME)
    assert told(compare_versions(old, law("2.0", FEED, PLAY, NAME, VET))) == [
        ("split", [1], [1], False),
        ("unchanged", [2], [2], False),
        ("unchanged", [3], [3], False),
        ("split", [1], [4], True),
    ]


def test_a_word_that_went_along_with_the_other_half_was_not_lost() -> None:
    first, second = compare_versions(law("1.0", FEED + VET, NAME, BOX), law("2.0", FEED, VET, NAME, BOX))[:2]
    assert (first.kind, second.kind) == (Kind.SPLIT, Kind.SPLIT)
    assert not first.wording
    assert not second.wording


def test_merged_articles_are_told_together() -> None:
    changes = compare_versions(OLD, law("2.0", FEED, PLAY + VET, NAME, BOX, START))
    assert told(changes)[1] == ("merged", [2, 3], [2], False)


def test_paragraphs_and_items_are_told_below_their_article() -> None:
    def with_items(version: str, *items: str) -> Text:
        paragraphs = (Paragraph("养猫的人应当遵守：", tuple(map(Item, items))), Paragraph(START))
        return Text("cat", "zh", version, (Article(1, None, None, None, paragraphs),))

    (article,) = compare_versions(with_items("1.0", FEED, BOX, VET, NAME), with_items("2.0", NAME, FEED, BOX, DOOR))
    rules, start = article.parts
    assert start.kind is Kind.UNCHANGED
    assert rules.kind is Kind.REWORDED
    items = {(part.kind, tuple(map(str, part.old)), tuple(map(str, part.new)), part.moved) for part in rules.parts}
    assert items == {
        (Kind.UNCHANGED, ("cat:1.1.4",), ("cat:1.1.1",), True),
        (Kind.UNCHANGED, ("cat:1.1.1",), ("cat:1.1.2",), False),
        (Kind.UNCHANGED, ("cat:1.1.2",), ("cat:1.1.3",), False),
        (Kind.ADDED, (), ("cat:1.1.4",), False),
        (Kind.DELETED, ("cat:1.1.3",), (), False),
    }


def test_a_statute_that_both_cite_makes_two_articles_no_more_alike() -> None:
    cited = "《中华猫科动物保护与家庭饲养管理促进法》"
    changes = compare_versions(law("1.0", f"依照{cited}喂食。", BOX), law("2.0", BOX, f"违反{cited}处罚。"))
    assert told(changes) == [
        ("deleted", [1], [], False),
        ("unchanged", [2], [1], False),
        ("added", [], [2], False),
    ]


def test_english_versions_are_compared_by_words() -> None:
    old = law("1.0", "Cats shall be fed within 2 days.", "Doors stay open for all birds.", language="en")
    new = law("2.0", "Cats may be fed within 3 days.", "Doors stay open for all birds.", language="en")
    change = compare_versions(old, new)[0]
    assert (change.wording.numbers_lost, change.wording.numbers_gained) == (("within 2 days",), ("within 3 days",))
    assert (change.wording.modals_lost, change.wording.modals_gained) == (("shall",), ("may",))


def test_versions_in_different_languages_are_refused() -> None:
    with pytest.raises(VersionsUnfit, match="different languages; compare languages with: guiju law bilingual"):
        compare_versions(OLD, law("2.0", "Feed.", language="en"))


def test_empty_laws_compare() -> None:
    assert compare_versions(law("1.0"), law("2.0")) == ()
    assert told(compare_versions(law("1.0"), law("2.0", FEED))) == [("added", [], [1], False)]


REWORDED = law("2.0", FEED.replace("喂食", "<梳毛> & 剪甲"), DOOR, VET, PLAY, BOX, START)


def test_the_text_report_names_each_change_with_a_sign() -> None:
    printed = as_text(OLD, REWORDED, compare_versions(OLD, REWORDED), "en")
    assert printed.splitlines()[0] == "cat 1.0 zh → cat 2.0 zh"
    assert "· → 2  + added" in printed
    assert "4 → ·  - deleted" in printed
    assert printed.splitlines()[-1] == "4 unchanged, 1 reworded, 1 added, 1 deleted, 1 moved"
    assert "未变，" in as_text(OLD, REWORDED, compare_versions(OLD, REWORDED), "zh").splitlines()[-1]


def test_the_json_report_has_addresses_and_no_wording_beyond_numbers_and_modals() -> None:
    read = json.loads(as_json(OLD, REWORDED, compare_versions(OLD, REWORDED)))
    assert read["old"] == {"law": "cat", "language": "zh", "version": "1.0"}
    assert read["counts"]["added"] == 1
    assert read["changes"][0]["old"] == [str(Address("cat", 1))]
    assert "饮水" not in json.dumps(read, ensure_ascii=False)


@dataclass
class Page(HTMLParser):
    """Collects what a test asks of a page."""

    text: str = ""
    marked: dict[str, str] = field(default_factory=lambda: {"del": "", "ins": ""})
    ids: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    loads: list[str] = field(default_factory=list)
    languages: set[str] = field(default_factory=set)
    open_tags: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self.open_tags.append(tag)
        self.ids += [values["id"]] if "id" in values else []
        self.links += [values["href"]] if tag == "a" else []
        self.loads += [values[name] for name in ("src", "href") if name in values and tag != "a"]
        self.languages |= {values["lang"]} if "lang" in values else set()

    def handle_endtag(self, tag: str) -> None:
        while self.open_tags and self.open_tags.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        self.text += data
        for tag in self.marked:
            if tag in self.open_tags:
                self.marked[tag] += data


@pytest.fixture(scope="module", params=["zh", "en"])
def page(request: pytest.FixtureRequest) -> Page:
    read = Page()
    read.feed(as_page(OLD, REWORDED, compare_versions(OLD, REWORDED), request.param))
    return read


def test_the_page_marks_what_was_deleted_and_added_by_elements(page: Page) -> None:
    assert "喂食" in page.marked["del"]
    assert NAME in page.marked["del"]
    assert "<梳毛> & 剪甲" in page.marked["ins"]
    assert DOOR in page.marked["ins"]
    assert BOX not in page.marked["del"] + page.marked["ins"]


def test_the_page_needs_no_other_file_and_every_link_leads_somewhere(page: Page) -> None:
    assert page.loads == []
    assert all(link.startswith("#") and link[1:] in page.ids for link in page.links)
    assert len(page.ids) == len(set(page.ids))
    assert "zh-CN" in page.languages


def test_both_columns_hold_every_word_of_their_text(page: Page) -> None:
    for text in (OLD, REWORDED):
        for article in text.articles:
            assert article.paragraphs[0].text in page.text
