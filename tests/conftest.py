"""Settings for all tests: examples are not timed, since speed lives in bench/."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
