"""Metadata lists of `meta` boxes: the keyed one (handler `mdta`, `keys` and `ilst`) and the one of iTunes (`mdir`).

The guide on video puts the label into the keyed list at `moov.udta.meta` under the key `AIGC` (grade C2).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from guiju.label.errors import DamagedError, TooLargeError
from guiju.label.formats import takeover
from guiju.label.formats.boxes import boxes
from guiju.label.formats.boxes.box_changes import Changes
from guiju.label.formats.boxes.boxes import Box
from guiju.label.source import Source

KEY = "AIGC"
_RAW_KEY = b"mdtaAIGC"
_UTF8, _UTF16 = 1, 2
_FREE_FORM = b"----"


@dataclass(frozen=True)
class Entry:
    """An item of a list: its name, and the text in it where it may be a label."""

    box: Box
    name: str
    text: str

    @property
    def is_named(self) -> bool:
        """Tell whether the slot is called AIGC, alone or behind a domain such as `com.apple.quicktime`."""
        return self.name.casefold().rpartition(".")[2] == KEY.casefold()

    @property
    def is_label(self) -> bool:
        """Tell whether there is a label here, whatever the name of the slot."""
        return self.is_named or takeover.is_label(self.text)


@dataclass(frozen=True)
class MetaList:
    """The list of one `meta` box; `within` are the boxes around the list, the `meta` itself last."""

    within: tuple[Box, ...]
    handler: bytes
    keys: Box | None
    names: tuple[bytes, ...]
    ilst: Box | None
    entries: tuple[Entry, ...]

    @property
    def is_keyed(self) -> bool:
        """Tell whether names stand in a table of keys."""
        return self.handler == b"mdta"

    @property
    def has_key(self) -> bool:
        """Tell whether the guide's key is there, in any letter case."""
        return any(is_key(raw[4:].decode("utf-8", "replace")) for raw in self.names)


def list_of(source: Source, within: tuple[Box, ...]) -> MetaList:
    """Read the list in a `meta` box, the last of `within`; large values such as pictures are not read."""
    inner = boxes.meta_children(source, within[-1])
    header = boxes.of_kind(inner, b"hdlr")
    handler = boxes.fields(source, header, 4, 8) if header else b""
    keys, ilst = boxes.of_kind(inner, b"keys"), boxes.of_kind(inner, b"ilst")
    names = tuple(_names(source, keys)) if keys and handler == b"mdta" else ()
    entries = tuple(_entry(source, box, names, handler) for box in boxes.children(source, ilst)) if ilst else ()
    return MetaList(within, handler, keys, names, ilst, entries)


def new_meta(value: str) -> bytes:
    """Return a new `meta` box with a keyed list that holds nothing but the label."""
    handler = boxes.boxed(b"hdlr", bytes(8), b"mdta", bytes(13))
    keys = _keys([_RAW_KEY])
    return boxes.boxed(b"meta", bytes(4), handler, keys, boxes.boxed(b"ilst", _item(1, value)))


def rewrite(changes: Changes, old: MetaList, value: str) -> None:
    """Put the label under the key AIGC of a keyed list; other keys and values stay, a label under another key goes.

    Raises RefusedError (`label_elsewhere`) if that would take other data away, DamagedError if an item has no key.
    """
    main = next((at for at, raw in enumerate(old.names, 1) if is_key(raw[4:].decode("utf-8", "replace"))), 0)
    names, numbers = _kept(old, main)
    if main:
        names[numbers[main] - 1] = _RAW_KEY
    else:
        names.append(_RAW_KEY)
    _put_keys(changes, old, names)
    _put_items(changes, old, numbers, main, _item(numbers[main] if main else len(names), value))


def clear(changes: Changes, old: MetaList) -> None:
    """Take every label out of a list of either kind; raises as `rewrite`."""
    if not any(entry.is_label for entry in old.entries):
        return
    if old.is_keyed:
        names, numbers = _kept(old, 0)
        _put_keys(changes, old, names)
        _put_items(changes, old, numbers, 0, b"")
        return
    for entry in old.entries:
        if entry.is_label and old.ilst:
            _expect_only_label(entry)
            changes.put((*old.within, old.ilst), entry.box.offset, entry.box.size, b"")


