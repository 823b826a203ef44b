"""Plans of stretches and insertions give exactly the edited bytes, in memory and through the kernel."""

import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiju.label.errors import DamagedError, TooLargeError
from guiju.label.source import Limits, Source
from guiju.label.splice import Copy, Edit, Insert, Plan


@st.composite
def edited(draw: st.DrawFn) -> tuple[bytes, list[Edit], bytes]:
    data = draw(st.binary(max_size=60))
    cuts = sorted(draw(st.lists(st.integers(0, len(data)), max_size=8)))
    edits, expected, at = [], b"", 0
    for start, end in zip(cuts[::2], cuts[1::2], strict=False):
        new = draw(st.binary(max_size=5))
        edits.append(Edit(start, end - start, new))
        expected += data[at:start] + new
        at = end
    return data, edits, expected + data[at:]


@given(edited())
def test_a_plan_is_the_edited_file(case: tuple[bytes, list[Edit], bytes]) -> None:
    data, edits, expected = case
    source = Source.of_bytes(data)
    plan = Plan.of_edits(len(data), edits)
    out = io.BytesIO()
    plan.write_to(source, out)
    assert out.getvalue() == expected == b"".join(plan.blocks(source))
    assert plan.size == len(expected)


@pytest.mark.parametrize("edits", [[Edit(0, 3, b""), Edit(2, 1, b"")], [Edit(4, 2, b"")], [Edit(0, -1, b"")]])
def test_overlapping_and_outside_edits_are_mistakes(edits: list[Edit]) -> None:
    with pytest.raises(ValueError, match="overlaps another one or lies outside"):
        Plan.of_edits(5, edits)


def test_large_stretches_are_copied_right(tmp_path: Path) -> None:
    data = bytes(range(256)) * 20_000
    (tmp_path / "old").write_bytes(data)
    with Source.of_path(tmp_path / "old") as source, (tmp_path / "new").open("wb", buffering=0) as out:
        Plan((Insert(b"<"), Copy(1, len(data) - 2), Insert(b">"))).write_to(source, out)
    assert (tmp_path / "new").read_bytes() == b"<" + data[1:-1] + b">"


def test_a_file_that_got_shorter_is_an_error_not_a_short_copy() -> None:
    with pytest.raises(OSError, match="got shorter"):
        list(Plan((Copy(0, 10),)).blocks(Source.of_bytes(b"12345")))


def test_reading_past_the_end_is_damage_and_peeking_is_not() -> None:
    source = Source.of_bytes(b"12345")
    assert source.read(1, 4) == b"2345"
    assert source.peek(3, 10) == b"45"
    assert source.peek(9, 1) == b""
    with pytest.raises(DamagedError) as caught:
        source.read(1, 5)
    assert caught.value.text("en") == "the file is damaged: 5 bytes should stand at byte 1, but the file has only 5"
    assert caught.value.text("zh") == "文件损坏：第 1 字节处应有 5 字节，但文件只有 5 字节"


@pytest.mark.parametrize("limits", [Limits(reads=3), Limits(total=3), Limits(block=1)])
def test_limits_end_a_walk(limits: Limits) -> None:
    source = Source.of_bytes(b"0" * 100, limits)
    with pytest.raises(TooLargeError):
        b"".join(source.peek(offset, 2) for offset in range(100))
