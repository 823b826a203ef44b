"""The outline of a Matroska or WebM file (RFC 9559): what stands in the Segment, found by reading headers only.

Clusters, which hold the media, are skipped; a live recording's clusters have no size and are walked block by block.
"""

from __future__ import annotations

from dataclasses import dataclass

from guiju.label.errors import DamagedError
from guiju.label.formats.film import ebml
from guiju.label.formats.film.ebml import Element
from guiju.label.source import Source

EBML, SEGMENT = 0x1A45DFA3, 0x18538067
SEEK_HEAD, INFO, TRACKS, CLUSTER, CUES = 0x114D9B74, 0x1549A966, 0x1654AE6B, 0x1F43B675, 0x1C53BB6B
TAGS, CHAPTERS, ATTACHMENTS, SIGNATURE = 0x1254C367, 0x1043A770, 0x1941A469, 0x1B538667
_CLUSTER_POSITION = 0xA7
_BLOCKS = {0xA3, 0xA0}
_HEADS = 8
_ENDS_A_CLUSTER = {
    EBML,
    SEGMENT,
    SEEK_HEAD,
    INFO,
    TRACKS,
    CLUSTER,
    CUES,
    TAGS,
    CHAPTERS,
    ATTACHMENTS,
    SIGNATURE,
}


@dataclass(frozen=True)
class Segment:
    """One Segment: its header, where it ends, its elements without the clusters, its first and its last cluster."""

    element: Element
    end: int
    elements: tuple[Element, ...]
    first_cluster: Element | None = None
    last_cluster: Element | None = None

    def all_of(self, identifier: int) -> tuple[Element, ...]:
        """Return the elements with this identifier."""
        return tuple(element for element in self.elements if element.id == identifier)

    def is_ahead(self, at: int) -> bool:
        """Tell whether a reader that stops at the first cluster still comes past this offset."""
        return self.first_cluster is None or at <= self.first_cluster.at

    def slot_end(self, element: Element) -> int:
        """Return where the filler directly behind an element ends (the end of the element where there is none)."""
        end = element.end
        for other in self.elements:
            if other.id == ebml.VOID and other.at == end:
                end = other.end
        return end

    def positions_in_clusters(self, source: Source) -> bool:
        """Tell whether the clusters say where they stand; writers do so in all or in none."""
        return any(
            _says_its_position(source, one) for one in (self.first_cluster, self.last_cluster) if one is not None
        )


def segments(source: Source) -> tuple[Segment, ...]:
    """Return the Segments of the file, usually one.

    Raises DamagedError if an element reaches out of its container or the file ends early, TooLargeError at the limits.
    """
    found: list[Segment] = []
    at = 0
    while at < source.size:
        if found and not _goes_on(source, at):
            break
        element = ebml.element_at(source, at)
        if at == 0 and element.id != EBML:
            raise DamagedError.because("没有 EBML 头", "there is no EBML header")
        if element.id == SEGMENT:
            found.append(_segment(source, element))
            at = found[-1].end
        else:
            at = _inside(element, source.size)
    if not found:
        raise DamagedError.because("没有 Segment 元素", "there is no Segment")
    return tuple(found)


def _goes_on(source: Source, at: int) -> bool:
    """Tell whether elements follow behind a Segment, and not some foreign bytes."""
    head = source.peek(at, ebml.HEADER)
    return head[:4] in {EBML.to_bytes(4, "big"), SEGMENT.to_bytes(4, "big")} or head[:1] == bytes([ebml.VOID])


def _segment(source: Source, segment: Element) -> Segment:
    limit = source.size if segment.size is None else _inside(segment, source.size)
    elements: list[Element] = []
    first = last = None
    at = segment.body
    while at < limit:
        element = ebml.element_at(source, at)
        if segment.size is None and element.id in {EBML, SEGMENT}:
            break
        if element.id == CLUSTER:
            first, last = first or element, element
            at = _inside(element, limit) if element.size is not None else _open_cluster_end(source, element, limit)
        else:
            elements.append(element)
            at = _inside(element, limit)
    return Segment(segment, at, tuple(elements), first, last)


def _open_cluster_end(source: Source, cluster: Element, limit: int) -> int:
    at = cluster.body
    while at < limit:
        element = ebml.element_at(source, at)
        if element.id in _ENDS_A_CLUSTER:
            break
        at = _inside(element, limit)
    return at


def _inside(element: Element, limit: int) -> int:
    """Return the end of an element; raises DamagedError if it lies behind the end of the container."""
    if element.end > limit:
        raise DamagedError.because(
            f"第 {element.at} 字节处的元素 {element.id:X} 应至第 {element.end} 字节，其容器只到第 {limit} 字节",
            f"the element {element.id:X} at byte {element.at} should reach byte {element.end}, "
            f"but its container ends at byte {limit}",
        )
    return element.end


def _says_its_position(source: Source, cluster: Element) -> bool:
    """Tell whether a position other than zero stands among the first elements, in front of the blocks."""
    at = cluster.body
    for _ in range(_HEADS):
        if at >= source.size:
            return False
        element = ebml.element_at(source, at)
        if element.id == _CLUSTER_POSITION and element.size is not None:
            return bool(source.read(element.body, min(element.size, 8)).strip(b"\0"))
        if element.size is None or element.id in _BLOCKS | _ENDS_A_CLUSTER:
            return False
        at = element.end
    return False
