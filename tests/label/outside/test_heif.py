"""What other programs read in the HEIC and AVIF files that we labelled."""

import hashlib
import io
import json
import os
import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from guiju.label.formats import xmp
from guiju.label.formats.boxes import heif
from tests.label.formats import build_heif as build
from tests.label.formats.build_mp4 import LABEL, LONGER, found, labelled

pillow_heif = pytest.importorskip("pillow_heif", reason="read in `make outside`")
EXIFTOOL = os.environ.get("GUIJU_EXIFTOOL") or shutil.which("exiftool")
CASES: dict[str, dict[str, Any]] = {
    "plain": {},
    "XMP": {"xmp": build.XMP},
    "Exif": {"description": "a cat"},
    "two images": {"images": 2},
}


@cache
def heic(case: str) -> bytes:
    """A HEIC file by libheif."""
    options = CASES[case]
    picture = Image.radial_gradient("L").resize((64, 48)).convert("RGB")
    exif = Image.Exif()
    if description := options.get("description"):
        exif[0x010E] = description
    file = pillow_heif.from_pillow(picture)
    if options.get("images"):
        file.add_from_pillow(picture.rotate(90))
    out = io.BytesIO()
    tags = {"exif": exif.tobytes()} if "description" in options else {}
    packet = {"xmp": options["xmp"]} if "xmp" in options else {}
    file.save(out, quality=60, **tags, **packet)
    return out.getvalue()


def pixels(data: bytes) -> list[str]:
    return [hashlib.sha256(bytes(image.data)).hexdigest() for image in pillow_heif.open_heif(io.BytesIO(data))]


@pytest.mark.parametrize("label", [LABEL, LONGER], ids=["short", "long"])
@pytest.mark.parametrize("case", CASES)
def test_libheif_reads_the_label_and_the_same_pixels(case: str, label: object) -> None:
    old = heic(case)
    new = labelled(heif, labelled(heif, old), LONGER) if label is LONGER else labelled(heif, old)
    wanted = (LONGER if label is LONGER else LABEL).bare()
    assert pixels(new) == pixels(old)
    before, after = (pillow_heif.open_heif(io.BytesIO(data)) for data in (old, new))
    assert xmp.values(after.info["xmp"]) == (wanted,)
    assert after.info["exif"] == before.info["exif"]
    assert (b"dc:format" in after.info["xmp"]) == (case == "XMP")
    assert found(heif, new) == [("xmp", wanted)]


@pytest.mark.skipif(not EXIFTOOL, reason="read in `make outside`")
@pytest.mark.parametrize("case", [*CASES, "AVIF", "AVIF sequence"])
def test_exiftool_reads_the_label(case: str, tmp_path: Path) -> None:
    avif = {"AVIF": build.avif(xmp=build.XMP), "AVIF sequence": build.avif(frames=3)}
    path = tmp_path / "picture"
    path.write_bytes(labelled(heif, avif[case] if case in avif else heic(case)))
    command = [str(EXIFTOOL), "-j", "-G1", str(path)]
    (seen,) = json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout)
    assert seen["XMP-TC260:Aigc"] == LABEL.as_dict() or seen["XMP-TC260:Aigc"] == LABEL.bare()
    assert "ExifTool:Warning" not in seen
