"""Labels: how long writing and reading take, beside other people's writers, on files made here."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.timing import Line, Section, medians
from guiju import label
from guiju.label import Label

MINE = Label.by_generator("ExampleLtd", "0f3d1c52a8a14d0c9a1b")


def sections() -> Iterator[Section]:
    """Make the files in a temporary folder and yield one section after another."""
    with tempfile.TemporaryDirectory() as folder, _exiftool() as exiftool:
        files = Path(folder)
        yield _section("12-megapixel JPEG", _jpeg(files / "big.jpg"), _picture_peers(exiftool), "copy of the file")
        yield _section("10 MB MP4, moov last", _mp4(files / "ten.mp4", 10), {"PyAV remux": _remux}, "PyAV remux")
        yield _section("101 MB MP4", _mp4(files / "hundred.mp4", 101), {"PyAV remux": _remux}, "copy of the file")
        yield _reading(files, exiftool)
        yield _memory(files / "hundred.mp4")
        yield _folder(files / "mixed", exiftool)


def _section(title: str, path: Path, peers: dict[str, Callable[[Path], object]], beside: str) -> Section:
    """Time writers that each get a fresh copy of the file; the copy is in every time, as a user would pay for it."""
    target = path.with_name(f"work{path.suffix}")

    def on_copy(work: Callable[[Path], object]) -> Callable[[], object]:
        def run() -> object:
            shutil.copyfile(path, target)
            return work(target)

        return run

    def guiju_out() -> object:
        return label.write(path, MINE, out=target)

    def guiju_streamed() -> object:
        with label.Source.of_path(path) as source, target.open("wb", buffering=0) as out:
            label.plan_label(source, MINE).plan.write_to(source, out)
        return target

    works: dict[str, Callable[[], object]] = {
        "copy of the file": on_copy(lambda _: None),
        "guiju, bytes inserted into a copy": guiju_streamed,
        "guiju, with fsync, read-back and atomic replace": guiju_out,
    }
    works |= {name: on_copy(work) for name, work in peers.items()}
    # Whoever comes next would pay for freeing the pages of the file before.
    times = medians(works, before=lambda: target.unlink(missing_ok=True))
    return Section(
        f"Writing: {title}, {path.stat().st_size / 1e6:.1f} MB", [Line(n, t) for n, t in times.items()], beside
    )


def _picture_peers(exiftool: Callable[[str], str] | None) -> dict[str, Callable[[Path], object]]:
    import piexif
    import piexif.helper

    def with_piexif(path: Path) -> object:
        comment = piexif.helper.UserComment.dump(MINE.wrapped())
        piexif.insert(piexif.dump({"Exif": {piexif.ExifIFD.UserComment: comment}}), str(path))
        return path

    peers: dict[str, Callable[[Path], object]] = {"piexif (UserComment)": with_piexif}
    if shutil.which("exempi") or _has_exempi():
        peers["exempi (python-xmp-toolkit)"] = _with_exempi
    if exiftool is not None:
        peers["exiftool -stay_open (UserComment)"] = lambda path: exiftool(
            f"-overwrite_original\n-UserComment={MINE.wrapped()}\n{path}"
        )
    return peers


def _has_exempi() -> bool:
    try:
        import libxmp  # noqa: F401
    except Exception:
        return False
    return True


def _with_exempi(path: Path) -> object:
    from libxmp import XMPFiles, XMPMeta

    space = "http://www.tc260.org.cn/ns/AIGC/1.0/"
    XMPMeta.register_namespace(space, "TC260")
    file = XMPFiles(file_path=str(path), open_forupdate=True)
    packet = file.get_xmp() or XMPMeta()
    packet.set_property(space, "AIGC", MINE.bare())
    file.put_xmp(packet)
    file.close_file()
    return path


def _remux(path: Path) -> object:
    import av

    new = path.with_name("remuxed.mp4")
    with av.open(str(path)) as old, av.open(str(new), "w", options={"movflags": "use_metadata_tags"}) as out:
        out.metadata["AIGC"] = MINE.bare()
        streams = {stream.index: out.add_stream_from_template(stream) for stream in old.streams}
        for packet in old.demux():
            if packet.size:
                packet.stream = streams[packet.stream.index]
                out.mux(packet)
    new.replace(path)
    return path


def _reading(files: Path, exiftool: Callable[[str], str] | None) -> Section:
    jpeg, film = files / "labelled.jpg", files / "labelled.mp4"
    label.write(files / "big.jpg", MINE, out=jpeg)
    label.write(files / "ten.mp4", MINE, out=film)
    works: dict[str, Callable[[], object]] = {
        "guiju, JPEG": lambda: label.read(jpeg),
        "guiju, MP4": lambda: label.read(film),
        "guiju verify, JPEG": lambda: label.verify(jpeg),
    }
    if exiftool is not None:
        works["exiftool -stay_open, JPEG"] = lambda: exiftool(f"-XMP-TC260:all\n{jpeg}")
    if shutil.which("ffprobe"):
        command = ["ffprobe", "-v", "quiet", "-show_format", "-of", "json", str(film)]
        works["ffprobe, MP4"] = lambda: subprocess.run(command, capture_output=True, check=True)
    return Section("Reading a label", [Line(n, t) for n, t in medians(works).items()], "guiju, JPEG")


def _memory(film: Path) -> Section:
    """Measure the peak memory of a process that labels the large film; the line's time is that of the process."""
    code = (
        "import sys, time; start = time.perf_counter()\n"
        "from bench.memory import peak_memory\n"
        "from guiju import label\n"
        "label.write(sys.argv[1], label.Label.by_generator('x', '1'), out=sys.argv[1] + '.out')\n"
        "print(time.perf_counter() - start, peak_memory())"
    )
    out = subprocess.run([sys.executable, "-c", code, str(film)], capture_output=True, text=True, check=True).stdout
    seconds, kilobytes = out.split()
    line = Line("guiju in a process of its own", float(seconds), f"peak memory {int(kilobytes) / 1024:.0f} MB")
    return Section("Labelling 101 MB of MP4", [line], line.what)


