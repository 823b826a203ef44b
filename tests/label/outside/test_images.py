"""Pictures that we labelled, read by ExifTool: our label, no complaint, and all other tags as they were."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.label.formats.build_images import LABEL, SAMPLES, labelled

EXIFTOOL = os.environ.get("GUIJU_EXIFTOOL") or shutil.which("exiftool")
pytestmark = pytest.mark.skipif(not EXIFTOOL, reason="read in `make outside`: needs ExifTool")
ENDINGS = {"webp": ".webp", "gif": ".gif", "png": ".png", "jpeg": ".jpg", "tiff": ".tif"}
OURS = ("XMP-TC260:Aigc", "XMP-x:XMPToolkit")
EMPTIED = ("UserComment", "ImageDescription", "Comment", "AIGC", "Aigc")
CHANGING = (
    "FileSize",
    "FileModifyDate",
    "FileAccessDate",
    "FileInodeChangeDate",
    "FileName",
    "SourceFile",
    "Directory",
    "Validate",
    "GIFVersion",
    "FileType",
)
STRUCTURE = (
    "ExifTool:Warning",
    "MPImageStart",
    "MPImageLength",
    "PreviewImage",
    "WebP_Flags",
    "ImageWidth",
    "ImageHeight",
)


def read(folder: Path) -> dict[str, dict[str, object]]:
    command = [str(EXIFTOOL), "-json", "-G1", "-a", "-validate", "-warning", "-error", "-all", str(folder)]
    answer = subprocess.run(command, capture_output=True, check=False, text=True)
    return {Path(one["SourceFile"]).name: one for one in json.loads(answer.stdout)}


@pytest.fixture(scope="module")
def readings(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[dict[str, object], dict[str, object]]]:
    before, after = tmp_path_factory.mktemp("before"), tmp_path_factory.mktemp("after")
    for index, (module, build) in enumerate(SAMPLES.values()):
        name = f"{index}{ENDINGS[module.__name__.rpartition('.')[2]]}"
        data = build()
        (before / name).write_bytes(data)
        (after / name).write_bytes(labelled(module, data))
    old, new = read(before), read(after)
    by_index = {name.partition(".")[0]: name for name in new}
    return {sample: (old[by_index[str(i)]], new[by_index[str(i)]]) for i, sample in enumerate(SAMPLES)}


@pytest.mark.parametrize("sample", SAMPLES)
def test_exiftool_finds_the_label_and_no_fault(
    sample: str, readings: dict[str, tuple[dict[str, object], dict[str, object]]]
) -> None:
    before, after = readings[sample]
    assert json.dumps(after["XMP-TC260:Aigc"]) in {json.dumps(LABEL.bare()), json.dumps(json.loads(LABEL.bare()))}
    assert "ExifTool:Error" not in after
    faults = {value for key, value in after.items() if key.startswith("ExifTool:Warning")}
    known = {value for key, value in before.items() if key.startswith("ExifTool:Warning")}
    # The guide asks for type 7 (as reproduced, C2), ExifTool expects type 1: both are allowed by ISO 16684-3.
    assert faults - known <= {"Non-standard format (undef) for IFD0 0x02bc ApplicationNotes"}


@pytest.mark.parametrize("sample", SAMPLES)
def test_exiftool_finds_the_other_tags_unchanged(
    sample: str, readings: dict[str, tuple[dict[str, object], dict[str, object]]]
) -> None:
    before, after = readings[sample]
    skipped = (*OURS, *EMPTIED, *CHANGING, *STRUCTURE)
    old, new = ({key: value for key, value in one.items() if not key.endswith(skipped)} for one in (before, after))
    assert {key: new.get(key) for key in old} == old
