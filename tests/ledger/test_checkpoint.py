"""Signed notes, checkpoints and keys, against the examples that others published."""

from __future__ import annotations

import contextlib
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiju.ledger.checkpoint import Checkpoint, Note, accepted, body, cosigned, signed, verify_checkpoint
from guiju.ledger.errors import KeyFileError, NoteError
from guiju.ledger.keys import WITNESS, SigningKey, VerifierKey

GO_VERIFIER = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
GO_SIGNER = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
GO_TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
GO_NOTE = (
    GO_TEXT
    + "\n— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)
SPEC_NOTE = """example.com/behind-the-sofa
20852163
CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
— witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==
"""  # noqa: E501 - one signature a line, as published
ROOT = bytes(range(32))


@pytest.fixture
def note(key: SigningKey) -> str:
    return signed(body(key.verifier.name, 7, ROOT), key)


def test_a_published_signature_of_another_implementation_verifies() -> None:
    verifier = VerifierKey.parse(GO_VERIFIER)
    assert accepted(Note.parse(GO_NOTE), [verifier]) == [verifier]


def test_a_published_private_key_gives_the_published_note(tmp_path: Path) -> None:
    path = tmp_path / "key"
    path.write_text(GO_SIGNER)
    path.chmod(0o600)
    key = SigningKey.load(path)
    assert str(key.verifier) == GO_VERIFIER
    assert signed(GO_TEXT, key) == GO_NOTE


def test_the_example_of_the_specification_is_read() -> None:
    checkpoint = Checkpoint.parse(SPEC_NOTE)
    assert (checkpoint.origin, checkpoint.size) == ("example.com/behind-the-sofa", 20852163)
    assert [signature.key_id.hex() for signature in Note.parse(SPEC_NOTE).signatures] == ["033de0ae", "8d66cf3f"]


def test_a_checkpoint_has_the_form_of_the_specification(key: SigningKey, note: str) -> None:
    lines = note.split("\n")
    assert lines[:4] == [key.verifier.name, "7", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=", ""]
    assert lines[4].startswith(f"— {key.verifier.name} ")
    assert lines[5:] == [""]
    assert verify_checkpoint(note, key.verifier) == Checkpoint(key.verifier.name, 7, ROOT, note)


@given(st.data())
def test_a_checkpoint_that_was_touched_is_not_accepted(data: st.DataObject) -> None:
    key = SigningKey.generate("guiju.example/log")
    content = bytearray(signed(body(key.verifier.name, 7, ROOT), key).encode())
    place = data.draw(st.integers(0, len(content) - 1))
    content[place] ^= data.draw(st.integers(1, 255))
    with contextlib.suppress(NoteError):
        assert verify_checkpoint(bytes(content), key.verifier) is None


def test_signatures_of_unknown_keys_are_ignored_even_under_a_known_name(key: SigningKey, note: str) -> None:
    namesake = SigningKey.generate(key.verifier.name)
    stranger = SigningKey.generate("stranger.example")
    text = Note.parse(note).text
    more = note + signed(text, namesake).split("\n\n")[1] + signed(text, stranger).split("\n\n")[1]
    assert verify_checkpoint(more, key.verifier) is not None
    assert verify_checkpoint(signed(text, namesake), key.verifier) is None


def test_a_false_signature_of_a_known_key_spoils_the_note(key: SigningKey, note: str) -> None:
    other = signed(body(key.verifier.name, 8, ROOT), key).split("\n\n")[1]
    assert verify_checkpoint(note + other, key.verifier) is None


def test_a_log_speaks_only_under_its_own_name(key: SigningKey) -> None:
    assert verify_checkpoint(signed(body("other.example/log", 7, ROOT), key), key.verifier) is None


def test_witnesses_cosign_and_are_required_when_named(key: SigningKey, note: str) -> None:
    witness, absent = (SigningKey.generate(f"witness.example/{name}", WITNESS) for name in "ab")
    both = cosigned(note, witness, 1_795_000_000)
    assert verify_checkpoint(both, key.verifier) is not None
    assert verify_checkpoint(both, key.verifier, [witness.verifier]) is not None
    assert verify_checkpoint(both, key.verifier, [witness.verifier, absent.verifier]) is None
    assert verify_checkpoint(note, key.verifier, [witness.verifier]) is None


def test_a_witness_signs_its_time_too(note: str) -> None:
    witness = SigningKey.generate("witness.example", WITNESS)
    one, two = (Note.parse(cosigned(note, witness, time)).signatures[1].value for time in (1, 2))
    assert one[:8] == bytes(7) + b"\1"
    assert one[8:] != two[8:]


def test_sixteen_signatures_are_read(note: str) -> None:
    for number in range(15):
        note = cosigned(note, SigningKey.generate(f"w{number}", WITNESS), 1)
    assert len(Note.parse(note).signatures) == 16


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a\n1\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n",
        GO_NOTE.removesuffix("\n"),
        GO_NOTE.replace("— Peter", "- Peter"),
        GO_NOTE.replace("Neumann x", "Neumann  x"),
        GO_NOTE.replace("x08go", "x08g!"),
        GO_NOTE + "\t\n",
        GO_TEXT + "\n— a AAAA\n",
        GO_TEXT + "\n" + "— a AAAAAAAA\n" * 101,
    ],
)
def test_what_is_no_signed_note_is_refused(text: str) -> None:
    with pytest.raises(NoteError, match="L120"):
        Note.parse(text)


