"""Read the files of `bad/`: a good letter, the text that is changed in it, and what the loader then says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from tests.letters.at_hand import HERE

BAD = sorted((HERE / "bad").glob("*.yaml"))
GOOD = """\
letter: refusal
mark: {zh: 不准字, en: RF}
title: {zh: 不予许可决定书, en: Refusal}
cites: act
mentions: {reasons: text, late: bool}
body:
  - paragraph:
      zh: "{authority}于{date}决定不予许可，依据{provisions}。"
      en: "The {authority} refused on {date}, under {provisions}."
    when: given(late)
    cites: mail4:44.3
  - prose: reasons
    heading: {zh: 理由, en: Reasons}
    needed: true
    cites: act
  - remedy: decision
    cites: act
"""


def changed(path: Path) -> tuple[str, dict[str, Any]]:
    """Return the changed letter and the case."""
    bad = yaml.safe_load(path.read_text("utf-8"))
    text = GOOD
    for change in bad["change"]:
        assert change["from"] in text, f"the good letter does not hold {change['from']!r}"
        text = text.replace(change["from"], change["to"], 1)
    return text, bad
