"""Explicit labels: what people see and hear, written into the content itself and checked again after writing.

from guiju.label import explicit
explicit.write("cat.png")
explicit.check("cat.png")

Rests on GB 45438-2025, clause 5, as reproduced (grades C2 and C3, docs/label-explicit.md); the standard was not read.
"""

from __future__ import annotations

from guiju.label.explicit.check import check
from guiju.label.explicit.errors import ExplicitLabelError
from guiju.label.explicit.result import ExplicitFinding, ExplicitResult, labelled
from guiju.label.explicit.wording import DEFAULT_TEXTS, Wording, is_full_label, wording
from guiju.label.explicit.write import write

__all__ = [
    "DEFAULT_TEXTS",
    "ExplicitFinding",
    "ExplicitLabelError",
    "ExplicitResult",
    "Wording",
    "check",
    "is_full_label",
    "labelled",
    "wording",
    "write",
]
