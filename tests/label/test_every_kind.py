"""What holds for every kind of file alike: written, valid, alone, idempotent, replaced, carried over, content kept."""

import shutil
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import cast

import av
import pytest
from av.audio.stream import AudioStream
from av.video.stream import VideoStream
from PIL import Image

from guiju import label
from guiju.label import Label, Permission
from guiju.label.formats import MODULES
from guiju.label.places import PLACES

MEDIA = Path(__file__).parents[2] / "examples" / "media"
MINE = Label.by_generator("ExampleLtd", "42")
OTHER = Label.by_generator("AnotherProviderWithALongName", "a-much-longer-number-of-this-content", "reserved")
PICTURES = ("png", "jpg", "gif", "webp", "tiff", "avif")
FILMS = ("mp4", "mov", "mkv", "webm", "avi", "flv")
SOUNDS = ("mp3", "wav", "flac", "ogg", "opus", "m4a", "aac")
DOCUMENTS = ("pdf", "docx", "html", "md")
ALL = PICTURES + FILMS + SOUNDS + DOCUMENTS
_CODECS = {"ogg": "libopus", "webm": "libvpx", "flv": "flv", "mp3": "libmp3lame", "flac": "flac", "opus": "libopus"}


@pytest.fixture(scope="session")
def originals(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One small unlabelled file of every kind."""
    folder = tmp_path_factory.mktemp("kinds")
    with Image.open(MEDIA / "cat.png") as cat:
        for ending in PICTURES:
            cat.convert("RGB").save(folder / f"file.{ending}")
    for ending in FILMS:
        _film(folder / f"file.{ending}")
    for ending in SOUNDS:
        _sound(folder / f"file.{ending}")
    for ending, name in zip(DOCUMENTS, ("paper.pdf", "letter.docx", "page.html", "notes.md"), strict=True):
        shutil.copy(MEDIA / name, folder / f"file.{ending}")
    return folder


def _film(path: Path) -> None:
    with av.open(str(MEDIA / "clip.mp4")) as old, av.open(str(path), "w") as out:
        stream = cast("VideoStream", out.add_stream(_CODECS.get(path.suffix[1:], "mpeg4"), rate=12))
        stream.width, stream.height, stream.pix_fmt = 320, 240, "yuv420p"
        for number, frame in enumerate(old.decode(video=0)):
            picture = av.VideoFrame.from_image(frame.to_image())
            picture.pts, picture.time_base = number, Fraction(1, 12)
            out.mux(stream.encode(picture))
        out.mux(stream.encode(None))


def _sound(path: Path) -> None:
    if path.suffix == ".wav":
        shutil.copy(MEDIA / "tone.wav", path)
        return
    rate = 48_000
    with av.open(str(MEDIA / "tone.wav")) as old, av.open(str(path), "w") as out:
        stream = cast("AudioStream", out.add_stream(_CODECS.get(path.suffix[1:], "aac"), rate=rate, layout="stereo"))
        stream.codec_context.open()
        resampler = av.AudioResampler(stream.format, "stereo", rate, frame_size=stream.frame_size or None)
        for frame in (*old.decode(audio=0), None):
            for piece in resampler.resample(frame):
                out.mux(stream.encode(piece))
        out.mux(stream.encode(None))


@pytest.fixture(params=ALL)
def file(request: pytest.FixtureRequest, originals: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(originals / f"file.{request.param}", tmp_path))


def content(path: Path) -> list[bytes]:
    """Return what people see and hear: decoded pixels, packets, or the text's own bytes."""
    if path.suffix[1:] in PICTURES:
        with Image.open(path) as picture:
            return [picture.tobytes()]
    if path.suffix[1:] in FILMS + SOUNDS:
        return list(_packets(path))
    return []


def _packets(path: Path) -> Iterator[bytes]:
    with av.open(str(path)) as container:
        for packet in container.demux():
            if packet.size:
                yield bytes(packet)


def test_every_kind_is_here(originals: Path) -> None:
    kinds = {label.read(path).kind for path in originals.iterdir()}
    assert kinds == set(MODULES)
    assert set(PLACES) == set(MODULES)


def test_written_it_is_valid_alone_and_in_the_main_place(file: Path) -> None:
    before = content(file)
    assert label.verify(file).status == label.ABSENT
    written = label.write(file, MINE)
    found = label.verify(file, "generator")
    assert (found.status, found.label, found.findings) == (label.VALID, MINE, ())
    assert found.places == (written.place,) == (PLACES[written.kind].main,)
    assert content(file) == before


def test_twice_changes_no_byte(file: Path) -> None:
    label.write(file, MINE)
    once = file.read_bytes()
    label.write(file, MINE)
    assert file.read_bytes() == once


def test_a_longer_label_and_back_again(file: Path) -> None:
    before = content(file)
    for one in (MINE, OTHER, MINE):
        label.write(file, one, permission=Permission(replace_label=True), log=file.parent / "log")
        found = label.verify(file)
        assert (found.status, found.label, len(found.places)) == (label.VALID, one, 1)
    assert content(file) == before


def test_a_platform_fills_its_fields(file: Path) -> None:
    label.write(file, MINE)
    passed_on = MINE.propagated("PlatformLtd", "p-7")
    label.write(file, passed_on)
    assert label.verify(file).label == passed_on


def test_a_label_is_carried_to_every_other_kind(file: Path, originals: Path, tmp_path: Path) -> None:
    label.write(file, OTHER)
    other = Path(shutil.copy(originals / "file.png", tmp_path / "target.png"))
    label.transplant(file, other)
    assert label.verify(other).label == OTHER


def test_a_file_cut_in_half_is_never_labelled_over(file: Path) -> None:
    """Half a file is damaged, or reads as a whole shorter one (text, streams); in no case does a label get lost."""
    label.write(file, MINE)
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    half = file.read_bytes()
    found = label.verify(file)
    if found.status in {label.UNDECIDED, label.INVALID}:
        with pytest.raises(label.LabelError):
            label.write(file, OTHER)
        assert file.read_bytes() == half
