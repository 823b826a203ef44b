"""Whole numbers as Chinese legal texts write them: 十, 三十, 一百二十, 一千零五."""

_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}

NUMERAL_CHARACTERS = "".join(_DIGITS) + "".join(_UNITS)


def chinese_to_int(text: str) -> int | None:
    """Read a Chinese numeral below ten thousand; None where the characters do not make a number."""
    total, pending, smallest_unit = 0, None, 10_000
    for character in text:
        if character in _UNITS:
            unit = _UNITS[character]
            if unit >= smallest_unit or pending == 0 or (pending is None and (character != "十" or total)):
                return None
            total += (1 if pending is None else pending) * unit
            pending, smallest_unit = None, unit
        elif character in _DIGITS:
            if pending not in (None, 0):
                return None
            pending = _DIGITS[character]
        else:
            return None
    return total + (pending or 0) if text else None
