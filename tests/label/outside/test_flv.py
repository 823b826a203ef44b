"""What other programs read in the FLV files that we labelled."""

from pathlib import Path

import pytest

from guiju.label.formats.film import flv as module
from tests.label.formats.build_media import LABEL, LONGER, labelled, video
from tests.label.outside.media_readers import READERS, Reader, complaints


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("options", [{}, {"flvflags": "add_keyframe_index"}, {"flvflags": "no_metadata"}])
def test_the_label_is_read_in_films_of_ffmpeg(tmp_path: Path, reader: Reader, options: dict[str, str]) -> None:
    path = tmp_path / "film.flv"
    data = video(path, "flv", "flv1", options=options, artist="me")
    before = reader(path)
    for label in (LABEL, LONGER):
        path.write_bytes(data := labelled(module, data, label))
        after = reader(path)
        assert after["AIGC"] == label.bare()
        assert complaints(after) == complaints(before)
        assert after.get("ARTIST") == before.get("ARTIST")
        assert after.get("DURATION") == before.get("DURATION")
