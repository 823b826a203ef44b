"""One value of a profile against what the vocabulary says of its fact: type, unit, choices, plausible size."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from guiju.bilingual import Bilingual
from guiju.documents.document import Seq
from guiju.documents.errors import nearest
from guiju.documents.messages import NOTHING, shown
from guiju.engine.values import Value
from guiju.engine.vocabulary import FactSpec
from guiju.profiles.refusal import RefusedError, both, found, write

LARGEST = {"count": Decimal(10) ** 12, "money": Decimal(10) ** 15, "number": Decimal(10) ** 30}
"""Beyond these a number is taken for a slip. The bounds are ours, not the law's."""

LONGEST_TEXT = 2000

_YES = ("yes", "y", "true", "1", "是", "对", "有", "√")
_NO = ("no", "n", "false", "0", "否", "不是", "没有", "×")


def read_value(spec: FactSpec, value: Any, written: str) -> Value:
    """Return the value of a fact, or None where the profile leaves it open; raises RefusedError.

    `value` and `written` are what `guiju.documents.document` gives: the value, and the words it was written in.
    """
    if value is None:
        return None
    try:
        return _typed(spec, value, written)
    except RefusedError as refused:
        refused.details["expected"] = expected(spec)
        raise


def _typed(spec: FactSpec, value: Any, written: str) -> Value:
    match spec.type:
        case "bool":
            return read_bool(value, written)
        case "count" | "number" | "money":
            return _number(spec, value, written)
        case "choice":
            return _choice(spec, value, written)
        case "set":
            return _set(spec, value, written)
        case "text":
            return _text(value, written)


def read_bool(value: Any, written: str) -> bool:
    """Return a yes-or-no value; raises RefusedError."""
    if isinstance(value, bool):
        return value
    from guiju.profiles.quantities import leave_out, says_unknown

    word = written.strip().lower()
    if word in _YES + _NO:
        hint = write("`true`" if word in _YES else "`false`")
    else:
        hint = leave_out() if says_unknown(word) else NOTHING
    raise RefusedError("wrong_type", found=found(value, written), hint=hint, expected=_YES_OR_NO)


def expected(spec: FactSpec) -> Bilingual:
    """Say what kind of value a fact takes, in its unit."""
    from guiju.profiles.quantities import sample

    example = sample(spec)
    choices = ", ".join(spec.choices)
    of, measured = (f" of {spec.unit.en}", f"（单位：{spec.unit.zh}）") if spec.unit else ("", "")
    match spec.type:
        case "bool":
            return _YES_OR_NO
        case "count":
            return both(
                f"a whole number{of}, 0 or more, such as {example}", f"不小于 0 的整数{measured}，例如 {example}"
            )
        case "number":
            return both(f"a number{of}, 0 or more, such as {example}", f"不小于 0 的数{measured}，例如 {example}")
        case "money":
            return both(
                f"an amount{of.replace(' of ', ' in ')}, 0 or more, such as {example}",
                f"不小于 0 的金额{measured}，例如 {example}",
            )
        case "choice":
            return both(f"one of {choices}", f"{choices} 之一")
        case "set":
            two = ", ".join(spec.choices[:2])
            return both(f"a list of any of {choices}, such as [{two}]", f"由 {choices} 组成的列表，例如 [{two}]")
        case "text":
            return both(f"text of at most {LONGEST_TEXT} characters", f"最多 {LONGEST_TEXT} 个字符的文字")


_YES_OR_NO = both("`true` or `false`; nothing at all where you do not know", "`true` 或者 `false`；不知道的不填写")


def _number(spec: FactSpec, value: Any, written: str) -> int | Decimal:
    if isinstance(value, str):
        from guiju.profiles.quantities import advice

        is_number, hint = advice(value, spec)
        if is_number:
            raise RefusedError("wrong_unit", written=shown(written), hint=hint)
        raise RefusedError("wrong_type", found=found(value, written), hint=hint)
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise RefusedError("wrong_type", found=found(value, written), hint=NOTHING)
    if value < 0:
        raise RefusedError("negative", written=shown(written))
    if spec.type == "count" and isinstance(value, Decimal):
        raise RefusedError("not_whole", written=shown(written))
    if value > LARGEST[spec.type]:
        from guiju.profiles.quantities import grouped

        limit = grouped(LARGEST[spec.type])
        raise RefusedError("implausible", written=shown(written), limit=limit)
    return value


def _choice(spec: FactSpec, value: Any, written: str) -> str:
    if isinstance(value, dict | list):
        raise RefusedError("wrong_type", found=found(value, written), hint=NOTHING)
    if written not in spec.choices:
        raise RefusedError("not_a_choice", written=shown(written), hint=_similar(written, spec))
    return written


def _set(spec: FactSpec, value: Any, written: str) -> frozenset[str]:
    if not isinstance(value, Seq):
        parts = [part.strip() for part in written[:LONGEST_TEXT].replace("、", ",").replace("，", ",").split(",")]
        meant = parts if all(part in spec.choices for part in parts) else spec.choices[:1]
        hint = write(f"[{', '.join(meant)}]")
        raise RefusedError("wrong_type", found=found(value, written), hint=hint)
    chosen: set[str] = set()
    for item, item_written in zip(value, value.written, strict=True):
        one = "" if isinstance(item, dict | list) or item is None else item_written
        if one not in spec.choices:
            shape = shown(one) if one else found(item, item_written)
            raise RefusedError("not_a_choice", written=shape, hint=_similar(one, spec))
        if one in chosen:
            raise RefusedError("listed_twice", written=one)
        chosen.add(one)
    return frozenset(chosen)


def _text(value: Any, written: str) -> str:
    if isinstance(value, dict | list) or len(written) > LONGEST_TEXT:
        raise RefusedError("wrong_type", found=found(value, written), hint=NOTHING)
    return written


def _similar(written: str, spec: FactSpec) -> Bilingual:
    close = nearest(written[:80], spec.choices)
    if close:
        name = close.partition("`")[2].partition("`")[0]
        return both(close, f"是否想写 `{name}`？")
    return NOTHING
