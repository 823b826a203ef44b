"""Whoever holds an earlier checkpoint notices what was edited, reordered, removed, rewritten or forked.

The forger has everything: the file, the key, and every tool of this room.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guiju.ledger.checkpoint import body, signed
from guiju.ledger.errors import ExportError
from guiju.ledger.exported import ExportedLog
from guiju.ledger.exporting import export
from guiju.ledger.findings import Finding
from guiju.ledger.keys import SigningKey
from guiju.ledger.tiles import bundle, tile_path, unbundled
from guiju.ledger.verifying import Expectations, Verdict, verify_export
from tests.ledger.memory import memory_log
from tests.ledger.test_log import events

KEY = SigningKey.generate("guiju.example/log")
Event = dict[str, object]
Forgery = Callable[[list[Event]], list[Event]]
few = settings(max_examples=12)


@pytest.fixture(autouse=True, scope="module")
def no_waiting_for_the_disk() -> Iterator[None]:
    """Thousands of small files are written, none of which needs to survive a power failure."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("guiju.files.os.fsync", lambda _: None)
        yield


@contextmanager
def folder() -> Iterator[Path]:
    with TemporaryDirectory() as name:
        yield Path(name)


def published(path: Path, content: list[Event], key: SigningKey = KEY) -> bytes:
    """Make a log of these events, export it into the path, and return its checkpoint."""
    with memory_log(key) as ledger:
        ledger.append_many(content)
        checkpoint = ledger.checkpoint()
        export(ledger, path, checkpoint)
    return checkpoint.note.encode()


def verdict(path: Path, **expected: object) -> Verdict:
    return verify_export(ExportedLog(path), Expectations(KEY.verifier, **expected))  # type: ignore[arg-type]


def found(result: Verdict) -> list[tuple[str, int, int]]:
    return [(finding.code, finding.start, finding.stop) for finding in result.findings]


def rewrite_bundle(path: Path, index: int, total: int, change: Callable[[list[bytes], int], None]) -> None:
    number, place = divmod(index, 256)
    target = path / tile_path("entries", number, min(256, total - number * 256))
    entries = unbundled(target.read_bytes(), "")
    change(entries, place)
    target.write_bytes(bundle(entries))


def forged(path: Path, content: list[Event], size: int | None = None) -> bytes:
    """Build the history anew from these events and sign it: the strongest forger."""
    return published(path, content if size is None else content[:size])


sizes = st.integers(2, 300)


@few
@given(st.data())
def test_an_edited_event_is_named(data: st.DataObject) -> None:
    size = data.draw(sizes)
    index = data.draw(st.integers(0, size - 1))
    with folder() as path:
        published(path, events(size))
        rewrite_bundle(path, index, size, lambda entries, place: entries.__setitem__(place, b'{"forged":true}'))
        assert found(verdict(path)) == [("V201", index, index + 1)]


@few
@given(st.data())
def test_a_reordered_pair_is_named(data: st.DataObject) -> None:
    size = data.draw(sizes)
    one = data.draw(st.integers(0, size - 2))
    two = data.draw(st.integers(one + 1, size - 1))
    with folder() as path:
        published(path, events(size))
        kept: dict[int, bytes] = {}
        for index in (one, two):
            rewrite_bundle(path, index, size, lambda entries, place, i=index: kept.__setitem__(i, entries[place]))  # type: ignore[misc]
        for index, other in ((one, two), (two, one)):
            rewrite_bundle(path, index, size, lambda entries, place, o=other: entries.__setitem__(place, kept[o]))  # type: ignore[misc]
        assert found(verdict(path)) == [("V202", one, two + 1)]


@few
@given(st.data())
def test_a_removed_tail_is_noticed_whether_or_not_it_was_signed_anew(data: st.DataObject) -> None:
    size = data.draw(sizes)
    left = data.draw(st.integers(0, size - 1))
    with folder() as path:
        earlier = published(path / "before", events(size))
        forged(path / "after", events(size), left)
        assert verdict(path / "after").holds
        assert found(verdict(path / "after", earlier=[earlier])) == [("V203", left, size)]
        (path / "after" / "checkpoint").write_bytes(earlier)
        assert found(verdict(path / "after")) == [("V203", left, size)]


