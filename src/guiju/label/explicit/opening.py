"""Open sound and video files with PyAV; what goes wrong in there is told as our own errors."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from guiju.label.errors import LabelError
from guiju.label.explicit.errors import ExplicitLabelError, not_installed

if TYPE_CHECKING:
    from av.container import InputContainer

ANY_TAGS: Final = "surrogateescape"
"""How tags that are no UTF-8 are read, and written again as the bytes they were."""


@contextmanager
def opened(path: Path) -> Iterator[InputContainer]:
    """Open a file; raises ExplicitLabelError if PyAV is missing, or the file cannot be decoded or written again."""
    try:
        import av
    except ImportError:
        raise not_installed("PyAV") from None
    try:
        with av.open(str(path), metadata_errors=ANY_TAGS) as container:
            yield container
    except LabelError:
        raise
    except (av.FFmpegError, ValueError) as error:  # PyAV raises ValueError for tracks that it cannot handle
        raise ExplicitLabelError.because(
            "damaged",
            "音视频文件损坏，或含有无法读写的轨道",
            "the sound or video file is damaged, or has a track that cannot be read or written",
        ) from error
