"""What ExifTool reads from a document."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

COMMAND = shlex.split(os.environ.get("GUIJU_EXIFTOOL") or shutil.which("exiftool") or "")
needs_exiftool = pytest.mark.skipif(not COMMAND, reason="ExifTool is not installed; read in `make outside`")


def exiftool_tags(path: Path) -> dict[str, object]:
    """Return every tag with its group, under the names that ExifTool gives them."""
    done = subprocess.run([*COMMAND, "-json", "-G0", str(path)], capture_output=True, check=True)
    found: list[dict[str, object]] = json.loads(done.stdout)
    return found[0]