def edit(index: int) -> Forgery:
    return lambda content: [*content[:index], {"forged": True}, *content[index + 1 :]]


def swap(one: int, two: int) -> Forgery:
    def swapped(content: list[Event]) -> list[Event]:
        content = list(content)
        content[one], content[two] = content[two], content[one]
        return content

    return swapped


@few
@given(st.data())
def test_a_history_that_was_rewritten_and_signed_anew_contradicts_the_earlier_checkpoint(data: st.DataObject) -> None:
    old = data.draw(sizes)
    grown = data.draw(st.integers(0, 40))
    index = data.draw(st.integers(0, old - 1))
    with folder() as path:
        earlier = published(path / "before", events(old))
        forged(path / "after", edit(index)(events(old + grown)))
        assert verdict(path / "after").holds
        assert found(verdict(path / "after", earlier=[earlier])) == [("V204", 0, old)]


@few
@given(st.data())
def test_with_several_earlier_checkpoints_the_place_is_narrowed_down(data: st.DataObject) -> None:
    seen = sorted(data.draw(st.sets(st.integers(1, 400), min_size=2, max_size=6)))
    index = data.draw(st.integers(0, seen[-1] - 1))
    with folder() as path:
        earlier = [published(path / str(size), events(size)) for size in seen]
        forged(path / "after", edit(index)(events(420)))
        below = max([0, *(size for size in seen if size <= index)])
        above = min(size for size in seen if size > index)
        assert found(verdict(path / "after", earlier=earlier)) == [("V204", below, above)]


@few
@given(st.data())
def test_with_an_earlier_copy_a_rewritten_event_or_pair_is_named(data: st.DataObject) -> None:
    size = data.draw(sizes)
    one = data.draw(st.integers(0, size - 2))
    two = data.draw(st.integers(one + 1, size - 1))
    with folder() as path:
        published(path / "before", events(size))
        copy = ExportedLog(path / "before")
        forged(path / "edited", edit(one)(events(size + 9)))
        assert found(verdict(path / "edited", copy=copy)) == [("V201", one, one + 1)]
        forged(path / "swapped", swap(one, two)(events(size + 9)))
        assert found(verdict(path / "swapped", copy=copy)) == [("V202", one, two + 1)]


@few
@given(st.data())
def test_a_fork_shown_to_somebody_else_is_proven_by_both_checkpoints(data: st.DataObject) -> None:
    size = data.draw(sizes)
    index = data.draw(st.integers(0, size - 1))
    more = data.draw(st.integers(0, 30))
    with folder() as path:
        published(path / "mine", events(size + more))
        theirs = forged(path / "theirs", edit(index)(events(size)))
        assert verdict(path / "mine").holds
        assert verdict(path / "theirs").holds
        assert found(verdict(path / "mine", shown=[theirs])) == [("V205", 0, size)]


@few
@given(st.data())
def test_what_only_grew_is_never_accused(data: st.DataObject) -> None:
    seen = sorted(data.draw(st.sets(st.integers(0, 280), min_size=1, max_size=3)))
    size = data.draw(st.integers(seen[-1], 300))
    with folder() as path:
        checkpoints = [published(path / str(earlier), events(earlier)) for earlier in seen]
        published(path / "now", events(size))
        copy = ExportedLog(path / str(seen[-1]))
        assert verdict(path / "now", earlier=checkpoints, shown=checkpoints, copy=copy).findings == ()


def test_a_longer_log_that_others_were_shown_is_said_to_be_undecided(tmp_path: Path) -> None:
    published(tmp_path / "mine", events(5))
    theirs = published(tmp_path / "theirs", events(7))
    result = verdict(tmp_path / "mine", shown=[theirs])
    assert (result.findings, result.undecided) == ((), (7,))


