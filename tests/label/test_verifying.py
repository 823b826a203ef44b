"""Verdicts: VALID, INVALID, ABSENT, UNDECIDED, and what a platform makes of them."""

from pathlib import Path

import pytest

from guiju import label
from guiju.bilingual import Bilingual
from guiju.label import ABSENT, INVALID, UNDECIDED, VALID, Label, Verification
from guiju.label.fields import parse
from guiju.label.findings import CODES, finding
from guiju.label.found import Seal
from guiju.label.judging import judge
from guiju.label.reading import Occurrence, Reading
from guiju.label.verifying import judged_reading
from tests.label.pictures import png

MINE = Label.by_generator("ExampleLtd", "42")


def occurrence(place: str, text: str, *, named: bool = True) -> Occurrence:
    return Occurrence(place, text, parse(text), named)


def verdict(*occurrences: Occurrence, kind: str = "jpeg", seals: tuple[Seal, ...] = ()) -> Verification:
    return judged_reading(Reading(kind, occurrences, seals))


def codes(found: Verification) -> list[str]:
    return [one.code for one in found.findings]


def test_a_good_label_is_valid() -> None:
    found = verdict(occurrence("xmp", MINE.bare()))
    assert (found.status, found.label, found.findings) == (VALID, MINE, ())


def test_a_broken_label_is_invalid_and_says_which_field() -> None:
    found = verdict(occurrence("xmp", MINE.bare().replace('"Label":"1"', '"Label":"AIGC"')))
    assert (found.status, found.label) == (INVALID, None)
    assert [(one.code, one.field) for one in found.findings] == [("label_value", "Label")]


def test_no_label_is_absent() -> None:
    assert verdict().status == ABSENT


def test_the_same_label_twice_is_a_warning_and_two_labels_are_an_error() -> None:
    twice = verdict(occurrence("xmp", MINE.bare()), occurrence("exif:UserComment", MINE.wrapped(), named=False))
    assert (twice.status, codes(twice)) == (VALID, ["same_label_twice"])
    other = Label.by_generator("OtherLtd", "1")
    two = verdict(occurrence("xmp", MINE.bare()), occurrence("exif:UserComment", other.wrapped(), named=False))
    assert (two.status, codes(two)) == (INVALID, ["several_labels"])


def test_a_place_that_no_guide_names_is_a_warning() -> None:
    found = verdict(occurrence("jpeg:COM", MINE.wrapped(), named=False))
    assert (found.status, codes(found)) == (VALID, ["place"])


@pytest.mark.parametrize(
    ("text", "named", "expected"),
    [
        (MINE.bare(), True, []),
        (MINE.wrapped(), True, ["wrapping"]),
        (MINE.wrapped(), False, []),
        (MINE.bare(), False, ["wrapping"]),
    ],
)
def test_bare_in_named_slots_wrapped_elsewhere(text: str, named: bool, expected: list[str]) -> None:
    found = verdict(occurrence("xmp" if named else "exif:UserComment", text, named=named))
    assert (found.status, codes(found)) == (VALID, expected)


def test_seals_are_told() -> None:
    found = verdict(seals=(Seal("c2pa", "jpeg:APP11"),))
    assert (found.status, codes(found)) == (ABSENT, ["sealed"])
    assert found.findings[0].text == Bilingual(
        zh="文件带有C2PA 内容凭证；改动文件会使其失效",
        en="the file carries a C2PA manifest, which a change of the file would break",
    )


def test_an_encrypted_file_without_a_visible_label_cannot_be_told() -> None:
    found = verdict(kind="pdf", seals=(Seal("encryption", "pdf:Encrypt"),))
    assert (found.status, codes(found)) == (UNDECIDED, ["encrypted"])


def test_encryption_beside_a_label_is_told_and_is_nothing_that_a_change_would_break() -> None:
    found = verdict(occurrence("flv:onMetaData", MINE.bare()), kind="flv", seals=(Seal("encryption", "flv:tag"),))
    assert (found.status, codes(found)) == (VALID, ["encrypted_parts"])


@pytest.mark.parametrize(
    ("name", "data", "status", "code"),
    [
        ("empty.png", b"", UNDECIDED, "empty"),
        ("half.png", png()[:50], UNDECIDED, "damaged"),
        ("what.bin", b"\x00\x01\x02\x03", UNDECIDED, "unknown_kind"),
        ("note.txt", b"hello", ABSENT, "no_place"),
    ],
)
def test_what_cannot_be_told_is_never_called_absent(
    tmp_path: Path, name: str, data: bytes, status: str, code: str
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    found = label.verify(path)
    assert (found.status, codes(found)) == (status, [code])


def test_limits_make_it_undecided(tmp_path: Path) -> None:
    path = tmp_path / "cat.png"
    path.write_bytes(png())
    found = label.verify(path, limits=label.Limits(reads=2))
    assert (found.status, codes(found)) == (UNDECIDED, ["too_large"])


def test_every_finding_has_both_languages() -> None:
    for code in CODES:
        text = finding(code, field="Label", value="x").text
        assert text.zh
        assert text.en


# ---- Measures, article 6

LABELLED = verdict(occurrence("xmp", MINE.bare()))
BROKEN = verdict(occurrence("xmp", "{}"))
BARE = verdict()
UNREADABLE = Verification(UNDECIDED, "unknown", (finding("empty"),))


@pytest.mark.parametrize(
    ("found", "declared", "traces", "label_value", "item"),
    [
        (LABELLED, False, (), "1", "6.1.1"),
        (LABELLED, True, ("explicit_label",), "1", "6.1.1"),
        (BARE, True, (), "2", "6.1.2"),
        (BARE, True, ("explicit_label",), "2", "6.1.2"),
        (BARE, False, ("explicit_label",), "3", "6.1.3"),
        (BARE, False, (), "", "6.1.4"),
        (BROKEN, False, (), "3", "6.1.3"),
        (BROKEN, True, (), "2", "6.1.2"),
        (UNREADABLE, True, (), "2", "6.1.2"),
        (UNREADABLE, False, ("watermark",), "3", "6.1.3"),
    ],
)
def test_judgement(found: Verification, declared: bool, traces: tuple[str, ...], label_value: str, item: str) -> None:
    judgement = judge(found, declared=declared, traces=traces)
    assert (judgement.label, judgement.rule.item, judgement.decided) == (label_value, item, True)


def test_an_unreadable_file_without_declaration_cannot_be_judged() -> None:
    assert not judge(UNREADABLE).decided
    assert judge(UNREADABLE).to_write("platform", "p") is None


def test_anothers_suspicion_is_passed_on_as_suspicion() -> None:
    suspected = verdict(occurrence("xmp", Label.by_platform("3", "first", "1").bare()))
    judgement = judge(suspected)
    assert judgement.label == "3"
    assert judgement.to_write("second", "2") == Label("3", "", "", "", "second", "2", "")


def test_what_a_platform_writes() -> None:
    assert judge(LABELLED).to_write("platform", "p") == MINE.propagated("platform", "p")
    assert judge(BARE, declared=True).to_write("platform", "p") == Label("2", "", "", "", "platform", "p", "")
    assert judge(BARE).to_write("platform", "p") is None
