"""The tree of mail4:13."""

from __future__ import annotations

from collections import Counter

import pytest
from django.db import IntegrityError, transaction

from guiju.portal.authorities.models import Authority, Office
from guiju.portal.authorities.seeding import plant, seeds

pytestmark = pytest.mark.usefixtures("db")


def test_there_is_the_nation_31_provinces_and_the_cities_of_13_2() -> None:
    parties = Counter(Authority.objects.values_list("party", flat=True))
    assert parties == {
        "national_authority": 1, "provincial_authority": 31, "local_authority": 49, "cyberspace_authority": 1,
    }  # fmt: skip


def test_capitals_zones_and_larger_cities_are_those_of_13_2() -> None:
    import yaml

    from guiju.portal.authorities import seeding

    tree = yaml.safe_load(seeding._FILE.read_text("utf-8"))
    cities = [city for province in tree["provinces"] for city in province.get("cities", ())]
    assert Counter(city["as"] for city in cities) == {"capital": 27, "zone": 4, "larger": 18}
    capitals = Counter(city["code"][:2] for city in cities if city["as"] == "capital")
    assert set(capitals.values()) == {1}
    municipalities = {"11", "12", "31", "50"}
    assert {province["code"][:2] for province in tree["provinces"]} == set(capitals) | municipalities


def test_every_city_lies_in_its_province_and_every_province_under_the_nation() -> None:
    for authority in Authority.objects.filter(party="local_authority").select_related("above"):
        assert authority.above is not None
        assert authority.code[:2] == authority.above.code[:2]
        assert authority.path == f"000000/{authority.above.code}/{authority.code}/"
    assert {one.above.code for one in Authority.objects.filter(party="provincial_authority") if one.above} == {"000000"}


def test_codes_are_written_once_and_every_authority_has_an_office_that_receives() -> None:
    codes = [seed.code for seed in seeds()]
    assert len(codes) == len(set(codes))
    assert Office.objects.filter(receives=True).count() == Authority.objects.count()


def test_an_authority_has_one_office_that_receives() -> None:
    authority = Authority.objects.get(code="330000")
    with pytest.raises(IntegrityError), transaction.atomic():
        Office.objects.create(authority=authority, code="330000-2", zh="二处", en="Second", receives=True)


def test_planting_again_keeps_what_was_changed_by_hand() -> None:
    Authority.objects.filter(code="330000").update(zh="浙江省人工智能局")
    plant(Authority, Office)
    assert Authority.objects.get(code="330000").zh == "浙江省人工智能局"
    assert Authority.objects.count() == 82