def test_a_change_after_the_last_checkpoint_that_anybody_saw_cannot_be_noticed(tmp_path: Path) -> None:
    """The limit that docs/ledger.md states: what nobody outside has seen is the operator's to change."""
    earlier = published(tmp_path / "before", events(10))
    forged(tmp_path / "after", edit(10)(events(20)))
    assert verdict(tmp_path / "after", earlier=[earlier]).holds


def test_tiles_made_to_fit_do_not_help_without_the_key(tmp_path: Path) -> None:
    """Events, tiles, everything forged and consistent; only the signature is the old one, or another key's."""
    earlier = published(tmp_path / "before", events(300))
    forged(tmp_path / "after", edit(7)(events(300)))
    (tmp_path / "after" / "checkpoint").write_bytes(earlier)
    assert found(verdict(tmp_path / "after")) == [("V206", 0, 300)]
    published(tmp_path / "other", events(300), SigningKey.generate("guiju.example/log"))
    assert found(verdict(tmp_path / "other")) == [("V208", 0, 0)]


def test_an_earlier_checkpoint_narrows_down_what_does_not_fit_the_signed_root(tmp_path: Path) -> None:
    published(tmp_path / "before", events(300))
    early = published(tmp_path / "early", events(100))
    signed_once = (tmp_path / "before" / "checkpoint").read_bytes()
    forged(tmp_path / "after", edit(200)(events(300)))
    (tmp_path / "after" / "checkpoint").write_bytes(signed_once)
    assert found(verdict(tmp_path / "after", earlier=[early])) == [("V206", 100, 300)]


def test_a_wrong_hash_is_told_from_a_wrong_event(tmp_path: Path) -> None:
    published(tmp_path, events(600))
    for name, expected in (
        ("tile/0/001", ("V207", 256, 512)),
        ("tile/0/002.p/88", ("V207", 512, 768)),
        ("tile/1/000.p/2", ("V207", 0, 256)),
    ):
        target = tmp_path / name
        kept = target.read_bytes()
        target.write_bytes(bytes(32) + kept[32:])
        assert found(verdict(tmp_path)) == [expected]
        target.unlink()
        assert [finding.code for finding in verdict(tmp_path).findings] == ["V207"]
        target.write_bytes(kept)
    assert verdict(tmp_path).holds


def test_a_missing_bundle_in_the_middle_is_no_removed_tail(tmp_path: Path) -> None:
    published(tmp_path, events(600))
    (tmp_path / "tile/entries/001").unlink()
    assert found(verdict(tmp_path)) == [("V209", 256, 512)]
    (tmp_path / "tile/0/001").unlink()
    assert ("V209", 256, 512) in found(verdict(tmp_path))


def test_a_bundle_cut_short_in_the_middle_does_not_end_the_verification_unnoticed(tmp_path: Path) -> None:
    published(tmp_path, events(600))
    whole = tmp_path / "tile/entries/001"
    narrow = tmp_path / "tile/entries/001.p/44"
    narrow.parent.mkdir()
    narrow.write_bytes(bundle(unbundled(whole.read_bytes(), "")[:44]))
    whole.unlink()
    assert found(verdict(tmp_path)) == [("V209", 300, 512)]
    assert found(verdict(tmp_path, minimum=511)) == [("V209", 300, 512)]
    assert verdict(tmp_path, minimum=512).holds
    (tmp_path / "tile/0/001").unlink()
    assert not verdict(tmp_path, minimum=512).holds


def test_bundles_missing_one_after_another_are_told_at_once(tmp_path: Path) -> None:
    published(tmp_path, events(1100))
    for name in ("000", "001", "003"):
        (tmp_path / "tile/entries" / name).unlink()
    assert found(verdict(tmp_path)) == [("V209", 0, 512), ("V209", 768, 1024)]


def test_a_copy_that_is_not_whole_is_not_compared_in_silence(tmp_path: Path) -> None:
    published(tmp_path / "before", events(300))
    published(tmp_path / "after", edit(3)(events(300)))
    (tmp_path / "before/tile/0/000").unlink()
    with pytest.raises(ExportError, match=r"L157: the earlier copy .* lacks tile/0/000: verify the copy first"):
        verdict(tmp_path / "after", copy=ExportedLog(tmp_path / "before"))


