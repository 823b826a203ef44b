"""The tree of tree.yaml, put into the tables; running it again changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

NATIONAL, PROVINCIAL, LOCAL, CYBERSPACE = (
    "national_authority", "provincial_authority", "local_authority", "cyberspace_authority",
)  # fmt: skip
_WHOLE_COUNTRY = "000000"
_FILE = Path(__file__).with_name("tree.yaml")


@dataclass(frozen=True, slots=True)
class Seed:
    """One authority of the file, after the one above it."""

    code: str
    party: str
    area: str
    values: dict[str, str]
    above: str | None


def seeds() -> Iterator[Seed]:
    """Yield the authorities from the top down."""
    tree = yaml.safe_load(_FILE.read_text("utf-8"))
    for name, party in (("national", NATIONAL), ("cyberspace", CYBERSPACE)):
        values = dict(tree[name])
        yield Seed(values.pop("code"), party, _WHOLE_COUNTRY, values, None)
    for province in tree["provinces"]:
        yield _of_area(province, PROVINCIAL, tree["names"]["province"], tree["national"]["code"])
        for city in province.get("cities", ()):
            yield _of_area(city, LOCAL, tree["names"]["city"], province["code"])


def _of_area(place: dict[str, Any], party: str, names: dict[str, str], above: str) -> Seed:
    values = {lang: names[lang].format(area=place[lang]) for lang in ("zh", "en")}
    return Seed(place["code"], party, place["code"], {**values, "area_zh": place["zh"], "area_en": place["en"]}, above)


def plant(authorities: Any, offices: Any) -> None:
    """Put every authority of the file into the tables, each with an office that receives, if it is not there yet.

    Takes the models, since a migration has its own; what was changed by hand since is left as it is.
    """
    office = yaml.safe_load(_FILE.read_text("utf-8"))["office"]
    planted: dict[str, Any] = {}
    for seed in seeds():
        above = planted.get(seed.above) if seed.above else None
        path = f"{above.path if above else ''}{seed.code}/"
        values = {"party": seed.party, "area": seed.area, "above": above, "path": path, **seed.values}
        planted[seed.code], _ = authorities.objects.get_or_create(code=seed.code, defaults=values)
        offices.objects.get_or_create(
            code=f"{seed.code}-1", defaults={"authority": planted[seed.code], "receives": True, **office}
        )
