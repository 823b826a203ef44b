"""What can be wrong with a wish to export."""

from __future__ import annotations


class ExportError(ValueError):
    """What was asked for does not go together; the message says what does."""
