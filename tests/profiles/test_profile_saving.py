"""Answers are saved into the user's own file: whole or not at all, with every comment where it was."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiju import files
from guiju.engine.values import Value
from guiju.profiles import replacing
from guiju.profiles.problems import ProfileError
from guiju.profiles.profile import Profile, SystemProfile, load_profile, read_profile
from guiju.profiles.save import new_profile, set_fact

from .golden import check_golden
from .small_rulebooks import FOLDER, small

BY_HAND = """\
# Profile of our company, kept by the legal department
organisation:
  name: 星河 😀   # as registered
  revenue: 5_000_000

systems:
  # the first one
  - name: Chat
    red: true    # since 2024
    colours:
      - red   # warm
      - blue
    # more to come

  - {name: Paint, users: 12}
  - name: Song
    users:       # not counted yet
events:
  - {event: sold, date: 2026-09-28, system: Chat}
"""


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = Path("profile.yaml")
    path.write_text(BY_HAND, "utf-8")
    return path


def changed(path: Path, system: str | None, fact: str, value: Value) -> list[tuple[str, str]]:
    """Set a fact and return the lines that differ, before and after."""
    before = path.read_text("utf-8").splitlines()
    set_fact(path, small(), system=system, fact=fact, value=value)
    after = path.read_text("utf-8").splitlines()
    gone = [line for line in before if line not in after]
    new = [line for line in after if line not in before]
    kept = [line for line in before if line in after]
    assert kept == [line for line in after if line in before], "the order has changed"
    return list(zip(gone or [""], new or [""], strict=True))


@pytest.mark.parametrize(
    ("system", "answer", "before", "after"),
    [
        ("Chat", ("users", 1_300_000), "", "    users: 1_300_000"),
        ("Chat", ("red", False), "    red: true    # since 2024", "    red: false    # since 2024"),
        ("Paint", ("users", 13), "  - {name: Paint, users: 12}", "  - {name: Paint, users: 13}"),
        ("Paint", ("round", True), "  - {name: Paint, users: 12}", "  - {name: Paint, users: 12, round: true}"),
        ("Song", ("users", 0), "    users:       # not counted yet", "    users: 0       # not counted yet"),
        ("Song", ("size", "small"), "", "    size: small"),
        ("Song", ("colours", frozenset({"red", "blue"})), "", "    colours: [blue, red]"),
        (None, ("is_big", True), "", "  is_big: true"),
        (None, ("revenue", Decimal("0.50")), "  revenue: 5_000_000", "  revenue: 0.50"),
        (None, ("revenue", None), "  revenue: 5_000_000", ""),
        ("Chat", ("red", None), "    red: true    # since 2024", "    red: null    # since 2024"),
    ],
)
def test_only_the_answered_fact_changes(
    path: Path, system: str | None, answer: tuple[str, Value], before: str, after: str
) -> None:
    assert changed(path, system, *answer) == [(before, after)]


def test_a_list_over_several_lines_is_replaced_whole(path: Path) -> None:
    set_fact(path, small(), system="Chat", fact="colours", value=frozenset({"green"}))
    expected = BY_HAND.replace("    colours:\n      - red   # warm\n      - blue\n", "    colours: [green]\n")
    assert path.read_text("utf-8") == expected


def test_an_answer_taken_back_leaves_the_file_as_it_was(path: Path) -> None:
    for value in (5, None):
        set_fact(path, small(), system="Chat", fact="users", value=value)
    assert path.read_text("utf-8") == BY_HAND


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("systems: [{name: S}]", "organisation:\n  is_big: true\nsystems: [{name: S}]"),
        ("# us\nsystems: []\n", "# us\norganisation:\n  is_big: true\nsystems: []\n"),
        ("organisation:   # us\nsystems: []\n", "organisation:   # us\n  is_big: true\nsystems: []\n"),
        ("organisation: null\n", "organisation: {is_big: true}\n"),
        ("organisation: {}\n", "organisation: {is_big: true}\n"),
        ("organisation: {name: X}", "organisation: {name: X, is_big: true}"),
        ("organisation:\n  name: X", "organisation:\n  name: X\n  is_big: true\n"),
        ("organisation:\r\n  name: X\r\n", "organisation:\r\n  name: X\r\n  is_big: true\r\n"),
        ("\ufefforganisation:\n  name: X\n", "\ufefforganisation:\n  name: X\n  is_big: true\n"),
        ('{"systems": []}', '{"systems": [], "organisation": {"is_big": true}}'),
        ('{"organisation": {"name": "X"}}', '{"organisation": {"name": "X", "is_big": true}}'),
    ],
)
def test_an_answer_is_written_in_the_manner_of_the_file(path: Path, text: str, expected: str) -> None:
    path.write_bytes(text.encode())
    set_fact(path, small(), system=None, fact="is_big", value=True)
    assert path.read_bytes() == expected.encode()


def test_permissions_and_links_stay(path: Path) -> None:
    path.chmod(0o640)
    link = Path("link.yaml")
    link.symlink_to(path)
    set_fact(link, small(), system="Chat", fact="users", value=5)
    assert link.is_symlink()
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert "users: 5" in path.read_text("utf-8")


def refused(path: Path, system: str | None, fact: str, value: Value) -> ProfileError:
    before = path.read_bytes()
    with pytest.raises(ProfileError) as caught:
        set_fact(path, small(), system=system, fact=fact, value=value)
    assert path.read_bytes() == before
    assert [file for file in path.parent.iterdir() if file.name.startswith(".guiju")] == []
    return caught.value


@pytest.mark.parametrize(
    ("system", "fact", "value", "code"),
    [
        ("Chat", "users", -1, "P307"),
        ("Chat", "users", True, "P305"),
        ("Chat", "size", "huge", "P310"),
        ("Chat", "user", 5, "P301"),
        ("Chat", "is_big", True, "P302"),
        (None, "users", 5, "P302"),
        ("Chatt", "users", 5, "P408"),
    ],
)
def test_an_answer_that_does_not_fit_changes_nothing(
    path: Path, system: str | None, fact: str, value: Value, code: str
) -> None:
    assert [problem.code for problem in refused(path, system, fact, value).problems] == [code]


def test_an_answer_that_contradicts_the_others_changes_nothing(path: Path) -> None:
    set_fact(path, small(), system="Chat", fact="fruit", value=True)
    error = refused(path, "Chat", "stone", True)
    check_golden("saving/contradiction", error)


def test_a_profile_that_is_wrong_already_is_not_changed(path: Path) -> None:
    path.write_text("organisation: {name: X, name: Y}\n")
    assert refused(path, None, "is_big", True).problems[0].code == "P114"


def test_what_cannot_be_put_in_is_told_to_be_written_by_hand(path: Path) -> None:
    """Changing a value to which an alias refers would change the other one too."""
    path.write_text("systems:\n  - {name: A, users: &n 5}\n  - {name: B, users: *n}\n")
    check_golden("saving/not_editable", refused(path, "A", "users", 6))
    assert refused(path, "B", "users", 6).problems[0].code == "P604"


def test_a_change_by_somebody_else_is_never_overwritten(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    theirs = BY_HAND + "# a late remark\n"
    written = files.written_beside

    def slow(target: Path, content: bytes) -> Path:
        path.write_text(theirs, "utf-8")
        return written(target, content)

    monkeypatch.setattr(replacing, "written_beside", slow)
    with pytest.raises(ProfileError) as caught:
        set_fact(path, small(), system="Chat", fact="users", value=5)
    check_golden("saving/changed_meanwhile", caught.value)
    assert path.read_text("utf-8") == theirs
    assert [file.name for file in Path().iterdir()] == ["profile.yaml"]


def test_a_full_disk_leaves_the_old_file(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    check_golden("saving/not_writable", refused(path, "Chat", "users", 5))


KILLED = """
import os, signal, sys
from pathlib import Path
from guiju.profiles.save import set_fact
from guiju.engine.rulebook import load_rulebooks
books = load_rulebooks(Path({folder!r}))
def killed(*_, **__): os.kill(os.getpid(), signal.SIGKILL)
def after(do):
    def run(*args, **options):
        do(*args, **options)
        killed()
    return run
