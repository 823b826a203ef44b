"""C2PA claims on labelled files: valid for the library that everybody uses, and the label still valid for us."""

from __future__ import annotations

import io
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from PIL import Image, PngImagePlugin

from guiju import label
from guiju.cli import main
from guiju.label import Label, Permission, RefusedError
from guiju.label import c2pa as signing
from guiju.label.c2pa_store import Manifest
from tests.label.certificates import Key, chain, write_key
from tests.label.formats.build_images import packet, saved
from tests.label.pictures import pixels, png

c2pa = pytest.importorskip("c2pa", reason="read in `make outside`")

MEDIA = Path(__file__).parents[3] / "examples" / "media"
MINE = Label.by_generator("ExampleLtd", "42")
OTHER = Label.by_generator("ExampleLtd", "43")
Keys = dict[str, Any]
FORCED = Permission(replace_label=True, break_seals=True)
TYPES = {
    "jpg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
    "gif": "image/gif",
    "tiff": "image/tiff",
    "avif": "image/avif",
    "mp4": "video/mp4",
    "mp3": "audio/mpeg",
    "wav": "audio/wav",
    "flac": "audio/flac",
    "pdf": "application/pdf",
}


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Keys:
    certificates, key = chain(tmp_path_factory.mktemp("keys"))
    return {"certificates": certificates, "key": key}


@pytest.fixture
def make(tmp_path: Path) -> Callable[[str], Path]:
    """Make a small unlabelled file of a kind."""

    def made(ending: str) -> Path:
        path = tmp_path / f"file.{ending}"
        examples = {one.suffix[1:]: one for one in MEDIA.iterdir()}
        if ending in examples:
            shutil.copy(examples[ending], path)
        elif ending == "flac":
            _flac(path)
        else:
            with Image.open(MEDIA / "cat.png") as cat:
                cat.convert("RGB").save(path)
        return path

    return made


def _flac(path: Path) -> None:
    import av

    with av.open(str(MEDIA / "tone.wav")) as old, av.open(str(path), "w") as out:
        stream = out.add_stream("flac", rate=old.streams.audio[0].rate)
        for frame in old.decode(audio=0):
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))


def store(path: Path) -> tuple[str, dict[str, Any], list[str]]:
    """What the library says: the state, the active manifest, the labels of all manifests."""
    with path.open("rb") as stream, c2pa.Reader(TYPES[path.suffix[1:]], stream) as reader:
        content = json.loads(reader.json())
        state = reader.get_validation_state()
    active = content["active_manifest"]
    return state, content["manifests"][active], sorted(content["manifests"])


def actions(manifest: dict[str, Any]) -> list[dict[str, Any]]:
    (found,) = (one for one in manifest["assertions"] if one["label"].startswith("c2pa.actions"))
    return list(found["data"]["actions"])


@pytest.mark.parametrize("ending", TYPES)
def test_a_labelled_file_is_signed_and_both_hold(ending: str, make: Callable[[str], Path], keys: Keys) -> None:
    path = make(ending)
    label.write(path, MINE)
    signed = signing.sign(path, **keys)
    state, manifest, all_manifests = store(path)
    assert (state, len(all_manifests), signed.parent) == ("Valid", 1, False)
    assert (signed.manifest.state, signed.manifest.failures) == ("Valid", ("signingCredential.untrusted",))
    assert not signed.manifest.trusted
    assert "the signer is on no list of trusted ones" in signed.text.en
    (action,) = actions(manifest)
    assert action["action"] == "c2pa.created"
    assert action["digitalSourceType"].endswith("/trainedAlgorithmicMedia")
    assert action["softwareAgent"]["name"] == "ExampleLtd"
    assert manifest["title"] == path.name
    assert label.verify(path).label == MINE