def _folder(folder: Path, exiftool: Callable[[str], str] | None) -> Section:
    """Label and verify 10,000 mixed files, once each: these are whole commands."""
    media = Path(__file__).parent.parent / "examples" / "media"
    kinds = sorted(media.iterdir())
    folder.mkdir()
    for number in range(10_000):
        kind = kinds[number % len(kinds)]
        shutil.copyfile(kind, folder / f"{number:05}{kind.suffix}")
    from time import perf_counter

    command = [sys.executable, "-m", "guiju", "label"]
    lines = []
    for verb, extra in (("write", ["--producer", "ExampleLtd"]), ("verify", [])):
        start = perf_counter()
        subprocess.run([*command, verb, str(folder), "-r", "-q", *extra], check=True, stdout=subprocess.DEVNULL)
        seconds = perf_counter() - start
        lines.append(
            Line(f"guiju label {verb}, {os.cpu_count()} processes", seconds, f"{10_000 / seconds:,.0f} files/s")
        )
    if exiftool is not None:
        start = perf_counter()
        exiftool(f"-r\n-G1\n-j\n-*AIGC*\n-UserComment\n{folder}")
        seconds = perf_counter() - start
        lines.append(Line("exiftool, one batch, reading", seconds, f"{10_000 / seconds:,.0f} files/s"))
    return Section("A folder of 10,000 mixed files", lines, lines[1].what)


@contextmanager
def _exiftool() -> Iterator[Callable[[str], str] | None]:
    """Keep one ExifTool process open, as its users do for speed; nothing where it is not installed."""
    command = os.environ.get("GUIJU_EXIFTOOL") or shutil.which("exiftool")
    if not command:
        yield None
        return
    process = subprocess.Popen(
        [*command.split(), "-stay_open", "True", "-@", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )

    def ask(arguments: str) -> str:
        if process.stdin is None or process.stdout is None:
            raise AssertionError("both are pipes")
        process.stdin.write(f"{arguments}\n-execute\n")
        process.stdin.flush()
        lines = iter(process.stdout.readline, "{ready}\n")
        return "".join(lines)

    try:
        yield ask
    finally:
        process.communicate("-stay_open\nFalse\n")


def _jpeg(path: Path) -> Path:
    from PIL import Image

    small = Image.effect_noise((500, 375), 40).convert("RGB")
    small.resize((4000, 3000), Image.Resampling.BICUBIC).save(path, quality=90)
    return path


def _mp4(path: Path, megabytes: int) -> Path:
    """Write noise as Motion-JPEG video until the file has its size."""
    import av
    from av.video.frame import VideoFrame
    from PIL import Image

    frame = Image.effect_noise((1920, 1080), 60).convert("RGB")
    buffer = io.BytesIO()
    frame.save(buffer, "JPEG", quality=80)
    with av.open(str(path), "w") as out:
        stream = out.add_stream("mjpeg", rate=30)
        stream.width, stream.height, stream.pix_fmt = 1920, 1080, "yuvj420p"
        first = stream.encode(VideoFrame.from_image(frame).reformat(format="yuvj420p"))
        count = max(1, round(megabytes * 1.5e6 / max(1, sum(packet.size for packet in first))))
        out.mux(first)
        for number in range(1, count):
            image = VideoFrame.from_image(frame).reformat(format="yuvj420p")
            image.pts = number
            out.mux(stream.encode(image))
        out.mux(stream.encode(None))
    return path


if __name__ == "__main__":
    from bench.timing import print_section

    print(f"{os.cpu_count()} processors, load average {os.getloadavg()[0]:.1f}")
    for one in sections():
        print_section(one)