if {moment!r} == "before the content is safe": os.fsync = killed
if {moment!r} == "before the replacement": os.rename = os.replace = Path.replace = killed
if {moment!r} == "after the replacement": Path.replace = after(Path.replace)
set_fact(Path("profile.yaml"), books, system="Chat", fact="users", value=5)
"""


@pytest.mark.parametrize(
    ("moment", "saved"),
    [("before the content is safe", False), ("before the replacement", False), ("after the replacement", True)],
)
def test_a_killed_process_leaves_the_old_file_or_the_new_one(path: Path, moment: str, saved: bool) -> None:
    script = KILLED.format(folder=str(FOLDER), moment=moment)
    done = subprocess.run([sys.executable, "-c", script], check=False, capture_output=True)
    assert done.returncode == -signal.SIGKILL, done.stderr
    profile = load_profile(path, small())
    assert profile.systems[0].facts.get("users") == (5 if saved else None)
    assert saved or path.read_text("utf-8") == BY_HAND


def test_a_new_profile_holds_the_names_and_nothing_else(path: Path) -> None:
    new = path.with_name("new.yaml")
    names = ["Chat", 'a "b": #c', "yes", "~", "星河\u3000对话", "- x", "\u200b"]
    new_profile(new, "Xinghe: the company", names)
    systems = tuple(SystemProfile(name, {}) for name in names)
    assert load_profile(new, small()) == Profile("new.yaml", "Xinghe: the company", {}, systems, ())


def test_a_new_profile_replaces_nothing(path: Path) -> None:
    with pytest.raises(ProfileError) as caught:
        new_profile(path, "X", ["S"])
    check_golden("saving/exists", caught.value)
    assert path.read_text("utf-8") == BY_HAND
    assert [file.name for file in Path().iterdir()] == ["profile.yaml"]


@pytest.mark.parametrize(("names", "code"), [(["A", "A"], "P206"), ([""], "P205"), (["a\nb"], "P207")])
def test_a_new_profile_needs_fit_names(path: Path, names: list[str], code: str) -> None:
    new = path.with_name("new.yaml")
    with pytest.raises(ProfileError) as caught:
        new_profile(new, "X", names)
    assert [problem.code for problem in caught.value.problems] == [code]
    assert not new.exists()


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(ProfileError) as caught:
        new_profile(tmp_path / "nowhere" / "p.yaml", "X", [])
    assert caught.value.problems[0].code == "P603"


ANSWERS: st.SearchStrategy[tuple[str | None, str, Value]] = st.one_of(
    st.tuples(st.sampled_from(["Chat", "Paint", "Song"]), st.just("users"), st.none() | st.integers(1, 10**9)),
    st.tuples(st.sampled_from(["Chat", "Paint", "Song"]), st.just("red"), st.none() | st.booleans()),
    st.tuples(
        st.sampled_from(["Chat", "Paint", "Song"]),
        st.just("colours"),
        st.none() | st.frozensets(st.sampled_from(["red", "green", "blue"])),
    ),
    st.tuples(st.none(), st.just("is_big"), st.none() | st.booleans()),
    st.tuples(st.none(), st.just("motto"), st.none() | st.text(st.characters(codec="utf-8"), min_size=1, max_size=20)),
)


@given(st.lists(ANSWERS, max_size=12))
def test_after_any_answers_the_file_says_them_and_keeps_what_was_written(
    tmp_path_factory: pytest.TempPathFactory, answers: list[tuple[str | None, str, Value]]
) -> None:
    path = tmp_path_factory.mktemp("answers") / "profile.yaml"
    path.write_text(BY_HAND, "utf-8")
    start = read_profile(BY_HAND.encode(), "start", small())
    said: dict[str | None, dict[str, Value]] = {None: dict(start.facts)}
    said.update({system.name: dict(system.facts) for system in start.systems})
    for system, fact, value in answers:
        set_fact(path, small(), system=system, fact=fact, value=value)
        said[system][fact] = value
    profile = load_profile(path, small())
    for name, facts in [(None, profile.facts), *((system.name, system.facts) for system in profile.systems)]:
        assert facts == {fact: value for fact, value in said[name].items() if value is not None}
    assert profile.events == start.events
    after = path.read_text("utf-8")
    for comment in (
        "# Profile of our company",
        "# as registered",
        "# the first one",
        "# since 2024",
        "# not counted yet",
    ):
        assert comment in after
