"""Other people's readers differ from machine to machine: these tests run in `make outside`, which brings its own."""

from __future__ import annotations

import os

collect_ignore_glob = [] if os.environ.get("GUIJU_OUTSIDE") else ["test_*.py"]
