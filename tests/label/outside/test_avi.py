"""What other programs read in the AVI files that we labelled."""

from pathlib import Path

import pytest

from guiju.label.formats.film import avi as module
from tests.label.formats.build_avi import chunk, info, open_dml, simple
from tests.label.formats.build_media import LABEL, LONGER, labelled, video
from tests.label.outside.media_readers import READERS, Reader, complaints

TEXTS = info((b"INAM", b"a title\0"))
BUILT = {
    "behind the media": simple(TEXTS),
    "in filler": simple(TEXTS, chunk(b"JUNK", bytes(500))),
    "several RIFFs": open_dml(TEXTS),
    "one RIFF with new indexes": open_dml(TEXTS, riffs=1),
}


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("case", BUILT)
def test_the_label_and_the_title_are_read_wherever_the_list_stands(tmp_path: Path, reader: Reader, case: str) -> None:
    path = tmp_path / "film.avi"
    path.write_bytes(BUILT[case])
    before = reader(path)
    path.write_bytes(labelled(module, BUILT[case]))
    after = reader(path)
    assert LABEL.bare() in after["AIGC"]
    assert after["TITLE"] == before["TITLE"] == "a title"
    assert complaints(after) == complaints(before)


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("codec", ["mpeg4", "mjpeg"])
def test_the_label_is_read_in_films_of_ffmpeg(tmp_path: Path, reader: Reader, codec: str) -> None:
    path = tmp_path / "film.avi"
    data = video(path, "avi", codec, title="a title")
    before = reader(path)
    for label in (LABEL, LONGER):
        path.write_bytes(data := labelled(module, data, label))
        after = reader(path)
        assert label.bare() in after["AIGC"]
        assert after["TITLE"] == before["TITLE"] == "a title"
        assert complaints(after) == complaints(before)