@pytest.mark.parametrize("ending", TYPES)
def test_a_new_label_in_a_signed_file_is_signed_with_the_old_manifest_as_ingredient(
    ending: str, make: Callable[[str], Path], tmp_path: Path, keys: Keys
) -> None:
    old, new = make(ending), tmp_path / f"new.{ending}"
    label.write(old, MINE)
    signing.sign(old, **keys)
    before = old.read_bytes()
    label.write(old, OTHER, out=new, permission=FORCED, log=tmp_path / "log")
    assert store(new)[0] == "Invalid"  # that is why the order matters
    signed = signing.sign(new, **keys, parent=old)
    state, manifest, all_manifests = store(new)
    assert (state, signed.parent) == ("Valid", True)
    assert set(store(old)[2]) < set(all_manifests)
    (ingredient,) = manifest["ingredients"]
    assert (ingredient["relationship"], ingredient["title"]) == ("parentOf", old.name)
    assert ingredient["validation_results"]["activeManifest"]["failure"] == [] or all(
        one["code"] == "signingCredential.untrusted"
        for one in ingredient["validation_results"]["activeManifest"]["failure"]
    )
    assert [one["action"] for one in actions(manifest)] == ["c2pa.opened", "c2pa.edited.metadata"]
    assert label.verify(new).label == OTHER
    assert old.read_bytes() == before


@pytest.mark.parametrize("ending", ["png", "jpg", "gif", "tiff", "avif", "webp"])
def test_no_pixel_changes(ending: str, make: Callable[[str], Path], keys: Keys) -> None:
    path = make(ending)
    label.write(path, MINE)
    before = pixels(path.read_bytes())
    signing.sign(path, **keys)
    assert pixels(path.read_bytes()) == before


def test_a_second_signature_keeps_the_first(make: Callable[[str], Path], keys: Keys) -> None:
    path = make("png")
    label.write(path, MINE)
    signing.sign(path, **keys)
    assert signing.sign(path, **keys, title="again", software="Model 2").parent
    state, manifest, all_manifests = store(path)
    assert (state, len(all_manifests), manifest["title"]) == ("Valid", 2, "again")


def test_a_copy_leaves_the_original(make: Callable[[str], Path], tmp_path: Path, keys: Keys) -> None:
    path = make("png")
    label.write(path, MINE)
    before = path.read_bytes()
    assert signing.sign(path, **keys, out=tmp_path / "signed.png").path == tmp_path / "signed.png"
    assert path.read_bytes() == before


def refusal(path: Path, **options: Any) -> RefusedError:
    """What signing says, having changed nothing and left nothing behind."""
    before, beside = path.read_bytes(), sorted(path.parent.iterdir())
    with pytest.raises(RefusedError) as caught:
        signing.sign(path, **options)
    assert path.read_bytes() == before
    assert sorted(path.parent.iterdir()) == beside
    assert caught.value.path == str(path)
    assert caught.value.text("zh") != caught.value.text("en")
    return caught.value


def test_only_what_carries_a_label_that_says_generated(make: Callable[[str], Path], keys: Keys) -> None:
    path = make("png")
    assert refusal(path, **keys).code == "no_label"
    label.write(path, label.judge(label.verify(path), declared=True).to_write("PlatformLtd", "7") or MINE)
    error = refusal(path, **keys)
    assert error.code == "c2pa_not_generated"
    assert 'the label says "2"' in error.text("en")


@pytest.mark.parametrize("name", ["letter.docx", "clip.mkv", "page.html"])
def test_kinds_that_cannot_be_signed(name: str, tmp_path: Path, keys: Keys) -> None:
    path = Path(shutil.copy(MEDIA / name, tmp_path))
    label.write(path, MINE)
    assert refusal(path, **keys).code == "c2pa_kind"


def test_a_manifest_that_is_broken_already_is_not_carried_on(
    make: Callable[[str], Path], tmp_path: Path, keys: Keys
) -> None:
    path = make("png")
    label.write(path, MINE)
    signing.sign(path, **keys)
    label.write(path, OTHER, permission=FORCED, log=tmp_path / "log")
    error = refusal(path, **keys)
    assert error.code == "c2pa_broken"
    assert "assertion.dataHash.mismatch" in error.text("en")


