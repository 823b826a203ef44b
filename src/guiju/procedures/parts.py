"""Read the parts of a document one key at a time, so that every fault is said at its line, in both languages."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from guiju.bilingual import Bilingual
from guiju.documents.errors import nearest
from guiju.documents.marked import Map, Seq
from guiju.law.address import Address, AddressError
from guiju.procedures.model import Chosen
from guiju.procedures.problems import Report

_NAME = re.compile(r"[a-z][a-z0-9_]*")
_A_NAME = Bilingual(zh="小写英文名称，例如 ask_for_supplement", en="a plain name such as ask_for_supplement")
_TRUTH = Bilingual(zh="true 或者 false", en="true or false")
_WHOLE = Bilingual(zh="从 1 开始的整数", en="a whole number from 1")
_NAMES = Bilingual(zh="一个名称，或者名称的列表", en="a name, or a list of names")
_LIST = Bilingual(zh="列表，每项以 `- ` 开头", en="a list, each entry beginning with `- `")
_TEXT = Bilingual(zh="文字", en="text")
_LANGUAGES = {"zh": Bilingual(zh="中文", en="Chinese"), "en": Bilingual(zh="英文", en="English")}


class Part:
    """One mapping of a document. Reading a key marks it as known; `finish` reports the others."""

    def __init__(self, raw: Map, report: Report, place: str = "") -> None:
        self.raw = raw
        self.report = report
        self.place = place
        self.line = raw.line
        self._known: list[str] = []

    def line_of(self, key: str) -> int:
        """Return the line on which a key is written, or on which the part begins."""
        return self.raw.key_lines.get(key, self.line)

    def fault(self, kind: str, key: str = "", **details: Any) -> None:
        """Report a problem of this part, at the line of a key."""
        self.report.add(kind, self.line_of(key), self.place, **details)

    def get(self, key: str, *, needed: bool = False) -> Any:
        """Return a value as it stands; None where it is absent, which is reported if it is needed."""
        self._known.append(key)
        value = self.raw.get(key)
        if value is None and needed:
            self.fault("missing_key", name=key)
        return value

    def wrong(self, key: str, expected: Bilingual | str) -> None:
        """Report that a key's value has the wrong form."""
        self.fault("wrong_value", key, name=key, found=str(self.raw.get(key)), expected=expected)

    def name(self, key: str, *, needed: bool = True) -> str:
        """Read a plain name; the empty text where there is none."""
        value = self.get(key, needed=needed)
        if value is None:
            return ""
        if not isinstance(value, str) or not _NAME.fullmatch(value):
            self.wrong(key, _A_NAME)
            return ""
        return value

    def names(self, key: str, *, needed: bool = False) -> tuple[str, ...]:
        """Read a name or a list of names."""
        value = self.get(key, needed=needed)
        if value is None:
            return ()
        listed = value if isinstance(value, list) else [value]
        if not all(isinstance(one, str) for one in listed):
            self.wrong(key, _NAMES)
            return ()
        return tuple(listed)

    def one_of(self, key: str, choices: Iterable[str], default: str | None = None) -> str:
        """Read one of the words that are allowed."""
        value = self.get(key, needed=default is None)
        if value is None:
            return default or ""
        if value not in tuple(choices):
            self.wrong(key, ", ".join(choices))
            return default or ""
        return str(value)

    def flag(self, key: str) -> bool:
        """Read true or false; false where it is absent."""
        value = self.get(key)
        if value is not None and not isinstance(value, bool):
            self.wrong(key, _TRUTH)
        return value is True

    def whole(self, key: str, default: int | None = None) -> int:
        """Read a whole number from 1."""
        value = self.get(key, needed=default is None)
        if value is None:
            return default or 1
        if not isinstance(value, int) or isinstance(value, bool) or value < 1:
            self.wrong(key, _WHOLE)
            return 1
        return value

    def text(self, key: str, *, needed: bool = False) -> str:
        """Read a text, such as an expression; true and false as words."""
        value = self.get(key, needed=needed)
        if value is None:
            return ""
        if isinstance(value, bool):
            return str(value).lower()
        if isinstance(value, int):
            return str(value)
        if not isinstance(value, str):
            self.wrong(key, _TEXT)
            return ""
        return value

    def both(self, key: str, *, needed: bool = True) -> Bilingual | None:
        """Read a text in both languages."""
        value = self.get(key, needed=needed)
        return None if value is None else self.bilingual(key, value)

    def label(self) -> Bilingual:
        """Read the label, which every part has."""
        return self.both("label") or Bilingual(zh="", en="")

    def bilingual(self, key: str, value: Any) -> Bilingual | None:
        """Check a text for both languages."""
        if not isinstance(value, Map):
            self.wrong(key, Bilingual(zh="{zh: …, en: …}", en="{zh: …, en: …}"))
            return None
        for lang, language in _LANGUAGES.items():
            if not isinstance(value.get(lang), str) or not value[lang].strip():
                self.report.add("no_translation", value.line, self.place, name=key, missing=language)
                return None
        for other in value.keys() - _LANGUAGES.keys():
            self.report.add("unknown_key", value.line, self.place, name=other, hint="", known="zh, en")
        return Bilingual(zh=value["zh"], en=value["en"])

    def labels(self, key: str, *, needed: bool = False) -> dict[str, Bilingual]:
        """Read a mapping of names to texts in both languages."""
        value = self.get(key, needed=needed)
        if value is None:
            return {}
        if not isinstance(value, Map):
            self.wrong(key, Bilingual(zh="{名称: {zh: …, en: …}}", en="{name: {zh: …, en: …}}"))
            return {}
        found = {str(name): self.bilingual(str(name), text) for name, text in value.items()}
        return {name: text or Bilingual(zh="", en="") for name, text in found.items()}

    def parts(self, key: str, what: str = "") -> list[Part]:
        """Read a list of mappings (one mapping counts as a list of one); `what` is the key that names each."""
        value = self.get(key)
        if value is None:
            return []
        listed = value if isinstance(value, Seq) else Seq(self.line_of(key))
        if not isinstance(value, Seq):
            listed.append(value)
            listed.lines.append(self.line_of(key))
        result = []
        for one, line in zip(listed, listed.lines, strict=True):
            if not isinstance(one, Map):
                self.report.add("not_a_mapping", line, self.place or key)
                continue
            name = one.get(what) if what else None
            place = f"{self.place} / " if self.place else ""
            result.append(Part(one, self.report, f"{place}{key}" + (f" / {name}" if name else "")))
        if not isinstance(value, Seq | Map):
            self.wrong(key, _LIST)
        return result

    def part(self, key: str) -> Part | None:
        """Read one mapping."""
        value = self.get(key)
        if value is None:
            return None
        if not isinstance(value, Map):
            self.report.add("not_a_mapping", self.line_of(key), f"{self.place} / {key}".lstrip("/ "))
            return None
        return Part(value, self.report, f"{self.place} / {key}" if self.place else key)

    def cites(self, default: tuple[str, ...] | None = None) -> tuple[str, ...]:
        """Read the citations; without any, those of the whole to which the part belongs, or a fault."""
        value = self.get("cites")
        if value is None:
            if default is None:
                self.fault("no_citation")
            return default or ()
        listed = value if isinstance(value, list) else [value]
        result = []
        for one in listed:
            try:
                result.append(str(Address.parse(str(one))))
            except AddressError:
                self.fault("no_such_address", "cites", address=str(one))
        if not listed:
            self.fault("no_citation", "cites")
        return tuple(result)

    def reading(self) -> Chosen:
        """Read the reading under which the part exists."""
        value = self.get("reading")
        if value is None:
            return ()
        if not isinstance(value, Map):
            self.wrong("reading", "{question: candidate}")
            return ()
        return tuple(sorted((str(question), str(candidate)) for question, candidate in value.items()))

    def finish(self) -> None:
        """Report the keys that nobody asked for."""
        for key in self.raw:
            if key not in self._known:
                close = nearest(key, self._known)
                hint = Bilingual(zh=f"（{_said(close)}）" if close else "", en=f"; {close}" if close else "")
                self.fault("unknown_key", key, name=key, hint=hint, known=", ".join(dict.fromkeys(self._known)))


def _said(close: str) -> str:
    return close.replace("did you mean ", "是否为 ").rstrip("?") + "？"


def hint_for(name: str, known: Iterable[str]) -> Bilingual:
    """Suggest the nearest of the known names, ready to follow what was said."""
    close = nearest(name, known)
    return Bilingual(zh=f"（{_said(close)}）" if close else "", en=f"; {close}" if close else "")
