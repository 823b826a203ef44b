"""Everything that can be wrong with an address, a citation, a published file or a stored text."""


class LawError(ValueError):
    """Base of all errors of this room; its message says what is wrong, where, and how to put it right.

    A ValueError, as all errors are that a person can mend and the command line tells without a traceback.
    """


class NumeralError(LawError):
    """A text is not a Chinese numeral, or a number has no Chinese numeral here."""


class AddressError(LawError):
    """A text is not an address of the form ``law:article.paragraph.item``."""


class CitationError(LawError):
    """A text is not a citation of a provision, or does not say of which law."""


class ImportRefused(LawError):  # noqa: N818 - it is the refusal that is reported, nothing was attempted
    """A file cannot be imported; nothing has been written."""


class StoreError(LawError):
    """A stored text is missing, damaged, or written by another version of the program."""


class NoSuchProvision(LawError):  # noqa: N818 - named for what the reader is told
    """An address is well formed, but the text has nothing there."""