def test_a_manifest_that_is_kept_elsewhere_is_not_fetched(tmp_path: Path, keys: Keys) -> None:
    path = tmp_path / "cat.png"
    remote = '<p:provenance xmlns:p="http://purl.org/dc/terms/">https://example.com/cat.c2pa</p:provenance>'
    info = PngImagePlugin.PngInfo()
    info.add_itxt("XML:com.adobe.xmp", packet(inner=remote).decode())
    Image.new("RGB", (8, 8)).save(path, pnginfo=info)
    label.write(path, MINE, permission=FORCED)
    assert refusal(path, **keys).code in {"c2pa_elsewhere", "c2pa_unreadable"}


def test_a_manifest_that_does_not_hold_is_not_kept(
    make: Callable[[str], Path], keys: Keys, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = make("png")
    label.write(path, MINE)
    answers = iter([None, Manifest("Invalid", ("assertion.dataHash.mismatch",))])
    monkeypatch.setattr(signing, "manifest_of", lambda *_: next(answers))
    error = refusal(path, **keys)
    assert error.code == "c2pa_read_back"
    assert "assertion.dataHash.mismatch" in error.text("en")


def test_a_link_stays_a_link(make: Callable[[str], Path], tmp_path: Path, keys: Keys) -> None:
    path = make("png")
    link = tmp_path / "link.png"
    link.symlink_to(path)
    path.chmod(0o640)
    assert command(link, "--c2pa-certificates", keys["certificates"], "--c2pa-key", keys["key"]) == 0
    assert link.is_symlink()
    assert path.stat().st_mode & 0o777 == 0o640
    assert store(path)[0] == "Valid"


def test_a_file_that_the_library_would_damage_is_left_alone(tmp_path: Path, keys: Keys) -> None:
    heif = pytest.importorskip("pillow_heif", reason="read in `make outside`")
    path = tmp_path / "file.heic"
    heif.from_pillow(Image.open(io.BytesIO(saved("PNG")))).save(str(path))
    label.write(path, MINE)
    assert refusal(path, **keys).code == "c2pa_damaged"


def test_a_time_stamp_authority_that_does_not_answer(make: Callable[[str], Path], keys: Keys) -> None:
    path = make("png")
    label.write(path, MINE)
    assert refusal(path, **keys, time_stamp_url="http://127.0.0.1:9/").code == "c2pa_failed"


def test_a_signer_without_the_purpose_that_c2pa_asks_for(make: Callable[[str], Path], tmp_path: Path) -> None:
    path = make("png")
    label.write(path, MINE)
    certificates, key = chain(tmp_path, purpose=False)
    assert refusal(path, certificates=certificates, key=key).code in {"c2pa_failed", "c2pa_read_back"}


def test_credentials_that_cannot_sign(make: Callable[[str], Path], tmp_path: Path, keys: Keys) -> None:
    path = make("png")
    label.write(path, MINE)
    cases = {
        "self-signed": chain(_folder(tmp_path, "own"), self_signed=True),
        "not valid today": chain(_folder(tmp_path, "old"), age=40),
        "does not belong": (keys["certificates"], write_key(_folder(tmp_path, "else") / "key.pem")),
        "protected by a password": (
            keys["certificates"],
            write_key(_folder(tmp_path, "locked") / "key.pem", password=b"x"),
        ),
        "is not a private key": (keys["certificates"], keys["certificates"]),
        "is not a chain": (keys["key"], keys["key"]),
    }
    for told, (certificates, key) in cases.items():
        error = refusal(path, certificates=certificates, key=key)
        assert error.code == "c2pa_credentials"
        assert told in error.text("en")


@pytest.mark.parametrize(
    "key",
    [
        ec.generate_private_key(ec.SECP384R1()),
        ec.generate_private_key(ec.SECP521R1()),
        ed25519.Ed25519PrivateKey.generate(),
        rsa.generate_private_key(65537, 2048),
    ],
    ids=["P-384", "P-521", "Ed25519", "RSA"],
)
def test_other_algorithms(key: Key, make: Callable[[str], Path], tmp_path: Path) -> None:
    path = make("png")
    label.write(path, MINE)
    certificates, secret = chain(tmp_path, key)
    assert signing.sign(path, certificates=certificates, key=secret).manifest.good


def test_a_curve_that_c2pa_does_not_know(make: Callable[[str], Path], tmp_path: Path) -> None:
    path = make("png")
    label.write(path, MINE)
    certificates, secret = chain(tmp_path, ec.generate_private_key(ec.SECP256K1()))
    assert "use P-256, P-384" in refusal(path, certificates=certificates, key=secret).text("en")


def _folder(parent: Path, name: str) -> Path:
    (parent / name).mkdir()
    return parent / name


def command(*arguments: object) -> int:
    return main(["label", "write", "--producer", "ExampleLtd", *map(str, arguments)])


def test_the_command_labels_and_signs_and_the_second_run_changes_nothing(
    make: Callable[[str], Path], keys: Keys, capsys: pytest.CaptureFixture[str]
) -> None:
    path = make("jpg")
    options = ("--c2pa-certificates", keys["certificates"], "--c2pa-key", keys["key"], "--c2pa-software", "Model 1")
    assert command(path, *options) == 0
    assert capsys.readouterr().out.splitlines()[1:] == [
        "    written to xmp",
        "    signed with C2PA: signature and content agree; the signer is on no list of trusted ones, as viewers "
        "will say",
    ]
    state, manifest, _ = store(path)
    assert (state, manifest["title"]) == ("Valid", "file.jpg")
    assert actions(manifest)[0]["softwareAgent"]["name"] == "Model 1"
    once = path.read_bytes()
    assert command(path, *options) == 0
    assert "= UNCHANGED" in capsys.readouterr().out
    assert path.read_bytes() == once


def test_the_command_carries_on_the_manifest_of_a_sealed_file(
    make: Callable[[str], Path], tmp_path: Path, keys: Keys, capsys: pytest.CaptureFixture[str]
) -> None:
    path = make("png")
    label.write(path, MINE)
    signing.sign(path, **keys)
    first = store(path)[2]
    options = ("--id", "7", "--force", "--log", tmp_path / "log")
    assert command(path, *options) == 1  # without signing, the seal stays whole
    assert "which a label would invalidate" in capsys.readouterr().out
    assert command(path, *options, "--c2pa-certificates", keys["certificates"], "--c2pa-key", keys["key"]) == 0
    state, _, manifests = store(path)
    assert state == "Valid"
    assert set(first) < set(manifests)
    assert label.verify(path).label == Label.by_generator("ExampleLtd", "7")
    assert json.loads((tmp_path / "log").read_text())["file"] == str(path)


def test_the_command_says_what_was_drawn(make: Callable[[str], Path], keys: Keys) -> None:
    path = make("png")
    options = ("--c2pa-certificates", keys["certificates"], "--c2pa-key", keys["key"], "--explicit")
    assert command(path, *options) == 0
    assert [one["action"] for one in actions(store(path)[1])] == ["c2pa.created", "c2pa.edited"]


def test_a_file_that_cannot_be_signed_is_not_labelled_either(
    tmp_path: Path, keys: Keys, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "cat.md"
    path.write_text("# A\n")
    assert command(path, "--c2pa-certificates", keys["certificates"], "--c2pa-key", keys["key"]) == 1
    assert "cannot be signed with C2PA" in capsys.readouterr().out
    assert path.read_text() == "# A\n"
    assert sorted(tmp_path.iterdir()) == [path]


def test_several_processes_sign(tmp_path: Path, keys: Keys) -> None:
    for number in range(18):
        (tmp_path / f"{number}.png").write_bytes(png())
    options = ("--c2pa-certificates", keys["certificates"], "--c2pa-key", keys["key"], "--recursive", "--jobs", "2")
    assert command(tmp_path, *options) == 0
    assert all(store(path)[0] == "Valid" for path in tmp_path.glob("*.png"))
