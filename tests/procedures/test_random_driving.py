"""Random acts on every case type at hand: no illegal state can be reached, and what happened can be replayed."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.procedures.at_hand import every_key, loaded
from tests.procedures.driving import drive, repeat


@pytest.mark.parametrize("key", every_key())
@settings(max_examples=20, phases=(Phase.generate, Phase.shrink), suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_whatever_people_try_the_case_stays_lawful(key: str, data: st.DataObject) -> None:
    kind = loaded(key)
    case = drive(kind, data)
    assert repeat(case, kind) == case
