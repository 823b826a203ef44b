"""Structured logs, one JSON object a line, without personal data.

Left out are whatever may hold some: addresses with their tokens and numbers, names and mail addresses, IP addresses,
and the messages of exceptions (a database puts the offending values into them). Of an exception there is its type and
where it happened; of a request its route by name, which says what was asked for and not about whom.
"""

from __future__ import annotations

import json
import logging
import sys
import traceback
from datetime import UTC, datetime
from typing import Any

FIELDS = ("request_id", "route", "method", "status", "ms", "count", "job", "code")
"""The extra values that a record may carry; each is one of our own words or numbers."""
_TALKATIVE = ("django.request", "django.security", "django.server")
"""Loggers whose messages contain the address that was asked for."""


class JSONFormatter(logging.Formatter):
    """One JSON object for each record; only our own loggers keep their words."""

    def format(self, record: logging.LogRecord) -> str:
        """Return a record as one line."""
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": _message(record),
        }
        line |= {name: getattr(record, name) for name in FIELDS if getattr(record, name, None) is not None}
        status = getattr(record, "status_code", None)
        if status is not None:
            line["status"] = status
        if record.exc_info and record.exc_info[0] is not None:
            line["error"] = record.exc_info[0].__qualname__
            line["at"] = _places(record.exc_info[1])
        return json.dumps(line, ensure_ascii=False)


def _message(record: logging.LogRecord) -> str:
    """Return the words of a message; of what others log only the template, without the values put into it."""
    if record.name.startswith("guiju"):
        return record.getMessage()
    if record.name.startswith(_TALKATIVE):
        return record.name
    return str(record.msg) if record.args else record.name


def _places(error: BaseException | None) -> list[str]:
    frames = traceback.extract_tb(error.__traceback__ if error else None)
    return [f"{frame.filename.rpartition('/')[2]}:{frame.lineno} {frame.name}" for frame in frames]


def logging_settings() -> dict[str, Any]:
    """Describe the logging of the whole process: everything as JSON on standard error."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": {"()": "guiju.portal.logs.JSONFormatter"}},
        "handlers": {"json": {"class": "logging.StreamHandler", "formatter": "json", "stream": sys.stderr}},
        "root": {"handlers": ["json"], "level": "INFO"},
        "loggers": {
            "django": {"handlers": [], "level": "INFO", "propagate": True},
            "django.server": {"handlers": [], "level": "WARNING", "propagate": True},
        },
    }