def test_a_checkpoint_that_claims_a_monstrous_size_does_not_keep_the_verifier_busy(tmp_path: Path) -> None:
    published(tmp_path, events(300))
    claimed = signed(body(KEY.verifier.name, 10**18, bytes(32)), KEY)
    (tmp_path / "checkpoint").write_text(claimed)
    assert ("V203", 300, 10**18) in found(verdict(tmp_path))


def test_a_missing_last_bundle_is_a_removed_tail(tmp_path: Path) -> None:
    published(tmp_path, events(600))
    (tmp_path / "tile/entries/002.p/88").unlink()
    assert found(verdict(tmp_path)) == [("V203", 512, 600)]


@pytest.mark.parametrize("name", ["tile/entries/001", "tile/0/001", "tile/1/000.p/2"])
@pytest.mark.parametrize("change", [lambda content: content[:-1], lambda content: content + bytes(34)])
def test_a_file_that_cannot_be_read_is_a_finding_with_its_name(
    tmp_path: Path, name: str, change: Callable[[bytes], bytes]
) -> None:
    published(tmp_path, events(600))
    target = tmp_path / name
    target.write_bytes(change(target.read_bytes()))
    result = verdict(tmp_path)
    assert result.findings[0].code == "V212"
    assert name in result.findings[0].text("en")


@few
@given(st.data())
def test_whatever_byte_of_an_export_is_changed_something_is_found(data: st.DataObject) -> None:
    with folder() as path:
        published(path / "log", events(300))
        shutil.copytree(path / "log", path / "copy")
        names = sorted(str(file.relative_to(path / "log")) for file in (path / "log").rglob("*") if file.is_file())
        target = path / "copy" / data.draw(st.sampled_from(names))
        content = bytearray(target.read_bytes())
        content[data.draw(st.integers(0, len(content) - 1))] ^= data.draw(st.integers(1, 255))
        target.write_bytes(bytes(content))
        try:
            assert not verdict(path / "copy").holds
        except ValueError as refused:
            assert target.name == "checkpoint", refused  # noqa: PT017 - a broken checkpoint may be no checkpoint at all


def test_an_earlier_checkpoint_must_be_signed_by_the_log(tmp_path: Path) -> None:
    published(tmp_path, events(5))
    unsigned = signed(body(KEY.verifier.name, 3, bytes(32)), SigningKey.generate(KEY.verifier.name))
    assert found(verdict(tmp_path, earlier=[unsigned.encode()])) == [("V208", 0, 0)]


def test_messages_say_what_was_found_and_where_in_both_languages(tmp_path: Path) -> None:
    earlier = published(tmp_path / "before", events(9))
    forged(tmp_path / "after", edit(4)(events(12)))
    forged(tmp_path / "short", events(7))
    told: list[Finding] = [
        *verdict(tmp_path / "after", earlier=[earlier]).findings,
        *verdict(tmp_path / "after", shown=[earlier]).findings,
        *verdict(tmp_path / "short", earlier=[earlier]).findings,
        *verdict(tmp_path / "after", copy=ExportedLog(tmp_path / "before")).findings,
    ]
    assert [finding.text("en") for finding in told] == [
        "V204: history was rewritten: the first 9 events are not those of the earlier checkpoint; "
        "the change lies between 0 and 8",
        "V205: the log was forked: under the same key somebody was shown other first 9 events; the difference lies "
        "between 0 and 8; keep both checkpoints, together they are the proof",
        "V203: events 7 to 8 are missing: the checkpoint says 9, 7 are left",
        "V201: event 4 is not the one that was logged",
    ]
    assert [finding.text("zh") for finding in told] == [
        "V204：历史被改写：前 9 个事件与较早的检查点不符，改动位于第 0 号至第 8 号之间",
        "V205：日志分叉：同一密钥向他人签署了另一份前 9 个事件，差异位于第 0 号至第 8 号之间；"
        "两份检查点合在一起即为证据",
        "V203：第 7 号至第 8 号事件缺失：检查点载明 9 个，现有 7 个",
        "V201：第 4 号事件与入册时不同（已被改动）",
    ]
