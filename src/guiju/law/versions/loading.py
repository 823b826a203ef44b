"""The two texts that a person names: stored ones (``genai:zh:draft``) or published files."""

from pathlib import Path

from guiju.law.errors import LawError
from guiju.law.importing.batch import read_file
from guiju.law.provisions import Text
from guiju.law.store import TextStore

_EXAMPLE = "name it like genai:zh:draft (see: guiju law list), or give a published file"


class NoSuchText(LawError):  # noqa: N818 - named for what the reader is told
    """A name is neither that of a stored text nor of a published file, or stands for several texts."""


def load_text(name: str, store: TextStore) -> Text:
    """Load a stored text by ``law:language:version``, or read a file without storing it.

    A file that holds several texts is named with the version after ``#``: ``comparison.txt#draft``. Raises
    NoSuchText, or ImportRefused for a file that is not a whole law.
    """
    parts = name.split(":")
    if len(parts) == 3 and all(parts):  # noqa: PLR2004 - law, language, version
        text = store.find(parts[0], parts[1], parts[2])
        if text is not None:
            return text
    path, version = (name, "") if _exists(name) else _parted(name)
    if not _exists(path):
        known = ", ".join(f"{text.law}:{text.language}:{text.version}" for text in store.all())
        raise NoSuchText(f"there is no text {name!r}: {_EXAMPLE}; stored are {known or 'none'}")
    texts = [reading.text for reading in read_file(Path(path))]
    fitting = [text for text in texts if version in ("", text.version)]
    if len(fitting) != 1:
        choice = ", ".join(f"{path}#{text.version}" for text in texts)
        raise NoSuchText(f"{name}: holds {len(fitting)} texts of that name; choose one of {choice}")
    return fitting[0]


def _parted(name: str) -> tuple[str, str]:
    path, _, version = name.rpartition("#")
    return path, version


def _exists(path: str) -> bool:
    try:
        return bool(path) and Path(path).exists()
    except OSError:
        return False
