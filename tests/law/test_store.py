"""Imported texts are kept whole, in one place, and a damaged file is never taken for a text."""

import os
from pathlib import Path

import msgspec
import platformdirs
import pytest

from guiju.law.errors import StoreError
from guiju.law.provisions import Text
from guiju.law.store import DATA_VARIABLE, TextStore, data_folder


def stored_file(folder: Path) -> Path:
    (path,) = (folder / "laws").iterdir()
    return path


def test_what_is_kept_is_found_again(cat_law: Text, tmp_path: Path) -> None:
    assert TextStore(tmp_path).save(cat_law) == "new"
    assert TextStore(tmp_path).all() == (cat_law,)
    assert TextStore(tmp_path).find("cat", "zh", "1.0") == cat_law
    assert stored_file(tmp_path).name == "cat.zh.1.0.json"


def test_saving_tells_whether_anything_changed(cat_law: Text, tmp_path: Path) -> None:
    store = TextStore(tmp_path)
    store.save(cat_law)
    before = stored_file(tmp_path).stat()
    assert store.save(cat_law) == "unchanged"
    assert stored_file(tmp_path).stat().st_mtime_ns == before.st_mtime_ns
    assert store.save(msgspec.structs.replace(cat_law, articles=cat_law.articles[:1])) == "changed"


def test_the_law_itself_is_found_before_drafts_and_quotations(cat_law: Text, tmp_path: Path) -> None:
    store = TextStore(tmp_path)
    for version in ("commentary", "draft", "final"):
        store.save(msgspec.structs.replace(cat_law, version=version))
    found = store.find("cat", "zh")
    assert found is not None
    assert found.version == "final"
    assert store.find("cat", "en") is None
    assert store.find("cat", "zh", "2.0") is None


def test_a_draft_alone_is_not_the_law(cat_law: Text, tmp_path: Path) -> None:
    TextStore(tmp_path).save(msgspec.structs.replace(cat_law, version="draft"))
    assert TextStore(tmp_path).find("cat", "zh") is None


def test_an_empty_store_holds_nothing_and_creates_nothing(tmp_path: Path) -> None:
    assert TextStore(tmp_path / "data").all() == ()
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize("damage", [b"", b"{", b'{"schema": 1}', b'{"schema": 1, "text": {"law": 5}}', b"\xff"])
def test_a_damaged_file_is_refused_by_name(cat_law: Text, tmp_path: Path, damage: bytes) -> None:
    TextStore(tmp_path).save(cat_law)
    path = stored_file(tmp_path)
    path.write_bytes(damage)
    with pytest.raises(StoreError, match=r"is not a stored text .*delete the file and import the text again"):
        TextStore(tmp_path).all()


def test_a_file_of_another_schema_is_refused(cat_law: Text, tmp_path: Path) -> None:
    TextStore(tmp_path).save(cat_law)
    path = stored_file(tmp_path)
    path.write_bytes(path.read_bytes().replace(b'"schema": 1', b'"schema": 2'))
    with pytest.raises(StoreError, match="has schema 2, this program reads 1; delete the file and import"):
        TextStore(tmp_path).all()


def test_a_write_that_fails_leaves_the_old_text_and_no_remains(
    cat_law: Text, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = TextStore(tmp_path)
    store.save(cat_law)

    def disk_is_full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", disk_is_full)
    with pytest.raises(StoreError, match=r"cannot be written \(No space left on device\)"):
        store.save(msgspec.structs.replace(cat_law, articles=()))
    assert stored_file(tmp_path)
    assert store.all() == (cat_law,)


def test_a_data_folder_that_cannot_be_made_is_refused(cat_law: Text, tmp_path: Path) -> None:
    (tmp_path / "laws").write_text("in the way")
    with pytest.raises(StoreError, match="cannot be written"):
        TextStore(tmp_path).save(cat_law)


def test_the_data_folder_is_the_users_own_unless_another_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(DATA_VARIABLE, str(tmp_path))
    assert data_folder() == tmp_path
    monkeypatch.delenv(DATA_VARIABLE)
    assert data_folder() == platformdirs.user_data_path("guiju")
