"""What a verification can find: stable codes, never reused, and one sentence each in both languages.

A finding says what does not fit and where, never who did it or why.
"""

from __future__ import annotations

from dataclasses import dataclass

from guiju.bilingual import Bilingual


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong: events from `start` up to, not including, `stop` are touched."""

    code: str
    message: Bilingual
    start: int
    stop: int

    def text(self, lang: str) -> str:
        """Say it in `zh` or `en`, with its code."""
        return f"{self.code}{'：' if lang == 'zh' else ': '}{self.message.get(lang)}"


def event_edited(index: int) -> Finding:
    """V201: one event is not the one that was hashed."""
    return _at(
        "V201", index, f"event {index} is not the one that was logged", f"第 {index} 号事件与入册时不同（已被改动）"
    )


def events_reordered(first: int, second: int) -> Finding:
    """V202: two events stand in each other's place."""
    return Finding(
        "V202",
        Bilingual(
            f"第 {first} 号与第 {second} 号事件互换了位置", f"events {first} and {second} stand in each other's place"
        ),
        first,
        second + 1,
    )


def tail_removed(left: int, expected: int) -> Finding:
    """V203: events that were there are there no more."""
    return Finding(
        "V203",
        Bilingual(
            f"第 {left} 号至第 {expected - 1} 号事件缺失：检查点载明 {expected} 个，现有 {left} 个",
            f"events {left} to {expected - 1} are missing: the checkpoint says {expected}, {left} are left",
        ),
        left,
        expected,
    )


def history_rewritten(start: int, stop: int) -> Finding:
    """V204: the log no longer begins with what an earlier checkpoint said."""
    return Finding(
        "V204",
        Bilingual(
            f"历史被改写：前 {stop} 个事件与较早的检查点不符，改动位于第 {start} 号至第 {stop - 1} 号之间",
            f"history was rewritten: the first {stop} events are not those of the earlier checkpoint; "
            f"the change lies between {start} and {stop - 1}",
        ),
        start,
        stop,
    )


def forked(start: int, stop: int) -> Finding:
    """V205: somebody else was shown another log under the same key."""
    return Finding(
        "V205",
        Bilingual(
            f"日志分叉：同一密钥向他人签署了另一份前 {stop} 个事件，差异位于第 {start} 号至第 {stop - 1} 号之间；"
            "两份检查点合在一起即为证据",
            f"the log was forked: under the same key somebody was shown other first {stop} events; the difference lies "
            f"between {start} and {stop - 1}; keep both checkpoints, together they are the proof",
        ),
        start,
        stop,
    )


def root_differs(start: int, stop: int) -> Finding:
    """V206: events and hashes fit each other, but not the signed root."""
    return Finding(
        "V206",
        Bilingual(
            f"第 {start} 号至第 {stop - 1} 号事件得出的根哈希与所签检查点不符",
            f"events {start} to {stop - 1} do not give the root that the checkpoint signs",
        ),
        start,
        stop,
    )


def tile_differs(level: int, number: int, start: int, stop: int) -> Finding:
    """V207: a stored hash is missing, or does not follow from what is below it."""
    return Finding(
        "V207",
        Bilingual(
            f"哈希块 {level}/{number} 缺失，或与第 {start} 号至第 {stop - 1} 号事件的哈希不符",
            f"hash tile {level}/{number} is missing or does not follow from the hashes of events {start} to {stop - 1}",
        ),
        start,
        stop,
    )


def not_signed(what: str) -> Finding:
    """V208: a checkpoint is not validly signed by the log, under its name, and by every witness asked for."""
    return Finding(
        "V208",
        Bilingual(
            f"{what}：日志密钥（或所要求的见证人）的签名缺失或无效",
            f"{what}: the signature of the log's key, or of a witness that was asked for, is missing or does not hold",
        ),
        0,
        0,
    )


def events_missing(start: int, stop: int) -> Finding:
    """V209: events are not in the export, and nobody agreed to that."""
    return Finding(
        "V209",
        Bilingual(
            f"第 {start} 号至第 {stop - 1} 号事件缺失；若属按期限删除，请注明：--minimum {stop}",
            f"events {start} to {stop - 1} are missing; if retention removed them, say so: --minimum {stop}",
        ),
        start,
        stop,
    )


def file_malformed(problem: Bilingual, start: int, stop: int) -> Finding:
    """V212: a file is there, but cannot be read as what it should be."""
    return Finding("V212", problem, start, stop)


def not_included(index: int, size: int) -> Finding:
    """V210: a proof does not lead from this event to the signed root."""
    return _at(
        "V210",
        index,
        f"the proof does not show this event at {index} among {size}",
        f"该证明不能说明此事件为 {size} 个事件中的第 {index} 号",
    )


def opening_wrong(index: int, name: str) -> Finding:
    """V211: salt and value are not what the event committed to."""
    return _at(
        "V211",
        index,
        f"{name!r} is not what event {index} committed to",
        f"所出示的“{name}”与第 {index} 号事件的承诺值不符",
    )


def _at(code: str, index: int, en: str, zh: str) -> Finding:
    return Finding(code, Bilingual(zh, en), index, index + 1)
