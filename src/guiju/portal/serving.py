"""Serving with gunicorn, in as many processes as are wanted; their counts are put together for /metrics."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from gunicorn.app.base import BaseApplication

_FOLDER = "PROMETHEUS_MULTIPROC_DIR"


def serve(bind: str, workers: int) -> None:
    """Serve until stopped. The request log is our own: gunicorn's would write down addresses and who asked."""
    _Site({"bind": bind, "workers": workers, "accesslog": None, "loglevel": "warning", "child_exit": _forget}).run()


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
