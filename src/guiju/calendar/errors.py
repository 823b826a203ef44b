"""What this room says when it cannot answer, in both languages."""


class CalendarError(ValueError):
    """A date, a year or a count that the calendar cannot answer for; says why and what to do."""

    def __init__(self, en: str, zh: str) -> None:
        super().__init__(en)
        self._zh = zh

    def text(self, lang: str) -> str:
        """Return the message in Chinese (``zh``) or English."""
        return self._zh if lang == "zh" else str(self)


class PeriodError(CalendarError):
    """A period that is not written as a law would write it; shows how to write it."""
