"""A law as an OSCAL catalog: what stands where, and what stays the same from one export to the next."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from guiju.engine.collection import UnknownNameError
from guiju.engine.rulebook import load_rulebooks
from guiju.export.oscal import as_oscal

from .cats import DAY, catalog, control, controls, links, small, values

LAWS = ["mail4", "genai"]
STRUCTURE = Path(__file__).parents[1] / "law" / "structure.yaml"


def every(node: Any, key: str) -> Iterator[Any]:
    """Walk a document and give every value under a key."""
    for child in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from every(child, key)
    if isinstance(node, dict) and key in node:
        yield node[key]


def test_the_metadata_names_law_version_and_day() -> None:
    metadata = catalog(small(), "cats")["metadata"]
    assert metadata["title"] == "猫法 · Cat Law"
    assert metadata["version"] == "1.0"
    assert metadata["oscal-version"] == "1.1.3"
    assert metadata["last-modified"] == "2026-11-22T00:00:00+08:00"
    assert "parties" not in metadata
    assert {each["name"]: each["value"] for each in metadata["props"]} == {
        "law": "cats", "law-status": "in_force", "in-force-from": "2026-05-01", "scope": "in_town",
        "scope-cites": "cats:1.1",
    }  # fmt: skip


def test_chapters_hold_articles_and_articles_hold_norms() -> None:
    groups = catalog(small(), "cats")["groups"]
    assert [(g["id"], g["class"], g["title"]) for g in groups] == [
        ("cats-chapter-1", "chapter", "第一章 · Chapter 1"),
        ("cats-chapter-2", "chapter", "第二章 · Chapter 2"),
        ("cats-article-6", "article", "第六条 · Article 6"),
    ]
    article = groups[1]["groups"][0]
    assert article["id"] == "cats-article-3"
    assert [each["id"] for each in article["controls"]] == ["cats-3.1-report", "cats-3.2", "cats-3.2.1"]


def test_a_norm_is_told_by_its_properties() -> None:
    duty = control(small(), "cats", "cats-3.1-report")
    assert duty["class"] == "duty"
    assert duty["title"] == "第三条第一款 · Article 3, paragraph 1 (report)"
    assert [(each["name"], each["value"]) for each in duty["props"]] == [
        ("label", "3.1 report"),
        ("provision", "cats:3.1"),
        ("kind", "duty"),
        ("subject", "system"),
        ("bearer", "keeper"),
        ("toward", "town"),
        ("stage", "running"),
        ("procedure", "reporting"),
        ("condition", 'big_keeper and (cats > 20 or reading("small") == "too") and not is_zoo'),
        ("scope", "in_town"),
        ("deadline", "within 10 working days after adopted"),
        ("retention", "at least 2 years after reported"),
        ("fulfilled-by", "happened(reported)"),
        ("reading", "small"),
    ]
    assert next(each["remarks"] for each in duty["props"] if each["name"] == "bearer") == "饲养者 · keeper"


def test_names_that_oscal_does_not_define_carry_our_namespace() -> None:
    props = control(small(), "cats", "cats-3.1-report")["props"]
    assert [each["name"] for each in props if "ns" not in each] == ["label"]
    assert {each["ns"] for each in props if "ns" in each} == {"urn:uuid:3b071d35-2f8f-4cdf-ac31-9da2ceea612a"}


def test_both_languages_stand_side_by_side_in_statement_and_guidance() -> None:
    statement, guidance = control(small(), "cats", "cats-1.1")["parts"]
    assert (statement["id"], statement["name"]) == ("cats-1.1_smt", "statement")
    assert (guidance["id"], guidance["name"]) == ("cats-1.1_gdn", "guidance")
    assert [(p["id"], p["class"], p["props"][0]["value"], p["prose"]) for p in statement["parts"]] == [
        ("cats-1.1_smt.zh", "zh", "zh-CN", "\\=猫@镇"),
        ("cats-1.1_smt.en", "en", "en", "\\=cats \\*in\\* \\<town\\>"),
    ]
    assert guidance["parts"][1]["prose"] == '\\- for people, "all" of them'


@pytest.mark.parametrize(
    ("norm", "expected"),
    [
        ("cats-2.1", [("threshold", "cats", "10", "cats >= 10", "cats")]),
        (
            "cats-3.1-report",
            [
                ("threshold", "cats", "20", "cats > 20", "cats"),
                ("deadline", "within 10 working days after adopted", "10 working days", None, None),
                ("retention", "at least 2 years after reported", "2 years", None, None),
            ],
        ),
        (
            "cats-3.2",
            [
                ("threshold", "most\\_within(adopted, 1 year)", "3", "most_within(adopted, 1 year) >= 3", None),
                ("window", "most\\_within(adopted, 1 year)", "1 year", None, None),
                ("deadline", "within 30 days after cats:3.1", "30 days", None, None),
            ],
        ),
        (
            "cats-4.1-fine",
            [
                ("fine", "fine on organisation: least", "1000", None, "yuan"),
                ("fine", "fine on organisation: most", "20000", None, "yuan"),
                ("fine", "fine on organisation: most, as a share of revenue", "2.5 %", None, None),
            ],
        ),
        (
            "cats-4.2-damages",
            [
                ("amount", "damages: least", "500", "500", "yuan"),
                ("amount", "damages: most", "3", "(3 * revenue)", None),
            ],
        ),
        ("cats-5.1", []),
    ],
)
def test_every_number_of_the_law_is_a_parameter_and_zero_is_none(norm: str, expected: list[Any]) -> None:
    def seen(param: Any) -> tuple[Any, ...]:
        tests = param.get("constraints", [{"tests": [{"expression": None}]}])[0]["tests"]
        units = [each["value"] for each in param.get("props", []) if each["name"] == "unit"]
        return (param["class"], param["label"], *param["values"], tests[0]["expression"], next(iter(units), None))

    assert [seen(param) for param in control(small(), "cats", norm).get("params", [])] == expected


def test_a_number_that_holds_under_one_reading_says_so() -> None:
    params = control(load_rulebooks(), "mail4", "mail4-45.4")["params"]
    readings = [each["value"] for param in params for each in param["props"] if each["name"] == "reading"]
    assert readings == [
        "renewal_window=at_least_six_months_before",
        "renewal_window=within_last_six_months",
    ]


def test_links_lead_to_consequences_wholes_starts_and_definitions() -> None:
    books = small()
    duty = control(books, "cats", "cats-3.1-report")
    assert links(duty, "breach")[:2] == ["#cats-4.1-fine", "#cats-4.2-damages"]
    assert links(duty, "definition") == ["#cats-2.1"]
    assert links(control(books, "cats", "cats-3.2"), "counts-from") == ["#cats-3.1-report"]
    assert links(control(books, "cats", "cats-3.2.1"), "part-of") == ["#cats-3.2"]
    assert values(control(books, "cats", "cats-4.1-fine"), "exempted-by") == ["cats:5.1"]


def test_a_period_counts_from_the_norm_that_has_a_deadline_not_from_its_neighbours() -> None:
    books = load_rulebooks()
    assert {norm.key for norm in books.book("mail4").norms if norm.place == "mail4:44.3"} > {"mail4:44.3#decide"}
    assert links(control(books, "mail4", "mail4-44.4-extend"), "counts-from") == ["#mail4-44.3-decide"]


def test_the_provision_of_another_law_is_cited_in_the_back_matter() -> None:
    books = small()
    target = links(control(books, "cats", "cats-3.1-report"), "breach")[2]
    resources = {f"#{each['uuid']}": each for each in catalog(books, "cats")["back-matter"]["resources"]}
    assert resources[target]["title"] == "《狗法》第一条第一款 · Article 1, paragraph 1, Dog Law"
    assert resources[target]["props"][0]["value"] == "dogs:1.1"


@pytest.mark.parametrize("law", LAWS)
def test_every_norm_is_one_control_and_every_link_arrives(law: str) -> None:
    books = load_rulebooks()
    document = catalog(books, law)
    found = list(controls(document))
    assert [values(each, "provision") for each in found] == [[norm.place] for norm in books.book(law).norms]
    assert all(each["parts"][0]["name"] == "statement" for each in found)
    identifiers = Counter([*every(document, "id"), *every(document, "uuid")])
    assert [name for name, times in identifiers.items() if times > 1] == []
    assert {href for href in every(document, "href") if href.removeprefix("#") not in identifiers} == set()
    assert all(Counter(map(str, each["links"])).most_common(1)[0][1] == 1 for each in found)


@pytest.mark.parametrize("law", LAWS)
def test_articles_stand_in_the_chapters_in_which_the_law_has_them(law: str) -> None:
    divisions = yaml.safe_load(STRUCTURE.read_text("utf-8"))["divisions"][law]
    chapters: dict[str, set[int]] = {}
    for place, (first, last) in divisions.items():
        chapters.setdefault(place.partition(".")[0], set()).update(range(first, last + 1))
    seen = {
        group["id"].rpartition("-")[2]: {int(article["id"].rpartition("-")[2]) for article in group["groups"]}
        for group in catalog(load_rulebooks(), law)["groups"]
    }
    assert seen == chapters


def test_the_same_law_on_the_same_day_is_the_same_bytes() -> None:
    assert as_oscal(small(), "cats", DAY) == as_oscal(small(), "cats", DAY)


def test_another_day_changes_nothing_but_the_day() -> None:
    first, second = catalog(small(), "cats"), catalog(small(), "cats", dt.date(2027, 1, 1))
    assert first["metadata"].pop("last-modified") != second["metadata"].pop("last-modified")
    assert first == second


def test_a_revised_law_is_another_document_with_the_same_identifiers(tmp_path: Path) -> None:
    root = shutil.copytree(Path(__file__).parent / "rulebooks", tmp_path / "revised")
    file = root / "cats" / "ch2_duties.yaml"
    file.write_text(file.read_text("utf-8").replace("cats > 20", "cats > 30"), "utf-8")
    before, after = catalog(small(), "cats"), catalog(load_rulebooks(root), "cats")
    assert before["uuid"] != after["uuid"]
    assert [each["id"] for each in controls(before)] == [each["id"] for each in controls(after)]
    assert list(every(before["groups"], "uuid")) == list(every(after["groups"], "uuid"))


def test_identifiers_are_what_they_were_when_first_published() -> None:
    provision = control(load_rulebooks(), "mail4", "mail4-96.2-fine")["props"][1]
    assert provision["value"] == "mail4:96.2"
    assert provision["uuid"] == "de3f1aaa-59d0-5047-bfc0-6a5e219140f2"


def test_no_field_is_empty() -> None:
    def empty(node: Any) -> bool:
        inner = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
        return node in ("", [], {}, None) or any(map(empty, inner))

    assert not empty(json.loads(as_oscal(small(), "cats", DAY)))


def test_a_law_that_is_not_there_is_told_with_those_that_are() -> None:
    with pytest.raises(UnknownNameError, match="there is no rulebook `fish`; there are: cats, dogs"):
        as_oscal(small(), "fish", DAY)
