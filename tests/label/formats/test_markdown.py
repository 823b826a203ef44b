"""Markdown: the label is the mapping `AIGC` in the YAML front matter, merged as text."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from guiju.label.errors import DamagedError, LabelError, RefusedError, TooLargeError
from guiju.label.fields import FIELD_NAMES, Label, parse
from guiju.label.formats import kind_of
from guiju.label.formats.documents import markdown
from guiju.label.source import Limits, Source
from tests.label.formats.build_audio import LABEL, OTHER, fed, found, labelled

BARE = LABEL.bare()
OURS = [("markdown:front-matter", BARE)]
LINES = ["AIGC:", *(f'  {name}: "{value}"' for name, value in LABEL.as_dict().items())]
BLOCK = "\n".join(LINES) + "\n"
OLD = BLOCK.replace(LABEL.produce_id, OTHER.produce_id)
FLOW = "AIGC: {" + ", ".join(f'"{name}": "{value}"' for name, value in LABEL.as_dict().items()) + "}"
TEXT = "# 标题\n\n正文\n"


def written(text: str, codec: str = "utf-8") -> str:
    return labelled(text.encode(codec), "markdown").decode(codec)


def front(text: str) -> Any:
    """Return the front matter as PyYAML understands it."""
    _, matter, _ = text.removeprefix("\ufeff").split("---\n", 2)
    return yaml.safe_load(matter)


def test_a_new_front_matter_is_put_in_front() -> None:
    after = written(TEXT)
    assert after == f"---\n{BLOCK}---\n\n{TEXT}"
    assert front(after) == {"AIGC": LABEL.as_dict()}
    assert found(after.encode(), "markdown") == OURS
    assert written(after) == after


def test_without_a_label_nothing_is_found() -> None:
    for text in (TEXT, "---\ntitle: x\n---\n" + TEXT, "---\n", "---\ntitle: about AIGC\n---\n", "AIGC: x\n"):
        assert found(text.encode(), "markdown") == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("---\ntitle: x\n---\ntext\n", f"---\ntitle: x\n{BLOCK}---\ntext\n"),
        (
            "---\n# a comment\nb: 1\na: 2  # why\n\n...\ntext",
            f"---\n# a comment\nb: 1\na: 2  # why\n\n{BLOCK}...\ntext",
        ),
        ("---\n---\ntext", f"---\n{BLOCK}---\ntext"),
        ("---\n# nothing yet\n---", f"---\n# nothing yet\n{BLOCK}---"),
        ("--- \ntags: [a, b]\n---\t\ntext", f"--- \ntags: [a, b]\n{BLOCK}---\t\ntext"),
        ("---\ntext: |+\n  kept\n\n---\n", f"---\ntext: |+\n  kept\n\n{BLOCK}---\n"),
        ("---\n{title: x}\n---\n", f"---\n{{{FLOW}, title: x}}\n---\n"),
        ("---\n{}\n---\n", f"---\n{{{FLOW}}}\n---\n"),
        ("---\n\n---\n", f"---\n\n{BLOCK}---\n"),
        (
            "---\n  title: x\n  date: y\n---\n",
            "---\n  title: x\n  date: y\n" + "".join(f"  {line}\n" for line in LINES) + "---\n",
        ),
    ],
)
def test_an_existing_front_matter_is_merged_as_text(before: str, after: str) -> None:
    result = written(before)
    assert result == after
    assert found(result.encode(), "markdown") == OURS
    assert written(result) == result


@pytest.mark.parametrize(
    "old",
    [
        OLD,
        OLD.replace("AIGC", "aigc"),
        OLD.replace("AIGC", '"AIGC"'),
        OLD.replace('"', "'"),
        "AIGC: {" + ", ".join(f"{name}: '{value}'" for name, value in OTHER.as_dict().items()) + "}\n",
        f"AIGC: {OTHER.bare()}\n",
        f"AIGC: '{OTHER.bare()}'\n",
        f"AIGC: >-\n  {OTHER.bare()}\n",
        f"AIGC: |\n  {OTHER.wrapped()}\n\n",
    ],
)
def test_every_way_to_write_the_label_is_read_and_replaced(old: str) -> None:
    before = f"---\ntitle: x # one\n{old}# two\ndate: 2026-11-22\n---\n{TEXT}"
    ((_, text),) = found(before.encode(), "markdown")
    assert parse(text).label == OTHER
    after = written(before)
    assert front(after)["AIGC"] == LABEL.as_dict()
    assert (
        after.replace(BLOCK.strip(), "@").replace("@\n\n", "@\n")
        == f"---\ntitle: x # one\n@\n# two\ndate: 2026-11-22\n---\n{TEXT}"
    )
    assert written(after) == after


def test_what_follows_the_label_on_its_line_stays() -> None:
    before = f"---\n{OLD.rstrip()} # ours\nb: 1\n---\n"
    assert written(before) == f"---\n{BLOCK.rstrip()} # ours\nb: 1\n---\n"


def test_several_labels_become_one() -> None:
    before = f"---\na: 1\n{OLD}b: 2\naigc: '{BARE}' # again\nc: 3\n---\n"
    assert len(found(before.encode(), "markdown")) == 2
    assert written(before) == f"---\na: 1\n{BLOCK}b: 2\nc: 3\n---\n"


def test_a_label_within_a_flow_mapping_is_replaced() -> None:
    before = '---\n{a: 1, "aigc": {Label: "2"}, b: [x]}\n---\n'
    assert found(before.encode(), "markdown") == [("markdown:front-matter", '{"Label":"2"}')]
    assert written(before) == f"---\n{{a: 1, {FLOW}, b: [x]}}\n---\n"


def test_values_that_are_no_text_are_shown_as_such() -> None:
    values = "\n".join(
        f"  {name}: {value}"
        for name, value in zip(FIELD_NAMES, ("1", "x", "007", "~", "true", "[a, {b: c}]", "'1'"), strict=True)
    )
    ((_, text),) = found(f"---\nAIGC:\n{values}\n---\n".encode(), "markdown")
    parsed = parse(text)
    assert parsed.values == {"ContentProducer": "x", "ReservedCode2": "1"}
    assert set(parsed.wrong_types) == {"Label", "ProduceID", "ReservedCode1", "ContentPropagator", "PropagateID"}


@pytest.mark.parametrize("value", ["", "~", "[a]", "1", "{[a]: b}", "{{a: b}: c, Label: d}"])
def test_a_value_that_is_no_label_is_a_candidate_all_the_same(value: str) -> None:
    ((place, _),) = found(f"---\nAIGC: {value}\n---\n".encode(), "markdown")
    assert place == "markdown:front-matter"


def test_characters_beyond_ascii_are_escaped_and_read_back() -> None:
    label = Label.by_generator('公司 "甲"\\', "𠮷\x7f\x01\u2028")
    after = labelled(TEXT.encode(), "markdown", label)
    assert front(after.decode())["AIGC"] == label.as_dict()
    assert parse(found(after, "markdown")[0][1]).label == label


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "gb18030", "gbk"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("matter", ["", "---\ntitle: 标题丂\n---\n"])
def test_encodings_marks_and_line_ends_stay(codec: str, newline: str, matter: str) -> None:
    before = (matter + TEXT).replace("\n", newline).encode(codec)
    after = labelled(before, "markdown")
    expected = f"---\ntitle: 标题丂\n{BLOCK}---\n{TEXT}" if matter else f"---\n{BLOCK}---\n\n{TEXT}"
    assert after == expected.replace("\n", newline).encode(codec)
    assert found(after, "markdown") == OURS
    assert labelled(after, "markdown") == after


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
@pytest.mark.parametrize("text", ["# 标题\n", "---\na: b\n---\n", "标题\n", "Words\n", "- a\n"])
def test_markdown_is_recognised_in_every_encoding(text: str, codec: str) -> None:
    assert kind_of(Source.of_bytes(text.encode(codec)), "notes.md") == "markdown"


def test_a_thematic_break_that_is_never_closed_is_no_front_matter() -> None:
    for text in ("---\n\ntext\n", "---\n", "---", "----\ntitle: x\n---\n", "\n---\ntitle: x\n---\n", "--- x\n---\n"):
        assert written(text) == f"---\n{BLOCK}---\n\n{text}"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("---\n\njust words\n\n---\n", "front_matter_not_mapping"),
        ("---\n- a\n---\n", "front_matter_not_mapping"),
        ("---\n? [a]\n: b\n---\n", "front_matter_not_mapping"),
        ("---\na: b: c\n---\n", "front_matter_broken"),
        ("---\n\tx\n---\n", "front_matter_broken"),
        ("---\nAIGC: &a {Label: x}\nb: *a\n---\n", "front_matter_merge"),
        ("---\n? AIGC\n: {Label: x}\n---\n", "front_matter_merge"),
        ("---\na: 1\n{AIGC: x}\n---\n", "front_matter_broken"),
        ("+++\ntitle = 'x'\n+++\ntext\n", "toml_front_matter"),
        ('{\n"title": "x"\n}\ntext\n', "json_front_matter"),
    ],
)
def test_what_cannot_be_merged_safely_is_refused(text: str, code: str) -> None:
    with pytest.raises(RefusedError) as refusal:
        written(text)
    assert refusal.value.code == code
    assert refusal.value.text("zh") != refusal.value.text("en")


def test_bytes_of_no_known_encoding_are_not_touched() -> None:
    with pytest.raises(RefusedError) as refusal:
        labelled(b"---\ntitle: \xff\xff\n---\n", "markdown")
    assert refusal.value.code == "charset"
    assert labelled(b"\xff\xffx", "markdown").endswith(b"\n\xff\xffx")


def test_a_label_in_toml_or_json_front_matter_is_read() -> None:
    toml = "+++\n[AIGC]\n" + "\n".join(f"{n} = '{v}'" for n, v in LABEL.as_dict().items()) + "\n+++\n"
    ((_, text),) = found(toml.encode(), "markdown")
    assert parse(text).label == LABEL
    ((_, text),) = found(f"{LABEL.wrapped()}\ntext".encode(), "markdown")
    assert parse(text).label == LABEL


@pytest.mark.parametrize(
    "text",
    [
        "---\nAIGC: 'x\n---\n",
        "---\nAIGC: {Label: x\n---\n",
        "---\na: &a x\nAIGC: *a\n---\n",
        "---\na: &a x\nAIGC: {Label: *a}\n---\n",
        "+++\n[AIGC\n+++\n",
        "",
    ],
)
def test_a_broken_front_matter_that_speaks_of_a_label_is_damage(text: str) -> None:
    with pytest.raises(DamagedError):
        found(text.encode(), "markdown")


def test_the_line_of_the_fault_is_told() -> None:
    with pytest.raises(DamagedError, match="line 3:") as error:
        found(b"---\nAIGC: x\nb: c: d\n---\n", "markdown")
    assert "第 3 行" in error.value.text("zh")


def test_bombs_are_refused_while_small() -> None:
    aliases = "a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 40))
    before = f"---\n{aliases}---\n"
    assert written(before) == f"---\n{aliases}{BLOCK}---\n"
    deep = "---\nAIGC: " + "[" * 50_000 + "\n---\n"
    with pytest.raises(TooLargeError):
        found(deep.encode(), "markdown")
    for endless in ("---\n" + "a: b\n" * 400_000, "---\n" + "a: b\n" * 400_000 + "---\n"):
        data = Source.of_bytes(endless.encode() + b"AIGC" * 2_000_000)
        with pytest.raises(TooLargeError):
            markdown.contents(data)
    many = f"---\n{'AIGC: 1' + chr(10)}" + "AIGC: 1\n" * 5000 + "---\n"
    with pytest.raises(RefusedError):
        written(many)
    for data_text in ("+++\nAIGC = " + "[" * 50_000 + "\n+++\n", '{"AIGC":' + "[" * 50_000):
        assert fed(lambda changed: found(changed, "markdown"), data_text.encode(), mutations=1, step=10**9)


def test_tags_construct_nothing() -> None:
    text = "---\nx: !!python/object/apply:os.system [exit 1]\nAIGC: !!python/name:os.system 'y'\n---\n"
    assert found(text.encode(), "markdown") == [("markdown:front-matter", "y")]


def test_of_a_large_text_only_the_head_is_read() -> None:
    text = f"---\ntitle: x\n---\n{'x' * 1_000_000}".encode()
    source = Source.of_bytes(text, Limits(block=70_000, total=140_000))
    assert markdown.contents(source).found == ()
    after = b"".join(markdown.plan(source, LABEL).blocks(source))
    assert after == text.replace(b"title: x\n", f"title: x\n{BLOCK}".encode())


KEYS = st.dictionaries(
    st.sampled_from(["title", "标题", "tags", "x-y"]), st.text(max_size=9) | st.lists(st.integers()), max_size=4
)


@given(
    KEYS,
    st.booleans(),
    st.sampled_from(["", "\n", "# c\n", "AIGC: {Label: '1'}\n", "aigc: 'x'\n", "AIGC:\n"]),
    st.booleans(),
)
def test_whatever_the_front_matter_says_it_stays(keys: dict[str, Any], flow: bool, more: str, first: bool) -> None:
    matter = yaml.safe_dump(keys, allow_unicode=True, default_flow_style=flow) if keys else ""
    if flow and keys:
        more = ""
    before = f"---\n{more + matter if first else matter + more}---\n{TEXT}"
    after = written(before)
    others = {key: value for key, value in (front(before) or {}).items() if key.lower() != "aigc"}
    assert set(others) == set(keys)
    assert front(after) == {**others, "AIGC": LABEL.as_dict()}
    assert after.endswith(f"---\n{TEXT}")
    assert written(after) == after


def test_cut_and_changed_files_give_an_error_or_a_result() -> None:
    for data in (f"---\na: 1\n{BLOCK}b: [x]\n---\n{TEXT}".encode(), f"---\n{{a: x, {FLOW}}}\n---\n".encode("utf-16")):
        codes = fed(lambda changed: (found(changed, "markdown"), labelled(changed, "markdown")), data, mutations=1000)
        assert {"", "damaged", "front_matter_not_mapping"} - codes <= {"front_matter_not_mapping"}


@given(st.text("---\n :{}[]#'\"AIGC&*|>!,?\t\r", max_size=60))
def test_any_text_gives_one_label_or_a_reason(text: str) -> None:
    try:
        after = written("---\n" + text + "\n---\n")
    except LabelError:
        return
    assert found(after.encode(), "markdown") == OURS
    assert written(after) == after
