"""Reading a published file, with every way in which a file can be the wrong one."""

from pathlib import Path
from typing import Final

from guiju.law.errors import ImportRefused

GREATEST_SIZE: Final = 20 * 1024 * 1024
"""Bytes; a law with its commentary has a hundredth of that."""


def read_lines(path: Path) -> list[str]:
    """Give the lines of a UTF-8 text file.

    Raises ImportRefused if the file is missing, a folder, unreadable, empty, binary, too large or not UTF-8.
    """
    try:
        if path.is_dir():
            raise ImportRefused(f"{path}: is a folder; name the text file in it")
        if not path.exists():
            raise ImportRefused(f"{path}: there is no such file; check the name")
        if path.stat().st_size > GREATEST_SIZE:
            raise ImportRefused(
                f"{path}: is larger than {GREATEST_SIZE // 1024**2} MB, no published law is; check the file"
            )
        content = path.read_bytes()
    except OSError as error:
        raise ImportRefused(f"{path}: cannot be read ({error.strerror})") from error
    if b"\0" in content:
        raise ImportRefused(f"{path}: is a binary file; save the published text as plain text in UTF-8")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ImportRefused(f"{path}: is not UTF-8 (byte {error.start}); save the text again in UTF-8") from error
    if not text.strip():
        raise ImportRefused(f"{path}: is empty; download the text again")
    return text.splitlines()
