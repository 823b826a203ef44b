"""C2PA manifests as the library `c2pa-python` sees them: which kinds can hold one, and what state one is in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from guiju.label.errors import RefusedError
from guiju.label.extras import require
from guiju.label.source import Source

_TRUSTED: Final = "Trusted"
_GOOD: Final = frozenset({"Valid", _TRUSTED})
# Nothing is fetched from elsewhere, and no thumbnails: they would show the content without its explicit label.
_SETTINGS: Final = {"verify": {"remote_manifest_fetch": False}, "builder": {"thumbnail": {"enabled": False}}}
_MEDIA_TYPES: Final = {
    "jpeg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
    "gif": "image/gif",
    "tiff": "image/tiff",
    "heif": "image/heic",
    "mp4": "video/mp4",
    "avi": "video/x-msvideo",
    "wav": "audio/wav",
    "mp3": "audio/mpeg",
    "flac": "audio/flac",
    "pdf": "application/pdf",
}
_BRANDS: Final = {
    b"avif": "image/avif",
    b"avis": "image/avif",
    b"qt  ": "video/quicktime",
    b"M4A ": "audio/mp4",
}


@dataclass(frozen=True)
class Manifest:
    """The active manifest of a file: its state (`Valid`, `Trusted`, `Invalid`), and the codes of what fails."""

    state: str
    failures: tuple[str, ...]

    @property
    def good(self) -> bool:
        """Tell whether content and signature hold; that says nothing about who signed."""
        return self.state in _GOOD

    @property
    def trusted(self) -> bool:
        """Tell whether the signer is on a list of trusted ones."""
        return self.state == _TRUSTED


def media_type(kind: str, source: Source) -> str:
    """Return the media type that a kind of file is signed as; raises RefusedError (`c2pa_kind`) if it cannot be."""
    adts = kind == "mp3" and _is_adts(source)
    if kind not in _MEDIA_TYPES or adts:
        why_zh = "（c2pa-python 不接受压缩的文档包）" if kind == "ooxml" else ""
        why_en = " (c2pa-python takes no compressed packages)" if kind == "ooxml" else ""
        told = "AAC" if adts else kind
        raise RefusedError.because(
            "c2pa_kind",
            f"此类文件（{told}）无法用 C2PA 签署{why_zh}；可签署：{'、'.join(_MEDIA_TYPES)}",
            f"this kind of file ({told}) cannot be signed with C2PA{why_en}; these can: {', '.join(_MEDIA_TYPES)}",
        )
    return _BRANDS.get(source.peek(8, 4), _MEDIA_TYPES[kind]) if kind in {"heif", "mp4"} else _MEDIA_TYPES[kind]


def manifest_of(path: Path, media: str) -> Manifest | None:
    """Return the manifest that is embedded in a file, validated, or None; nothing is fetched.

    Raises RefusedError: `not_installed`; `c2pa_unreadable` where the file or its manifest cannot be taken apart.
    """
    require("c2pa", "c2pa-python", "c2pa")
    import c2pa

    try:
        with context() as settings, path.open("rb") as stream, c2pa.Reader(media, stream, context=settings) as reader:
            results = reader.get_validation_results() or {}
            state = str(reader.get_validation_state())
    except c2pa.C2paError.ManifestNotFound:
        return None
    except c2pa.C2paError as error:
        told = " ".join(str(error).split())
        raise RefusedError.because(
            "c2pa_unreadable",
            f"文件中的 C2PA 内容凭证无法读取：{told}",
            f"the C2PA manifest of the file cannot be read: {told}",
        ) from error
    failures = tuple(dict.fromkeys(one["code"] for one in (results.get("activeManifest") or {}).get("failure", ())))
    return Manifest(state, failures)


@contextmanager
def context() -> Iterator[Any]:
    """Give the library's settings for one reading or signing."""
    import c2pa

    with c2pa.Context.from_dict(_SETTINGS) as settings:
        yield settings


def _is_adts(source: Source) -> bool:
    head = source.peek(0, 10)
    at = 0
    if head.startswith(b"ID3"):
        at = 10 + sum((byte & 0x7F) << shift for byte, shift in zip(head[6:10], (21, 14, 7, 0), strict=True))
    frame = source.peek(at, 2)
    return len(frame) == 2 and frame[0] == 0xFF and frame[1] & 0xF6 == 0xF0  # noqa: PLR2004 - sync word, layer 0
