"""The type of the fixture that assesses a profile given as a mapping."""

from __future__ import annotations

from collections.abc import Callable

from guiju.assess.assessment import Assessment

Assess = Callable[..., Assessment]
