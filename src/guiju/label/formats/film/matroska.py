"""Matroska and WebM: the label is a SimpleTag named AIGC in Segment.Tags (practice guide 20257A, C2; read back, T).

Nothing moves that an index points to, if that can be had: the Tags take the place of filler, or stand at the end and
are named in the SeekHead. Only where neither is possible do the clusters move, and every position with them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from guiju.label.errors import RefusedError, TooLargeError
from guiju.label.fields import Label
from guiju.label.formats.film import ebml, matroska_tags
from guiju.label.formats.film.ebml import Element
from guiju.label.formats.film.matroska_positions import Move, Shift, cue_edits, seek_edits
from guiju.label.formats.film.matroska_segment import SIGNATURE, TAGS, Segment, segments
from guiju.label.found import Contents, Found, Seal
from guiju.label.source import Source
from guiju.label.splice import Edit, Plan

_TAGS_LIMIT = 2 * 2**20


def contents(source: Source) -> Contents:
    """Return every SimpleTag that may be a label, at any depth, for the file or a track.

    Reads headers and Tags only. Raises TooLargeError where a live recording without sizes has more blocks than the
    limits allow to walk.
    """
    found: list[Found] = []
    seals: list[Seal] = []
    for segment in segments(source):
        for tags in segment.all_of(TAGS):
            found += matroska_tags.labels(_body(source, tags), source.limits)
        seals += [Seal("signature", "matroska:SignatureSlot") for _ in segment.all_of(SIGNATURE)]
    return Contents(tuple(found), tuple(seals))


def plan(source: Source, label: Label) -> Plan:
    """Return the file with the label in its Tags and all other tags kept.

    Raises RefusedError: `several_segments` for files strung together, `no_room` where neither filler nor the end of the
    file nor a move of the clusters can take the label, `slot_full` for huge tags, `label_elsewhere` for a comment that
    holds other data beside a label.
    """
    all_segments = segments(source)
    if len(all_segments) != 1:
        raise RefusedError.because(
            "several_segments",
            "文件由多个 Matroska 段拼接而成：请先合并为一个再写标识",
            "the file is several Matroska segments strung together: join them into one before labelling",
        )
    work = _Work.of(source, all_segments[0], label)
    for edits in work.ways():
        if edits is not None:
            return Plan.of_edits(source.size, [*edits, *work.segment_edits(edits)])
    raise RefusedError.because(
        "no_room",
        "文件中没有可放标签的空位，移动媒体数据又会使索引失效：请先用封装工具重新封装",
        "there is no room for tags, and moving the media would break positions in it: remux the file first",
    )


def _body(source: Source, tags: Element) -> bytes:
    if tags.end - tags.body > _TAGS_LIMIT:
        raise TooLargeError.because("标签（Tags）过大", "the Tags element is too large")
    return source.read(tags.body, tags.end - tags.body)


@dataclass(frozen=True)
class _Work:
    """One labelling: the Tags that will carry the label, their new body, and the edits that clean other Tags."""

    source: Source
    segment: Segment
    old: Element | None
    body: bytes
    cleaning: tuple[Edit, ...]
    move: Move

    @classmethod
    def of(cls, source: Source, segment: Segment, label: Label) -> _Work:
        bodies = {tags: _body(source, tags) for tags in segment.all_of(TAGS)}
        cleaned = {tags: matroska_tags.without(body, source.limits) for tags, body in bodies.items()}
        with_label = [tags for tags in bodies if cleaned[tags] != bodies[tags]]
        old = next(iter([*with_label, *bodies]), None)
        cleaning: list[Edit] = []
        gone: list[int] = []
        for tags in with_label:
            if tags is not old:
                length = tags.end - tags.at
                fitted = ebml.fitted(TAGS, cleaned[tags], length) if cleaned[tags] else ebml.void(length)
                cleaning.append(Edit(tags.at, length, fitted or ebml.void(length)))
                gone += [] if cleaned[tags] else [tags.at]
        body = matroska_tags.merged(bodies[old] if old else b"", label, source.limits)
        if len(body) > _TAGS_LIMIT:
            raise RefusedError.because(
                "slot_full",
                "标签（Tags）已近读取上限，放不下标识",
                "the Tags element is as large as readers accept and has no room for a label",
            )
        base = segment.element.body
        return cls(source, segment, old, body, tuple(cleaning), Move(base, base, gone=tuple(gone)))

    def ways(self) -> Iterator[list[Edit] | None]:
        """Yield the ways to write, gentlest first; None for one that is not possible here."""
        if self.old:
            yield self._in_place(self.old)
        yield from self._in_filler()
        yield self._at_end()
        yield self._moving_clusters()

    def _in_place(self, old: Element) -> list[Edit] | None:
        element = ebml.made(TAGS, self.body, old.size_width)
        end = self.segment.slot_end(old)
        if len(element) == old.end - old.at:
            edit = Edit(old.at, len(element), element)
        elif (fitted := ebml.fitted(TAGS, self.body, end - old.at, old.size_width)) is not None:
            edit = Edit(old.at, end - old.at, fitted)
        elif end == self.segment.end:
            edit = Edit(old.at, end - old.at, element)
        else:
            return None
        return self._with_seek_heads([edit], replace(self.move, tags=old.at))

    def _in_filler(self) -> Iterator[list[Edit] | None]:
        for filler in self.segment.all_of(ebml.VOID):
            fitted = ebml.fitted(TAGS, self.body, filler.end - filler.at)
            if self.segment.is_ahead(filler.at) and fitted is not None:
                edits = [Edit(filler.at, len(fitted), fitted), *self._old_as_filler()]
                yield self._with_seek_heads(edits, self._moved(filler.at), taken=filler.at)

    def _at_end(self) -> list[Edit] | None:
        end = self.segment.end
        edits = [Edit(end, 0, ebml.made(TAGS, self.body)), *self._old_as_filler()]
        return self._with_seek_heads(edits, self._moved(end))

    def _moving_clusters(self) -> list[Edit] | None:
        cluster = self.segment.first_cluster
        if cluster is None or self.segment.positions_in_clusters(self.source):
            return None
        element = ebml.made(TAGS, self.body)
        if self.old and self.segment.is_ahead(self.old.at):
            end = self.segment.slot_end(self.old)
            edits = [Edit(self.old.at, end - self.old.at, element)]
            shift = Shift(end, len(element) - (end - self.old.at))
            move = replace(self.move, tags=self.old.at, shifts=(shift,))
        else:
            edits = [Edit(cluster.at, 0, element), *self._old_as_filler()]
            move = replace(self._moved(cluster.at), shifts=(Shift(cluster.at, len(element)),))
        cues = cue_edits(self.source, self.segment, move)
        if cues is None:
            return None
        return self._with_seek_heads([*edits, *cues[0]], cues[1])

    def _old_as_filler(self) -> list[Edit]:
        if self.old is None:
            return []
        length = self.old.end - self.old.at
        return [Edit(self.old.at, length, ebml.void(length))]

    def _moved(self, tags: int) -> Move:
        return replace(self.move, tags=tags, left=self.old.at if self.old else None)

    def _with_seek_heads(self, edits: list[Edit], move: Move, taken: int | None = None) -> list[Edit] | None:
        move = replace(move, must_list=not self.segment.is_ahead(move.tags))
        heads = seek_edits(self.source, self.segment, move, () if taken is None else (taken,))
        return None if heads is None else [*edits, *heads, *self.cleaning]

    def segment_edits(self, edits: list[Edit]) -> list[Edit]:
        """Return the edits of the Segment's own size, and of a checksum over all of it, which becomes filler."""
        element = self.segment.element
        done: list[Edit] = []
        growth = sum(len(edit.data) - edit.removed for edit in edits)
        if element.size is not None and growth:
            field = ebml.size_field(element.size + growth, element.size_width)
            done.append(Edit(element.body - element.size_width, element.size_width, field))
        for checksum in self.segment.all_of(ebml.CRC32):
            length = checksum.end - checksum.at
            done.append(Edit(checksum.at, length, ebml.void(length)))
        return done
