"""Imported texts in the user's own data folder: one file for each law, language and version.

The wording of a law is never part of the program; it comes from published files and stays with the user.
"""

import os
from pathlib import Path
from typing import Final, Literal

import msgspec

from guiju.files import write_whole
from guiju.law.errors import StoreError
from guiju.law.provisions import Text

DATA_VARIABLE: Final = "GUIJU_DATA"
"""Environment variable that names another data folder."""

QUOTED: Final = "commentary"
"""Version of a text as a commentary quotes it: a second witness to the law's words."""

SECONDARY_VERSIONS: Final = frozenset({"draft", QUOTED})
"""Versions that are not the law itself: what was proposed, and what others quote."""

_SCHEMA: Final = 1

Saved = Literal["new", "changed", "unchanged"]


class _Stored(msgspec.Struct, frozen=True):
    schema: int
    text: Text


class _SchemaOnly(msgspec.Struct, frozen=True):
    schema: int


def data_folder() -> Path:
    """Give the folder for the user's data: ``GUIJU_DATA`` if set, else the platform's usual place."""
    named = os.environ.get(DATA_VARIABLE)
    if named:
        return Path(named)
    import platformdirs

    return platformdirs.user_data_path("guiju")


class TextStore:
    """The imported texts of one data folder."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = (folder or data_folder()) / "laws"

    def save(self, text: Text) -> Saved:
        """Keep a text, replacing the one of the same law, language and version; tell what changed.

        The file is replaced in one step or not at all. Raises StoreError if the folder cannot be written.
        """
        path = self._folder / f"{text.law}.{text.language}.{text.version}.json"
        encoded = msgspec.json.format(msgspec.json.encode(_Stored(_SCHEMA, text)), indent=1) + b"\n"
        try:
            before = path.read_bytes() if path.exists() else None
            if before == encoded:
                return "unchanged"
            self._folder.mkdir(parents=True, exist_ok=True)
            write_whole(path, encoded)
        except OSError as error:
            raise StoreError(
                f"{path}: cannot be written ({error.strerror}); make the folder writable, or name another in "
                f"{DATA_VARIABLE}"
            ) from error
        return "new" if before is None else "changed"

    def all(self) -> tuple[Text, ...]:
        """Load every imported text, sorted by law, language and version.

        Raises StoreError naming a file that is damaged or of another schema.
        """
        if not self._folder.is_dir():
            return ()
        texts = (_load(path) for path in self._folder.glob("*.json"))
        return tuple(sorted(texts, key=lambda text: (text.law, text.language, text.version)))

    def find(self, law: str, language: str, version: str | None = None) -> Text | None:
        """Load one text, or None if it has not been imported; without a version, the law itself."""
        fitting = [text for text in self.all() if (text.law, text.language) == (law, language)]
        if version is not None:
            return next((text for text in fitting if text.version == version), None)
        return next((text for text in reversed(fitting) if text.version not in SECONDARY_VERSIONS), None)


def _load(path: Path) -> Text:
    remedy = "delete the file and import the text again"
    try:
        encoded = path.read_bytes()
        schema = msgspec.json.decode(encoded, type=_SchemaOnly).schema
        if schema != _SCHEMA:
            raise StoreError(f"{path}: has schema {schema}, this program reads {_SCHEMA}; {remedy}")
        return msgspec.json.decode(encoded, type=_Stored).text
    except OSError as error:
        raise StoreError(f"{path}: cannot be read ({error.strerror})") from error
    except msgspec.DecodeError as error:
        raise StoreError(f"{path}: is not a stored text ({error}); {remedy}") from error
