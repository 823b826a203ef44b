"""Why an explicit label was not written."""

from __future__ import annotations

from guiju.bilingual import Bilingual
from guiju.label.errors import LabelError


class ExplicitLabelError(LabelError):
    """An explicit label cannot be written or told; the file is as it was. `code` is stable."""

    @classmethod
    def because(cls, code: str, zh: str, en: str) -> ExplicitLabelError:
        """Return the error with its stable code and its reason in both languages."""
        return cls(code, Bilingual(zh=zh, en=en))


_EXTRAS = {"Pillow": "label", "PyAV": "media"}


def not_installed(package: str) -> ExplicitLabelError:
    """Return the error for an optional package that is missing."""
    extra = _EXTRAS[package]
    return ExplicitLabelError.because(
        "not_installed",
        f"处理此类文件需要 {package}；请安装 guiju[{extra}]",
        f"this kind of file needs {package}; install guiju[{extra}]",
    )
