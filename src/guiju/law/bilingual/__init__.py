"""Where the Chinese and the English text of one law do not say the same."""

from guiju.law.bilingual.comparison import LanguagesUnfit, compare_languages
from guiju.law.bilingual.differences import MEANINGS, Code, Difference, Severity

__all__ = ["MEANINGS", "Code", "Difference", "LanguagesUnfit", "Severity", "compare_languages"]
