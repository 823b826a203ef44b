"""The festivals of the statute (全国年节及纪念日放假办法) and what they are called."""

from guiju.calendar.period import Language

FESTIVALS: dict[str, tuple[str, str]] = {
    "new_year": ("元旦", "New Year's Day"),
    "spring_festival": ("春节", "Spring Festival"),
    "qingming": ("清明节", "Qingming Festival"),
    "labour_day": ("劳动节", "Labour Day"),
    "dragon_boat": ("端午节", "Dragon Boat Festival"),
    "mid_autumn": ("中秋节", "Mid-Autumn Festival"),
    "national_day": ("国庆节", "National Day"),
    "victory_day": ("抗战胜利纪念日", "Victory Day"),
}
"""Festival -> its name in Chinese and in English."""


def festival_names(festivals: tuple[str, ...], lang: Language) -> str:
    """Name one festival, or several that share one break."""
    names = [FESTIVALS[festival][0 if lang == "zh" else 1] for festival in festivals]
    return ("、" if lang == "zh" else " and ").join(names)
