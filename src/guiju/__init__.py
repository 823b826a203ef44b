"""规矩 Guiju: AI law as running software."""

__version__ = "0.1.0"
