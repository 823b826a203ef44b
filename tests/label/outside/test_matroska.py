"""What other programs read in the Matroska and WebM files that we labelled."""

from pathlib import Path

import pytest

from guiju.label.formats.film import matroska as module
from tests.label.formats.build_matroska import matroska, simple, tag, void
from tests.label.formats.build_media import LABEL, LONGER, labelled, video
from tests.label.outside.media_readers import READERS, Reader, complaints

TITLE = tag(simple("TITLE", "a title"))
BUILT = {
    "moved clusters": matroska("seek", "info", "tracks", "clusters", "cues"),
    "in filler": matroska("seek", void(500), "info", "tracks", "clusters", "cues"),
    "at the end": matroska("seek", void(60), "info", "tracks", "tags", "clusters", "cues", tags=TITLE),
    "grown at the end": matroska("seek", "info", "tracks", "clusters", "cues", "tags", tags=TITLE),
    "checksums": matroska("seek", "info", "tracks", "tags", "clusters", "cues", tags=TITLE, crc=True),
    "live": matroska("info", "tracks", "clusters", open_segment=True, open_clusters=True),
}


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("case", BUILT)
def test_the_label_is_read_wherever_the_tags_stand(tmp_path: Path, reader: Reader, case: str) -> None:
    path = tmp_path / "film.mkv"
    path.write_bytes(BUILT[case])
    before = reader(path)
    path.write_bytes(labelled(module, BUILT[case]))
    after = reader(path)
    assert after["AIGC"] == LABEL.bare()
    assert complaints(after) == complaints(before)


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize(("form", "codec"), [("matroska", "libx264"), ("webm", "libvpx")])
def test_the_label_is_read_in_films_of_ffmpeg(tmp_path: Path, reader: Reader, form: str, codec: str) -> None:
    path = tmp_path / f"film.{form}"
    data = video(path, form, codec, title="a title")
    before = reader(path)
    for label in (LABEL, LONGER):
        path.write_bytes(data := labelled(module, data, label))
        after = reader(path)
        assert after["AIGC"] == label.bare()
        assert complaints(after) == complaints(before)
        assert after.get("TITLE") == before.get("TITLE") == "a title"
        assert after.get("DURATION") == before.get("DURATION")
