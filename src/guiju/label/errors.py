"""What can stop this room from reading or writing a label: stable codes, texts in both languages."""

from __future__ import annotations

from guiju.bilingual import Bilingual


class LabelError(ValueError):
    """Nothing was written; `code` is stable, `reason` says what, where and how to go on."""

    def __init__(self, code: str, reason: Bilingual, *, path: str = "") -> None:
        self.code = code
        self.reason = reason
        self.path = path
        super().__init__(self.text("en"))

    def text(self, lang: str) -> str:
        """Return the message in `zh` or `en`, with the file's name in front where it is known."""
        return f"{self.path}: {self.reason.get(lang)}" if self.path else self.reason.get(lang)

    def at(self, path: str) -> LabelError:
        """Return the same error with the file's name."""
        return type(self)(self.code, self.reason, path=path)


class DamagedError(LabelError):
    """The file's structure contradicts itself or ends early: what it holds cannot be told."""

    @classmethod
    def because(cls, zh: str, en: str) -> DamagedError:
        """Return the error for a broken structure, described in both languages."""
        return cls("damaged", Bilingual(zh=f"文件损坏：{zh}", en=f"the file is damaged: {en}"))


class TooLargeError(LabelError):
    """Reading on would take more memory or time than the limits allow."""

    @classmethod
    def because(cls, zh: str, en: str) -> TooLargeError:
        """Return the error for a limit that was reached, described in both languages."""
        return cls("too_large", Bilingual(zh=f"超出读取限度：{zh}", en=f"beyond the reading limits: {en}"))


class RefusedError(LabelError):
    """A label cannot be written here safely; the code says why."""

    @classmethod
    def because(cls, code: str, zh: str, en: str) -> RefusedError:
        """Return a refusal with its stable code and its reason in both languages."""
        return cls(code, Bilingual(zh=zh, en=en))
