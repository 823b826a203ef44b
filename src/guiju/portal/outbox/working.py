"""The worker: does its jobs in turn, again and again until it is told to stop."""

from __future__ import annotations

import logging
import signal
import threading
import time
from collections.abc import Callable
from types import FrameType

from django.db import close_old_connections

_LOG = logging.getLogger("guiju.portal.worker")

Job = Callable[[], int]


def work(jobs: dict[str, Job], pause_seconds: float, stop: threading.Event) -> None:
    """Run the jobs in turn until `stop` is set; one that fails is logged and run again the next time."""
    while not stop.is_set():
        done = sum([_run(name, job) for name, job in jobs.items()])
        if not done:
            stop.wait(pause_seconds)


def at_most_every(seconds: float, job: Job) -> Job:
    """Return a job that does nothing until so much time has passed since it was last begun; the first time it works."""
    due = 0.0

    def _job() -> int:
        nonlocal due
        now = time.monotonic()
        if now < due:
            return 0
        due = now + seconds
        return job()

    return _job


def stop_on_signals() -> threading.Event:
    """Return an event that SIGTERM and SIGINT set: the job at hand is finished first."""
    stop = threading.Event()

    def _stop(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _stop)
    return stop


def _run(name: str, job: Job) -> int:
    close_old_connections()
    try:
        return job()
    except Exception:
        _LOG.exception("job failed", extra={"job": name})
        return 0
