"""The record of replaced labels: one JSON line for each, on disk before the file is changed."""

from __future__ import annotations

import datetime as dt
import json
import os
from pathlib import Path

from guiju.label.fields import Label


def default_log() -> Path:
    """Return where replacements are recorded unless told otherwise: `label-log.jsonl` in the data folder."""
    folder = os.environ.get("GUIJU_DATA")
    if folder:
        return Path(folder) / "label-log.jsonl"
    import platformdirs

    return Path(platformdirs.user_data_dir("guiju")) / "label-log.jsonl"


def log_forced(log: Path, path: Path, replaced: tuple[str, ...], label: Label) -> None:
    """Append when, which file, which labels stood there and which one comes; raises OSError if that is impossible."""
    entry = {
        "at": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        "file": os.fspath(path),
        "replaced": list(replaced),
        "label": label.as_dict(),
    }
    log.parent.mkdir(parents=True, exist_ok=True)
    line = (json.dumps(entry, ensure_ascii=False) + "\n").encode()
    handle = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        os.write(handle, line)
        os.fsync(handle)
    finally:
        os.close(handle)
