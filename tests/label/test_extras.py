"""The optional extras where their packages are missing, and what their options ask for: told before all else."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiju import label
from guiju.cli import main
from guiju.label import Label, RefusedError
from guiju.label import c2pa as signing
from guiju.label.watermark import embed, extract
from guiju.label.watermark_frame import FRAME_BITS, framed, seeds, unframed
from tests.label.certificates import chain
from tests.label.pictures import png

TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=32).filter(
    lambda text: len(text.encode()) <= 32
)


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "cat.png"
    path.write_bytes(png())
    label.write(path, Label.by_generator("ExampleLtd", "42"))
    return path


@pytest.fixture
def missing(monkeypatch: pytest.MonkeyPatch) -> None:
    real = importlib.util.find_spec
    absent = {"c2pa", "blind_watermark"}
    monkeypatch.setattr("guiju.label.extras.find_spec", lambda name: None if name in absent else real(name))


@pytest.mark.usefixtures("missing")
def test_signing_without_the_package_says_what_to_install(picture: Path, tmp_path: Path) -> None:
    certificates, key = chain(tmp_path)
    before = picture.read_bytes()
    with pytest.raises(RefusedError) as caught:
        signing.sign(picture, certificates=certificates, key=key)
    assert caught.value.code == "not_installed"
    assert caught.value.text("en") == f"{picture}: this needs c2pa-python; install guiju[c2pa]"
    assert caught.value.text("zh") == f"{picture}: 此功能需要 c2pa-python；请安装 guiju[c2pa]"
    assert picture.read_bytes() == before


@pytest.mark.usefixtures("missing")
def test_a_watermark_without_the_package_says_what_to_install(picture: Path) -> None:
    for act in (lambda: embed(picture, "42", password="x"), lambda: extract(picture, password="x")):
        with pytest.raises(RefusedError) as caught:
            act()
        assert caught.value.code == "not_installed"
        assert caught.value.text("en") == f"{picture}: this needs blind-watermark; install guiju[watermark]"


@pytest.mark.usefixtures("missing")
def test_the_command_says_so_before_any_file_is_touched(
    picture: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    certificates, key = chain(tmp_path)
    (tmp_path / "password").write_text("secret")
    before = picture.read_bytes()
    options = ("--c2pa-certificates", str(certificates), "--c2pa-key", str(key))
    assert main(["label", "write", str(picture), "--producer", "ExampleLtd", *options]) == 2
    assert capsys.readouterr().err == "error: this needs c2pa-python; install guiju[c2pa]\n"
    options = ("--watermark", "42", "--watermark-password-file", str(tmp_path / "password"))
    assert main(["label", "write", str(picture), "--producer", "ExampleLtd", *options]) == 2
    assert capsys.readouterr().err == "error: this needs blind-watermark; install guiju[watermark]\n"
    assert picture.read_bytes() == before


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--c2pa-key", "key.pem"), "to sign with C2PA give both --c2pa-certificates and --c2pa-key"),
        (("--c2pa-certificates", "chain.pem"), "to sign with C2PA give both --c2pa-certificates and --c2pa-key"),
        (("--c2pa-software", "Model"), "to sign with C2PA give both --c2pa-certificates and --c2pa-key"),
        (
            ("--role", "propagator", "--propagator", "P", "--c2pa-certificates", "chain.pem", "--c2pa-key", "key.pem"),
            "signing with C2PA says who made the content; it is for --role generator only",
        ),
        (("--watermark", "42"), "for a watermark give both --watermark and --watermark-password-file"),
        (("--watermark-password-file", "p"), "for a watermark give both --watermark and --watermark-password-file"),
    ],
)
def test_options_that_do_not_fit(
    options: tuple[str, ...], message: str, picture: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["label", "write", str(picture), "--producer", "ExampleLtd", *options]) == 2
    assert capsys.readouterr().err == f"error: {message}\n"


@given(TEXTS)
def test_a_text_comes_back_from_its_bits(text: str) -> None:
    bits = framed(text)
    assert len(bits) == FRAME_BITS
    assert unframed(bits) == text


@given(TEXTS, st.integers(0, FRAME_BITS - 1))
def test_one_wrong_bit_is_noticed(text: str, at: int) -> None:
    bits = framed(text)
    bits[at] = not bits[at]
    assert unframed(bits) is None


def test_noise_is_no_text() -> None:
    assert unframed([False] * FRAME_BITS) is None
    assert unframed([True] * FRAME_BITS) is None


def test_passwords_scatter_differently() -> None:
    assert seeds("one") == seeds("one")
    assert seeds("one") != seeds("two")
