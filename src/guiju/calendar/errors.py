"""What this room says when it cannot answer."""


class CalendarError(Exception):
    """A date or a year that the calendar cannot answer for; the message says why and what to do."""


class PeriodError(CalendarError):
    """A period that is not written as a law would write it; the message shows how to write it."""
