"""Serving with gunicorn, in as many processes as are wanted; their counts are put together for /metrics."""

from __future__ import annotations

import os
import signal
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from gunicorn.app.base import BaseApplication
from gunicorn.glogging import Logger

from guiju.portal.logs import JSONFormatter

_FOLDER = "PROMETHEUS_MULTIPROC_DIR"
LONGEST_ADDRESS = 8190
"""The most bytes in the first line of a request that gunicorn can be told to take."""


def serve(bind: str, workers: int) -> None:
    """Serve until stopped. The request log is our own: gunicorn's would write down addresses and who asked."""
    # The answers of a self-check stand in its address; what gunicorn allows by itself is too short for all of them.
    options = {"bind": bind, "workers": workers, "accesslog": None, "loglevel": "warning", "child_exit": _forget}
    _Site({**options, "limit_request_line": LONGEST_ADDRESS, "logger_class": ServerLog}).run()


@contextmanager
def counts_together() -> Iterator[None]:
    """Give the processes a folder in which their counts meet; prometheus_client asks for it when it is first loaded."""
    if _FOLDER in os.environ:
        yield
        return
    with tempfile.TemporaryDirectory(prefix="guiju-metrics-") as folder:
        os.environ[_FOLDER] = folder
        try:
            yield
        finally:
            del os.environ[_FOLDER]


def stop_when_closed() -> None:
    """Stop this process as by SIGTERM when its standard input ends: so no child outlives a parent that was killed."""

    def wait() -> None:
        while os.read(0, 1):
            pass
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=wait, daemon=True).start()


class ServerLog(Logger):
    """What gunicorn says itself, such as of requests that it cannot read: without the address of who sent them."""

    def setup(self, cfg: Any) -> None:
        """Write as the rest of the site does."""
        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.setFormatter(JSONFormatter())


class _Site(BaseApplication):
    def __init__(self, options: dict[str, Any]) -> None:
        self.options = options
        super().__init__()

    def load_config(self) -> None:
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        from guiju.portal.wsgi import application

        return application


def _forget(_server: Any, worker: Any) -> None:
    """Let the counts of a worker that ended count no longer as those of a living one."""
    if _FOLDER in os.environ:
        from prometheus_client import multiprocess

        multiprocess.mark_process_dead(worker.pid)  # type: ignore[no-untyped-call]
