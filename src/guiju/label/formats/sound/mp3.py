"""MP3 and AAC (ADTS): the label is an ID3v2 frame TXXX `AIGC` (practice guide for audio, C2).

The version of an existing tag stays, ID3v1, Lyrics3 and APEv2 tags stay, audio frames are only copied.
"""

from __future__ import annotations

from guiju.label.errors import DamagedError, RefusedError
from guiju.label.fields import Label
from guiju.label.formats.sound import id3
from guiju.label.formats.sound.apev2 import ApeTag, ape_tag, audio_end
from guiju.label.formats.takeover import planned
from guiju.label.found import Contents
from guiju.label.source import Source
from guiju.label.splice import Edit, Plan

_SEARCH = 64 * 2**10
_OTHER_KINDS = (b"fLaC", b"OggS", b"RIFF", b"FORM", b"MPCK", b"MP+", b"wvpk", b"TTA1", b"MAC ", b"ADIF")
"""Sounds that may carry an ID3v2 tag in front and are no MPEG audio."""
_TAGS_BEHIND = (b"TAG", b"APETAG", b"LYRICS", b"ID3")
_UNSAID = 1
"""Length of a frame in the free format, whose head does not say it."""
_BITRATES = {
    (3, 3): (32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448),
    (3, 2): (32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384),
    (3, 1): (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    (2, 3): (32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256),
    (2, 2): (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
    (2, 1): (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
"""Kilobits per second for (version, layer bits); versions 2 and 2.5 share theirs."""
_RATES = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}


def contents(source: Source) -> Contents:
    """Return the labels in ID3v2 tags before and behind the audio and in an APEv2 tag; see `Format.contents`.

    Raises RefusedError (`not_mpeg_audio`) where there is neither a label nor audio: such a file may be anything.
    """
    front = id3.tags_in_front(source)
    start, is_audio = _audio(source, front[-1].end if front else 0)
    behind, ape = _tags_behind(source)
    tags = id3.contents(source, (*front, *behind))
    found = (*tags.found, *(ape.found if ape else ()))
    if not found and not is_audio:
        raise _no_audio(start)
    return Contents(found, tags.seals)


def plan(source: Source, label: Label) -> Plan:
    """Put the label into the first ID3v2 tag, within its padding where it fits; see `Format.plan`."""
    front = id3.tags_in_front(source)
    start, is_audio = _audio(source, front[-1].end if front else 0)
    if not is_audio:
        raise _no_audio(start)
    behind, ape = _tags_behind(source)
    edits = [Edit(0, 0, id3.new_tag(label.bare()))] if not front else id3.edits(source, front[0], label.bare())
    edits += [edit for tag in (*front[1:], *behind) for edit in id3.edits(source, tag, None)]
    edits += ape.edits() if ape else []
    return planned(source.size, edits)


def _no_audio(start: int) -> RefusedError:
    return RefusedError.because(
        "not_mpeg_audio",
        f"第 {start} 字节之后没有 MPEG 或 ADTS 音频帧：此文件不是 MP3 或 AAC",
        f"no frame of MPEG or ADTS audio begins behind byte {start}: this is no MP3 or AAC file",
    )


def _tags_behind(source: Source) -> tuple[tuple[id3.Tag, ...], ApeTag | None]:
    """Return the ID3v2 and APEv2 tags behind the audio, in whichever order they stand there."""
    tags: tuple[id3.Tag, ...] = ()
    ape = None
    end = audio_end(source)
    for _ in range(2):
        tag = id3.appended_tag(source, end)
        if tag is not None:
            tags, end = (*tags, tag), tag.offset
        found = ape_tag(source, end)
        if found is not None and ape is None:
            ape, end = found, found.start - (32 if found.has_header else 0)
    return tags, ape


def _audio(source: Source, start: int) -> tuple[int, bool]:
    """Return where the first audio frame begins, and whether there is one in reach: a head that another one follows.

    Raises DamagedError where the file ends before its first frame does.
    """
    head = source.peek(start, _SEARCH)
    first = len(head) - len(head.lstrip(b"\x00"))
    if first == len(head):
        raise DamagedError.because("标签之后没有音频", "no audio follows the tags")
    at = -1 if head.startswith(_OTHER_KINDS, first) else head.find(b"\xff")
    while at >= 0:
        length = _frame_length(head[at : at + 7])
        if length is not None and start + at + length > source.size:
            if at == first:
                raise DamagedError.because("第一个音频帧不完整", "the first audio frame is incomplete")
        elif length is not None and (length == _UNSAID or _goes_on(source, start + at + length)):
            return start + at, True
        at = head.find(b"\xff", at + 1)
    return start, False


def _goes_on(source: Source, at: int) -> bool:
    """Tell whether an audio frame, a tag, silence of zeros or the end of the file follows."""
    head = source.peek(at, 7)
    return not head.strip(b"\x00") or head.startswith(_TAGS_BEHIND) or _frame_length(head) is not None


def _frame_length(head: bytes) -> int | None:
    """Return the bytes of the MPEG audio or ADTS frame with this head, None if it is none."""
    if len(head) < 4 or head[1] & 0xE0 != 0xE0:
        return None
    if head[1] & 0xF6 == 0xF0:
        length = (head[3] & 0x03) << 11 | head[4] << 3 | head[5] >> 5 if len(head) >= 6 else 7
        return length if length >= 7 and (head[2] >> 2 & 0x0F) < 13 else None
    version, layer = head[1] >> 3 & 3, head[1] >> 1 & 3
    bitrate, rate = head[2] >> 4, head[2] >> 2 & 3
    if version == 1 or layer == 0 or bitrate == 15 or rate == 3:
        return None
    if bitrate == 0:
        return _UNSAID
    bits = _BITRATES[3 if version == 3 else 2, layer][bitrate - 1] * 1000
    padding = head[2] >> 1 & 1
    if layer == 3:
        return (12 * bits // _RATES[version][rate] + padding) * 4
    samples = 72 if layer == 1 and version != 3 else 144
    return samples * bits // _RATES[version][rate] + padding
