"""The files with which a site is run elsewhere: what they name exists, and they close what can be closed."""

from __future__ import annotations

import configparser
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from guiju.cli import _parser, main

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
UNITS = sorted(DEPLOY.glob("*.service"))
SOURCES = [*(ROOT / "src/guiju/portal").rglob("*.py")]
_SETTING = re.compile(r"\b(?:GUIJU_[A-Z_]+|DATABASE_URL)\b")
_LISTED = re.compile(r"`((?:GUIJU|DATABASE)_[A-Z_]+)`")


def unit(path: Path) -> configparser.ConfigParser:
    read = configparser.ConfigParser(strict=False, interpolation=None)
    read.optionxform = str  # type: ignore[assignment,method-assign]
    read.read_string(path.read_text("utf-8"))
    return read


def test_every_setting_that_is_named_exists() -> None:
    known = {name for path in SOURCES for name in _SETTING.findall(path.read_text("utf-8"))}
    for path in DEPLOY.iterdir():
        assert set(_SETTING.findall(path.read_text("utf-8"))) <= known, path.name
    assert set(_LISTED.findall((ROOT / "docs/running.md").read_text("utf-8"))) <= known


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_a_unit_may_write_nothing_but_its_folder(path: Path) -> None:
    service = unit(path)["Service"]
    assert service["ProtectSystem"] == "strict"
    assert service["User"] not in ("", "root")
    assert service["StateDirectoryMode"] == "0700"
    for name in ("NoNewPrivileges", "PrivateTmp", "PrivateDevices", "ProtectHome", "MemoryDenyWriteExecute"):
        assert service[name] == "yes"
    assert "ReadWritePaths" not in service


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_a_unit_runs_verbs_that_there_are(path: Path) -> None:
    service = unit(path)["Service"]
    for name in ("ExecStartPre", "ExecStart"):
        if name in service:
            program, *arguments = service[name].split()
            assert program == "/opt/guiju/bin/guiju"
            assert _parser().parse_args(arguments)


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd's own check needs systemd")
@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_systemd_understands_it(path: Path, tmp_path: Path) -> None:
    """With a program that is there in place of the one that will be."""
    here = tmp_path / path.name
    here.write_text(
        path.read_text("utf-8").replace("/opt/guiju/bin/guiju", "/bin/true").replace("User=guiju", "User=root")
    )
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", "--generators=no", str(here)],
        check=False, capture_output=True, text=True,
    )  # fmt: skip
    assert path.name not in done.stderr, done.stderr


def test_the_image_runs_as_nobody_in_particular_from_pinned_parts() -> None:
    text = (DEPLOY / "Containerfile").read_text("utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    assert {line.split()[1] for line in lines if line.startswith("FROM")} == {"python:3.11-slim"}
    assert "--require-hashes" in text
    users = [line for line in lines if line.startswith("USER")]
    assert users == ["USER guiju"]
    assert lines.index("USER guiju") < next(n for n, line in enumerate(lines) if line.startswith("ENTRYPOINT"))
    for name in re.findall(r"-r /(requirements/\w+\.txt)", text):
        assert (ROOT / name).exists()
    for command in re.findall(r"^(?:CMD|HEALTHCHECK.*CMD) \[(.*)\]", text, re.MULTILINE):
        words = [word.strip(' "') for word in command.split(",")]
        assert _parser().parse_args(words[words.index("portal") :])


def test_nobody_answering_is_not_healthy(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["portal", "health", "--at", "127.0.0.1:1"]) == 1
    assert "127.0.0.1:1: " in capsys.readouterr().err