def _kept(old: MetaList, main: int) -> tuple[list[bytes], dict[int, int]]:
    """Return the keys that stay, and for the number of each its new number; a key goes with the last of its items."""
    for entry in old.entries:
        if not 0 < _index(entry) <= len(old.names):
            raise DamagedError.because("元数据项没有对应的键", "an item of the metadata list has no key")
        _expect_only_label(entry)
    labels = {_index(entry) for entry in old.entries if entry.is_label}
    doomed = labels - {_index(entry) for entry in old.entries if not entry.is_label} - {main}
    kept = [at for at in range(1, len(old.names) + 1) if at not in doomed]
    return [old.names[at - 1] for at in kept], {at: new for new, at in enumerate(kept, 1)}


def _expect_only_label(entry: Entry) -> None:
    if entry.is_label and not entry.is_named:
        takeover.assert_only_label(entry.name, entry.text)


def _put_keys(changes: Changes, old: MetaList, names: list[bytes]) -> None:
    if old.keys is None:
        changes.put(old.within, old.ilst.offset if old.ilst else old.within[-1].end, 0, _keys(names))
    elif tuple(names) != old.names:
        changes.put(old.within, old.keys.offset, old.keys.size, _keys(names))


def _put_items(changes: Changes, old: MetaList, numbers: dict[int, int], main: int, item: bytes) -> None:
    """Put the item for the key that had the number `main`, take labels out and renumber the others."""
    if old.ilst is None:
        if item:
            changes.put(old.within, old.within[-1].end, 0, boxes.boxed(b"ilst", item))
        return
    within = (*old.within, old.ilst)
    for entry in old.entries:
        at = _index(entry)
        if at == main:
            changes.put(within, entry.box.offset, entry.box.size, item)
            item = b""
        elif entry.is_label:
            changes.put(within, entry.box.offset, entry.box.size, b"")
        elif numbers[at] != at:
            changes.put((), entry.box.offset + 4, 4, numbers[at].to_bytes(4, "big"))
    if item:
        changes.put(within, old.ilst.end, 0, item)


def _index(entry: Entry) -> int:
    return int.from_bytes(entry.box.kind, "big")


def is_key(name: str) -> bool:
    """Tell whether this is the guide's key, in any letter case."""
    return name.casefold() == KEY.casefold()


def _names(source: Source, keys: Box) -> Iterator[bytes]:
    """Yield namespace and name of each key."""
    for box in boxes.children(source, keys, 8):
        yield box.kind + boxes.fields(source, box, box.end - box.body)


def _keys(names: list[bytes]) -> bytes:
    entries = [(4 + len(raw)).to_bytes(4, "big") + raw for raw in names]
    return boxes.boxed(b"keys", bytes(4), len(names).to_bytes(4, "big"), *entries)


def _item(place: int, value: str) -> bytes:
    data = boxes.boxed(b"data", _UTF8.to_bytes(4, "big"), bytes(4), value.encode())
    return boxes.boxed(place.to_bytes(4, "big"), data)


def _entry(source: Source, box: Box, names: tuple[bytes, ...], handler: bytes) -> Entry:
    inner = boxes.children(source, box) if _holds_boxes(source, box) else ()
    name = box.kind.decode("latin-1")
    at = int.from_bytes(box.kind, "big")
    if handler == b"mdta":
        name = names[at - 1][4:].decode("utf-8", "replace") if 0 < at <= len(names) else ""
    elif box.kind == _FREE_FORM:
        label = boxes.of_kind(inner, b"name")
        name = boxes.fields(source, label, label.end - label.body)[4:].decode("utf-8", "replace") if label else ""
    values = [data for data in inner if data.kind == b"data"]
    if not values:
        return Entry(box, name, _bare_text(source, box, 8 if box.kind == b"data" else 0))
    texts = [_text(source, data) for data in values]
    entry = Entry(box, name, next((text for text in texts if text), ""))
    if entry.is_named and any(data.size > 4 * source.limits.label for data in values):
        raise TooLargeError.because(f"标识 {box.size} 字节", f"a label of {box.size} bytes")
    return entry


def _holds_boxes(source: Source, box: Box) -> bool:
    """Tell an item with boxes from one with bare data, which some writers made."""
    return box.end - box.body >= 8 and source.read(box.body + 4, 4) in {b"data", b"mean", b"name", b"itif", b"free"}


def _text(source: Source, data: Box) -> str:
    """Return the text of a value, or nothing if it is longer than any label."""
    kind = boxes.number(source, data, 0) if data.size >= 16 else 0
    return _bare_text(source, data, 8, "utf-16-be" if kind == _UTF16 else "utf-8")


def _bare_text(source: Source, box: Box, skip: int, encoding: str = "utf-8") -> str:
    length = box.end - box.body - skip
    if not 0 < length <= 4 * source.limits.label:
        return ""
    return boxes.fields(source, box, length, skip).decode(encoding, "replace")
