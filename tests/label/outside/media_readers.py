"""What ffprobe, MediaInfo and ExifTool read in films and sound files; tests that need one are skipped without it."""

import base64
import json
import os
import re
import shlex
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

EXIFTOOL = shlex.split(os.environ.get("GUIJU_EXIFTOOL") or shutil.which("exiftool") or "")
Reader = Callable[[Path], dict[str, str]]


def ffprobe(path: Path) -> dict[str, str]:
    """Names and values of the file's tags; `WARNING` is what ffprobe complains about."""
    command = ["ffprobe", "-v", "warning", "-of", "json", "-show_format", str(path)]
    done = subprocess.run(command, capture_output=True, check=True, text=True)
    found = {name.upper(): value for name, value in json.loads(done.stdout)["format"].get("tags", {}).items()}
    return {**found, "WARNING": re.sub("@ 0x[0-9a-f]+", "", done.stderr)}


def mediainfo(path: Path) -> dict[str, str]:
    """Names and values of what MediaInfo tells of the file as a whole."""
    done = subprocess.run(["mediainfo", "--Output=JSON", str(path)], capture_output=True, check=True, text=True)
    general = json.loads(done.stdout)["media"]["track"][0]
    return {name.upper(): str(value) for name, value in {**general, **general.get("extra", {})}.items()}


def exiftool(path: Path) -> dict[str, str]:
    """Names and values of all tags, unknown ones too; `WARNING` and `ERROR` are what ExifTool complains about."""
    done = subprocess.run([*EXIFTOOL, "-json", "-U", "-b", str(path)], capture_output=True, check=False)
    found = json.loads(done.stdout.decode("utf-8", "replace"))[0]
    return {name.upper().removeprefix("UNKNOWN_"): _plain(str(value)) for name, value in found.items()}


def _plain(value: str) -> str:
    """The text of a chunk that ExifTool does not know and shows in Base64, its pad byte included."""
    if not value.startswith("base64:"):
        return value
    return base64.b64decode(value.removeprefix("base64:")).rstrip(b"\0").decode("utf-8", "replace")


def complaints(tags: dict[str, str]) -> list[str | None]:
    """What a reader complains about: the same before and after labelling."""
    return [tags.get("WARNING"), tags.get("ERROR")]


def needs(command: str) -> pytest.MarkDecorator:
    present = bool(EXIFTOOL) if command == "exiftool" else shutil.which(command) is not None
    return pytest.mark.skipif(not present, reason=f"{command} is not installed; read in `make outside`")


READERS = [
    pytest.param(ffprobe, marks=needs("ffprobe"), id="ffprobe"),
    pytest.param(mediainfo, marks=needs("mediainfo"), id="MediaInfo"),
    pytest.param(exiftool, marks=needs("exiftool"), id="ExifTool"),
]
