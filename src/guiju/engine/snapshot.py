"""A snapshot of the rulebooks as read, so that the next start need not read the YAML again.

Kept in the user's cache folder under the digest of everything it was made from, and with a digest of itself: one that
does not fit, or is damaged, is as good as none. It is made only of rulebooks that have been linked without an error.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

import msgspec

from guiju import __version__
from guiju.documents.marked import Map
from guiju.engine.schema import LawForm, NormForm
from guiju.engine.sources import Entry, F, LawSource, Sources
from guiju.engine.vocabulary import Contradiction, EventSpec, FactSpec, PartySpec, ReadingSpec
from guiju.files import write_whole

_DIGEST = hashlib.sha256
_LENGTH = _DIGEST().digest_size


class _Law(msgspec.Struct):
    law: tuple[LawForm, str, int]
    norms: list[tuple[NormForm, str, int]]
    readings: list[tuple[ReadingSpec, str, int]]


class _Snapshot(msgspec.Struct):
    facts: list[tuple[FactSpec, str, int]]
    events: list[tuple[EventSpec, str, int]]
    parties: list[tuple[PartySpec, str, int]]
    contradictions: list[tuple[Contradiction, str, int]]
    laws: list[_Law]


def snapshot_path(root: Path) -> Path:
    """Name the file that holds the snapshot of the rulebooks as they now are."""
    import platformdirs

    digest = _DIGEST(__version__.encode())
    for module in ("schema.py", "vocabulary.py"):
        digest.update(Path(__file__).with_name(module).read_bytes())
    for path in sorted(root.glob("*/*.yaml")):
        digest.update(str(path.relative_to(root)).encode() + b"\0" + path.read_bytes() + b"\0")
    return platformdirs.user_cache_path("guiju") / f"rulebooks-{digest.hexdigest()[:24]}"


def recall(path: Path) -> Sources | None:
    """Return the sources that a snapshot holds, or None if there is no sound one."""
    try:
        raw = path.read_bytes()
        if _DIGEST(raw[_LENGTH:]).digest() != raw[:_LENGTH]:
            return None
        kept = msgspec.msgpack.decode(raw[_LENGTH:], type=_Snapshot)
    except (OSError, msgspec.DecodeError):
        return None
    laws = [LawSource(_entry(law.law), _entries(law.norms), _entries(law.readings)) for law in kept.laws]
    return Sources(
        _entries(kept.facts), _entries(kept.events), _entries(kept.parties), _entries(kept.contradictions), laws
    )


def keep(path: Path, sources: Sources) -> None:
    """Write a snapshot and drop older ones; where that is impossible, the next start is only slower."""
    laws = [_Law(_bare([s.law])[0], _bare(s.norms), _bare(s.readings)) for s in sources.laws]
    kept = _Snapshot(
        _bare(sources.facts), _bare(sources.events), _bare(sources.parties), _bare(sources.contradictions), laws
    )
    content = msgspec.msgpack.encode(kept)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, _DIGEST(content).digest() + content)
        for other in path.parent.glob("rulebooks-*"):
            if other != path:
                other.unlink(missing_ok=True)
    except OSError:
        return


def _bare(entries: Iterable[Entry[F]]) -> list[tuple[F, str, int]]:
    return [(entry.value, entry.file, entry.line) for entry in entries]


def _entries(kept: Iterable[tuple[F, str, int]]) -> list[Entry[F]]:
    return [_entry(one) for one in kept]


def _entry(kept: tuple[F, str, int]) -> Entry[F]:
    value, file, line = kept
    return Entry(value, file, line, Map(line))
