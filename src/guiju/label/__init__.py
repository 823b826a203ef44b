"""Labels on generated content: write, read, verify and judge, in every medium, without touching the content.

from guiju import label
label.write("cat.png", label.Label.by_generator("001191110000100006XXXX100000", "42"))
label.verify("cat.png").status
"""

from __future__ import annotations

from guiju.label.errors import DamagedError, LabelError, RefusedError, TooLargeError
from guiju.label.fields import Label
from guiju.label.findings import Finding
from guiju.label.judging import Judgement, judge
from guiju.label.permission import Permission
from guiju.label.reading import Reading, read
from guiju.label.source import Limits, Source
from guiju.label.transplanting import transplant
from guiju.label.verifying import ABSENT, INVALID, UNDECIDED, VALID, Verification, verify, verify_source
from guiju.label.writing import Planned, Written, labelled_bytes, plan_label, write

__all__ = [
    "ABSENT",
    "INVALID",
    "UNDECIDED",
    "VALID",
    "DamagedError",
    "Finding",
    "Judgement",
    "Label",
    "LabelError",
    "Limits",
    "Permission",
    "Planned",
    "Reading",
    "RefusedError",
    "Source",
    "TooLargeError",
    "Verification",
    "Written",
    "judge",
    "labelled_bytes",
    "plan_label",
    "read",
    "transplant",
    "verify",
    "verify_source",
    "write",
]
