"""What is wrong with the catalogues, and their compiled form on disk."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from guiju.files import write_whole
from guiju.portal.look.catalogues.po import Message, compiled, read_po
from guiju.portal.look.catalogues.used import messages_used

CATALOGUES: Final = ("zh_Hans", "en")
_FORMS: Final = {"zh_Hans": 1, "en": 2}
_PLACE: Final = re.compile(r"%\(\w+\)[sd]")


def catalogue_problems(portal: Path) -> list[str]:
    """Return what is missing, fuzzy, no longer used, or does not fit, in every app that has catalogues."""
    problems = []
    for folder in sorted(path.parent for path in portal.rglob("locale") if path.is_dir()):
        used = messages_used(folder)
        for language in CATALOGUES:
            where = f"{folder.name}/{language}"
            messages = {one.key: one for one in read_po(_po(folder, language)) if one.singular}
            problems += [f"{where}: {key[1]!r} of {used[key]} is missing" for key in used if key not in messages]
            problems += [f"{where}: {key[1]!r} is not used any more" for key in messages if key not in used]
            for one in messages.values():
                problems += [f"{where}, line {one.line}: {one.singular!r} {what}" for what in _faults(one, language)]
    return problems


def _faults(message: Message, language: str) -> list[str]:
    faults = ["is fuzzy"] if message.fuzzy else []
    wanted = _FORMS[language] if message.plural is not None else 1
    if len(message.forms) != wanted or not all(message.forms.values()):
        faults.append(f"needs {wanted} translated form(s)")
    allowed = set(_PLACE.findall(message.singular + (message.plural or "")))
    if any(set(_PLACE.findall(form)) != allowed for form in message.forms.values()):
        faults.append("names other values than the message does")
    return faults


def compile_all(portal: Path) -> list[Path]:
    """Write the compiled form of every catalogue beside it; return the files."""
    written = []
    for source in sorted(portal.rglob("locale/*/LC_MESSAGES/django.po")):
        target = source.with_suffix(".mo")
        write_whole(target, compiled(read_po(source)))
        written.append(target)
    return written


def _po(folder: Path, language: str) -> Path:
    return folder / "locale" / language / "LC_MESSAGES" / "django.po"
