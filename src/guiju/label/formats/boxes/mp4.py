"""MP4, MOV, M4A and M4V, also fragmented: the label is the key AIGC in `moov.udta.meta` (guide on video, grade C2).

A list of iTunes that is there already stays the first `meta` of the user data, the keyed one comes behind it: so all
outside readers tried see both (grade T). Samples are never touched, encrypted ones neither; offsets that lead to
moved bytes are patched.
"""

from __future__ import annotations

from guiju.label.errors import DamagedError
from guiju.label.fields import Label
from guiju.label.formats.boxes import box_changes, box_lists, box_offsets, boxes, item_xmp, mp4_places
from guiju.label.formats.boxes.box_changes import Changes
from guiju.label.formats.boxes.box_lists import MetaList
from guiju.label.formats.boxes.boxes import Box
from guiju.label.formats.boxes.mp4_places import Places
from guiju.label.found import Contents
from guiju.label.source import Source
from guiju.label.splice import Plan

_MAIN = [b"moov", b"udta", b"meta"]


def contents(source: Source) -> Contents:
    """Return every candidate for a label and every seal; media data are not read."""
    top = mp4_places.top_boxes(source)
    _movie(top)
    places = mp4_places.places_of(source, top)
    found = (*places.found(source), *item_xmp.found(source, top))
    return Contents(found, mp4_places.seals_of(source, top, places))


def plan(source: Source, label: Label) -> Plan:
    """Return the file with this label; a `free` box right behind `moov` takes up the growth where there is one."""
    top = mp4_places.top_boxes(source)
    moov = _movie(top)
    places = mp4_places.places_of(source, top)
    changes = Changes()
    main = _main(places)
    if main:
        box_lists.rewrite(changes, main, label.bare())
    else:
        _add(source, changes, moov, box_lists.new_meta(label.bare()))
    places.clear(source, changes, main)
    item_xmp.clear(source, changes, top)
    box_changes.absorb(source, changes, top, moov)
    return box_offsets.plan_moved(source, top, changes)


def _movie(top: tuple[Box, ...]) -> Box:
    movies = [box for box in top if box.kind == b"moov"]
    if len(movies) != 1:
        raise DamagedError.because(
            f"应有一个 moov 盒，实有 {len(movies)} 个", f"there should be one box moov, not {len(movies)}"
        )
    return movies[0]


def _main(places: Places) -> MetaList | None:
    """Return the keyed list of the user data, the one with a label first."""
    keyed = [each for each in places.lists if each.is_keyed and [box.kind for box in each.within] == _MAIN]
    return next((each for each in keyed if each.has_key), keyed[0] if keyed else None)


def _add(source: Source, changes: Changes, moov: Box, meta: bytes) -> None:
    """Put a new `meta` behind all others in the user data that have one, or into new user data."""
    inner = boxes.children(source, moov)
    holders = [(box, boxes.children(source, box)) for box in inner if box.kind == b"udta"]
    if not holders:
        changes.put((moov,), _end(inner, moov), 0, boxes.boxed(b"udta", meta))
        return
    udta, deep = next(((box, deep) for box, deep in holders if boxes.of_kind(deep, b"meta")), holders[0])
    changes.put((moov, udta), _end(deep, udta), 0, meta)


def _end(inner: tuple[Box, ...], outer: Box) -> int:
    """Return the end of the last box inside: QuickTime closes user data with four zero bytes."""
    return inner[-1].end if inner else outer.body