@pytest.mark.parametrize(
    "lines",
    [
        ["log", "7"],
        ["log", "07", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="],
        ["log", "-7", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="],
        ["log", "7", "AAEC"],
        ["log", "7", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh9="],
        ["", "7", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="],
    ],
)
def test_what_is_no_checkpoint_is_refused(key: SigningKey, lines: list[str]) -> None:
    with pytest.raises(NoteError, match="L121"):
        Checkpoint.parse(signed("\n".join(lines) + "\n", key))


def test_extension_lines_are_read_over(key: SigningKey) -> None:
    text = body(key.verifier.name, 7, ROOT) + "more\n"
    assert verify_checkpoint(signed(text, key), key.verifier) is not None


def test_keys_are_written_and_read_back(key: SigningKey, tmp_path: Path) -> None:
    path = tmp_path / "log.key"
    key.save(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert SigningKey.load(path) == key
    assert VerifierKey.parse(str(key.verifier)) == key.verifier
    assert [entry.name for entry in tmp_path.iterdir()] == ["log.key"]


def test_a_key_is_never_overwritten(key: SigningKey, tmp_path: Path) -> None:
    path = tmp_path / "log.key"
    path.write_text("precious")
    with pytest.raises(KeyFileError, match="L112"):
        key.save(path)
    assert path.read_text() == "precious"
    assert [entry.name for entry in tmp_path.iterdir()] == ["log.key"]


def test_a_key_that_others_can_read_is_refused(key: SigningKey, tmp_path: Path) -> None:
    path = tmp_path / "log.key"
    key.save(path)
    path.chmod(0o640)
    with pytest.raises(KeyFileError, match=r"L114: others can read the private key .* chmod 600"):
        SigningKey.load(path)


def test_a_private_key_is_shown_by_nothing(key: SigningKey, tmp_path: Path) -> None:
    path = tmp_path / "log.key"
    key.save(path)
    secret = path.read_text().strip().rsplit("+", 1)[1]
    path.chmod(0o600)
    path.write_text(f"PRIVATE+KEY+{key.verifier.name}+00000000+{secret}")
    with pytest.raises(KeyFileError) as refused:
        SigningKey.load(path)
    assert secret not in str(refused.value)
    assert secret not in refused.value.text("zh")
    assert secret not in repr(key)
    assert repr(key._seed)[2:-1] not in repr(key)


@pytest.mark.parametrize(
    "text",
    [
        "PeterNeumann",
        "PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNewmann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+c74f20a3+AhpcwQcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+c74f20a3+ARpc",
        "PeterNeumann+c74f20a3+?",
    ],
)
def test_a_malformed_verifier_key_is_refused(text: str) -> None:
    with pytest.raises(KeyFileError, match="L110"):
        VerifierKey.parse(text)


@pytest.mark.parametrize("name", ["", "a b", "a+b", "a\u3000b", "a\nb"])
def test_names_that_a_note_cannot_carry_are_refused(name: str) -> None:
    with pytest.raises(KeyFileError, match="L111"):
        SigningKey.generate(name)
