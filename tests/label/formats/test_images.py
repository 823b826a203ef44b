"""What holds for pictures of every format: one label, the picture untouched, damage told, hostile bytes survived."""

import io
import random
from collections.abc import Callable
from contextlib import suppress
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from guiju.label.errors import LabelError
from guiju.label.fields import Label
from guiju.label.formats.images import gif, jpeg, png, tiff, webp
from guiju.label.source import Source
from tests.label.formats.build_images import LABEL, OTHER, SAMPLES, labelled, pixels, places, texts

Sample = tuple[ModuleType, bytes]
MUTATIONS = {jpeg: 500, png: 670, webp: 340, gif: 1000, tiff: 400}
HEADS = {jpeg: b"\xff\xd8", png: b"\x89PNG\r\n\x1a\n", webp: b"RIFF", gif: b"GIF89a", tiff: b"II*\x00"}


@pytest.fixture(scope="module", params=SAMPLES)
def sample(request: pytest.FixtureRequest) -> Sample:
    module, build = SAMPLES[request.param]
    return module, build()


def test_the_label_stands_in_the_main_place_and_nowhere_else(sample: Sample) -> None:
    module, data = sample
    new = labelled(module, data)
    assert texts(module, new) == [LABEL.bare()]
    assert places(module, new) == [("xmp", True)]


def test_no_trace_of_an_older_label_stays_in_the_file(sample: Sample) -> None:
    module, data = sample
    first = labelled(module, data, OTHER)
    second = labelled(module, first)
    assert texts(module, second) == [LABEL.bare()]
    assert OTHER.produce_id.encode() not in second
    assert OTHER.produce_id.encode() not in labelled(module, data)


def test_labelling_twice_changes_no_byte(sample: Sample) -> None:
    module, data = sample
    once = labelled(module, data)
    assert labelled(module, once) == once
    longer = labelled(module, once, OTHER)
    assert labelled(module, longer, OTHER) == longer


def test_every_pixel_of_every_frame_stays(sample: Sample) -> None:
    module, data = sample
    assert pixels(labelled(module, data)) == pixels(data)


def test_other_metadata_stays(sample: Sample) -> None:
    module, data = sample
    kept = ("jfif_version", "dpi", "loop", "duration", "Title", "icc_profile", "compression", "background")
    with Image.open(io.BytesIO(data)) as before, Image.open(io.BytesIO(labelled(module, data))) as after:
        assert [before.info.get(key) for key in kept] == [after.info.get(key) for key in kept]
        assert after.getexif().get(0x010F) == before.getexif().get(0x010F)


def test_bytes_behind_the_end_stay(sample: Sample) -> None:
    module, data = sample
    new = labelled(module, data + b"trailing bytes")
    assert texts(module, new) == [LABEL.bare()]
    assert b"trailing bytes" in new if module is tiff else new.endswith(b"trailing bytes")


def test_a_cut_off_file_is_damaged_never_without_a_label(sample: Sample) -> None:
    module, data = sample
    for whole in (data, labelled(module, data)):
        content = whole.rstrip(b"\x00") if module is tiff else whole  # Pillow pads the pages of a TIFF file
        for length in range(len(content)):
            with pytest.raises(LabelError):
                module.contents(Source.of_bytes(whole[:length]))


def test_changed_bytes_give_a_result_or_a_label_error(sample: Sample) -> None:
    module, data = sample
    whole = labelled(module, data)
    chance = random.Random(20250901)
    for _ in range(MUTATIONS[module]):
        changed = bytearray(whole)
        for _ in range(chance.randint(1, 6)):
            changed[chance.randrange(len(changed))] = chance.choice((0, 1, 127, 128, 255, chance.randrange(256)))
        _survives(module, bytes(changed), LABEL)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_give_a_result_or_a_label_error(rest: bytes) -> None:
    for module, head in HEADS.items():
        _survives(module, head + rest, OTHER)


@settings(max_examples=25, deadline=None)
@given(st.builds(Label, *[st.text(st.characters(exclude_categories=["Cs"]), max_size=40)] * 7))
def test_any_text_in_the_fields_comes_back(label: Label) -> None:
    for module, build in _simple():
        assert texts(module, labelled(module, build(), label)) == [label.bare()]


def _simple() -> list[tuple[ModuleType, Callable[[], bytes]]]:
    return [SAMPLES[name] for name in ("jpeg", "png", "webp, lossy", "gif", "tiff")]


def _survives(module: ModuleType, data: bytes, label: Label) -> None:
    with suppress(LabelError):
        labelled(module, data, label)
    with suppress(LabelError):
        module.contents(Source.of_bytes(data))
