"""What can be wrong with a condition."""

from __future__ import annotations


class ExpressionError(ValueError):
    """A condition is not in the small language that rulebooks are written in, or its types do not fit."""
