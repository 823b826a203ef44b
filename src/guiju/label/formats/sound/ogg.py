"""Ogg with Vorbis, Opus, FLAC or Speex: the label is the Vorbis comment `AIGC` (practice guide for audio, C2).

The header pages are cut anew, into as many pages as before where they have room for it: then no other byte changes.
Where they have not, all later pages get higher numbers, with their checksums, and are otherwise copied.
"""

from __future__ import annotations

from collections.abc import Iterator

from guiju.label.errors import DamagedError, RefusedError
from guiju.label.fields import Label
from guiju.label.formats.sound.oggpages import (
    CAPTURE,
    CONTINUED,
    FIRST,
    LONGEST_PAGE,
    Page,
    body_of,
    damaged_page,
    header_page,
    lacing_of,
    page_at,
    renumbered,
)
from guiju.label.formats.sound.oggstreams import Stream, streams_at
from guiju.label.formats.takeover import planned
from guiju.label.found import Contents, Found
from guiju.label.source import Source
from guiju.label.splice import Edit, Plan

_MOST_SEGMENTS = 255


def contents(source: Source) -> Contents:
    """Return the labels in the comments of every stream, also of streams chained behind others."""
    found: list[Found] = []
    streams, at = streams_at(source, 0)
    last = _last_page(source)
    found += _found(source, streams)
    known = {stream.serial for stream in streams}
    while last.serial not in known:
        at = _next_link(source, at)
        streams, at = streams_at(source, at)
        known = {stream.serial for stream in streams}
        found += _found(source, streams)
    return Contents(tuple(sorted(found, key=lambda one: not one.named)))


def plan(source: Source, label: Label) -> Plan:
    """Put the label into the comments of the one stream; see `Format.plan`."""
    streams, _ = streams_at(source, 0)
    if len(streams) != 1:
        raise RefusedError.because(
            "multiplexed",
            f"Ogg 文件中有 {len(streams)} 个并行的流，标识应属于哪一个没有规定；请先拆分",
            f"the Ogg file has {len(streams)} streams side by side, and no guide says which one is labelled: "
            "split it first",
        )
    stream = streams[0]
    if _last_page(source).serial != stream.serial:
        raise _chained()
    if not stream.has_comments:
        raise RefusedError.because(
            "codec",
            "此 Ogg 流的编码未知，不知注释在何处",
            "the codec of this Ogg stream is unknown, and so its comments",
        )
    stream.assert_alone()
    comments = stream.comments().labelled(label.bare(), source.limits)
    pages = _repaginated(stream, [stream.packet(comments), *stream.packets[1:]])
    return planned(source.size, _edits(source, stream, pages))


def _found(source: Source, streams: list[Stream]) -> list[Found]:
    return [found for stream in streams if stream.has_comments for found in stream.comments().found(source.limits)]


def _repaginated(stream: Stream, packets: list[bytes]) -> list[bytes]:
    """Cut the header packets behind the first into pages of even length, as many as before where they fit."""
    lacing, data = lacing_of(packets), b"".join(packets)
    least = -(-len(lacing) // _MOST_SEGMENTS)
    count = min(max(least, len(stream.pages)), len(lacing))
    pages = []
    segment = at = 0
    for number in range(count):
        share = len(lacing) // count + (number < len(lacing) % count)
        segments = lacing[segment : segment + share]
        flags = CONTINUED if segment and lacing[segment - 1] == _MOST_SEGMENTS else 0
        flags |= stream.pages[-1].flags & ~CONTINUED if number == count - 1 else 0
        body = data[at : at + sum(segments)]
        pages.append(header_page(flags, stream.serial, stream.pages[0].sequence + number, segments, body))
        segment, at = segment + share, at + len(body)
    return pages


def _edits(source: Source, stream: Stream, pages: list[bytes]) -> list[Edit]:
    """Put each page where the old one stood; what is more stands behind the last, and renumbers what follows."""
    old = stream.pages
    new = [*pages[: len(old) - 1], b"".join(pages[len(old) - 1 :])]
    new += [b""] * (len(old) - len(new))
    edits = [Edit(page.offset, page.end - page.offset, data) for page, data in zip(old, new, strict=True)]
    shift = len(pages) - len(old)
    if shift:
        for page in _pages(source, old[-1].end):
            if page.serial != stream.serial or page.flags & FIRST:
                raise _chained()
            edits.append(Edit(page.offset + 18, 8, renumbered(page, (page.sequence + shift) % 2**32)))
    return edits


def _pages(source: Source, at: int) -> Iterator[Page]:
    """Yield the pages from here on; bytes behind the last one (tags of players) are no page and are let be."""
    while (page := page_at(source, at)) is not None:
        yield page
        at = page.end
    if at < source.size and CAPTURE in source.peek(at, LONGEST_PAGE):
        raise damaged_page(at)


def _next_link(source: Source, at: int) -> int:
    for page in _pages(source, at):
        if page.flags & FIRST:
            return page.offset
    raise DamagedError.because("最后一页不属于任何流", "the last page belongs to no stream")


def _last_page(source: Source) -> Page:
    """Return the last page of the file; raises DamagedError where the file ends in the middle of one."""
    start = max(0, source.size - 2 * LONGEST_PAGE)
    tail = source.peek(start, 2 * LONGEST_PAGE)
    cut: DamagedError | None = None
    at = tail.rfind(CAPTURE)
    while at >= 0:
        try:
            page = page_at(source, start + at)
            if page is not None:
                body_of(source, page)
                if cut is None or page.end >= source.size:
                    return page
                raise cut
        except DamagedError as error:
            cut = cut or error
        at = tail.rfind(CAPTURE, 0, at)
    raise cut or damaged_page(start)


def _chained() -> RefusedError:
    return RefusedError.because(
        "chained",
        "Ogg 文件中有前后相接的多个流，每个流各有注释；请先拆分",
        "the Ogg file has several streams one behind the other, each with comments of its own: split it first",
    )
