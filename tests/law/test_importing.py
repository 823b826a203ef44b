"""`import` keeps what it read, changes nothing twice, and refuses every wrong file without writing."""

import shutil
from pathlib import Path

import msgspec
import pytest

from guiju.law.errors import ImportRefused
from guiju.law.importing import files
from guiju.law.importing.batch import Imported, disagreements, import_files
from guiju.law.provisions import Paragraph, Text
from guiju.law.store import TextStore

MEASURES = "生成式人工智能服务管理暂行办法"
WHOLE = f"{MEASURES}\n\n  第一条 猫。\n法宝联想:期刊 1 篇\n  第二条 本办法自明日起施行。\n"
CUT = f"{MEASURES}\n\n  第一条 猫。\n  第三条 狗\n"

KNOWN = (
    "\n  - the Interim Measures for generative AI compared with their draft (zh)"
    "\n  - the Interim Measures for generative AI, web page (zh)"
    "\n  - the Model AI Law 4.0 (zh)"
    "\n  - the Model AI Law 4.0 (en)"
)


def write(path: Path, content: str | bytes) -> Path:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def refusal(path: Path, data_folder: Path) -> str:
    with pytest.raises(ImportRefused) as refused:
        import_files([path], TextStore())
    assert contents(data_folder) == {}
    return str(refused.value).replace(str(path), path.name)


def test_a_text_is_recognised_by_its_content_and_kept(tmp_path: Path, data_folder: Path) -> None:
    (imported,) = import_files([write(tmp_path / "any name.dat", WHOLE)], TextStore())
    assert (imported.text.name, imported.saved) == ("genai final zh", "new")
    assert TextStore().find("genai", "zh") == imported.text
    assert list(contents(data_folder)) == ["genai.zh.final.json"]


@pytest.mark.parametrize("variant", [WHOLE.replace("\n", "\r\n"), "\ufeff" + WHOLE])
def test_line_ends_and_a_byte_order_mark_make_no_difference(variant: str, tmp_path: Path, data_folder: Path) -> None:
    assert data_folder
    import_files([write(tmp_path / "plain", WHOLE)], TextStore())
    (again,) = import_files([write(tmp_path / "variant", variant)], TextStore())
    assert again.saved == "unchanged"


def test_importing_twice_changes_nothing(seeds: tuple[Path, ...], data_folder: Path) -> None:
    first = import_files(seeds, TextStore())
    before = contents(data_folder)
    second = import_files(seeds, TextStore())
    assert {entry.saved for entry in first} == {"new"}
    assert {entry.saved for entry in second} == {"unchanged"}
    assert contents(data_folder) == before
    for entry in first:
        assert TextStore().find(entry.text.law, entry.text.language, entry.text.version) == entry.text
    assert disagreements(second, TextStore()) == ()


def test_the_names_of_the_files_play_no_part(seeds: tuple[Path, ...], tmp_path: Path, data_folder: Path) -> None:
    assert data_folder
    expected = [entry.text.name for entry in import_files(seeds, TextStore())]
    renamed = [Path(shutil.copy(path, tmp_path / f"{number}")) for number, path in enumerate(seeds)]
    assert [entry.text.name for entry in import_files(renamed, TextStore())] == expected


def test_an_empty_file_is_refused(tmp_path: Path, data_folder: Path) -> None:
    for content in ("", " \n\n", "\ufeff"):
        assert refusal(write(tmp_path / "law.txt", content), data_folder) == (
            "law.txt: is empty; download the text again"
        )


def test_a_binary_file_is_refused(tmp_path: Path, data_folder: Path) -> None:
    assert refusal(write(tmp_path / "law.pdf", b"%PDF-1.7\n\x00\x01"), data_folder) == (
        "law.pdf: is a binary file; save the published text as plain text in UTF-8"
    )


def test_a_file_in_another_encoding_is_refused(tmp_path: Path, data_folder: Path) -> None:
    assert refusal(write(tmp_path / "law.txt", "第一条".encode("gb18030")), data_folder) == (
        "law.txt: is not UTF-8 (byte 0); save the text again in UTF-8"
    )


def test_a_folder_is_refused(tmp_path: Path, data_folder: Path) -> None:
    assert refusal(tmp_path, data_folder) == f"{tmp_path.name}: is a folder; name the text file in it"


def test_a_missing_file_is_refused(tmp_path: Path, data_folder: Path) -> None:
    assert refusal(tmp_path / "law.txt", data_folder) == "law.txt: there is no such file; check the name"


def test_a_huge_file_is_refused_unread(tmp_path: Path, data_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "GREATEST_SIZE", 1024 * 1024)
    assert refusal(write(tmp_path / "law.txt", b"a" * (1024 * 1024 + 1)), data_folder) == (
        "law.txt: is larger than 1 MB, no published law is; check the file"
    )


def test_an_unknown_text_is_refused_with_what_is_known(tmp_path: Path, data_folder: Path) -> None:
    path = write(tmp_path / "law.txt", "第一条 猫。\n第二条 本法自明日起施行。\n")
    assert refusal(path, data_folder) == f"law.txt: is none of the texts that are known here:{KNOWN}"


def test_a_text_that_is_cut_off_is_refused_with_all_that_is_wrong(tmp_path: Path, data_folder: Path) -> None:
    assert refusal(write(tmp_path / "law.txt", CUT), data_folder) == (
        "law.txt: is not a whole text of genai final zh; get the file again:"
        "\n  - article 3 stands where article 2 is due"
        "\n  - article 3, paragraph 1 ends in the middle of a sentence"
        "\n  - article 2 is the last, but does not say when the law takes effect: the file seems to be cut off"
    )


@pytest.mark.parametrize("share", [0.3, 0.5, 0.7, 0.9, 0.97, 0.999])
def test_a_published_file_that_is_cut_anywhere_is_refused(
    share: float, seeds: tuple[Path, ...], tmp_path: Path, data_folder: Path
) -> None:
    for seed in seeds:
        text = seed.read_text("utf-8").rstrip()
        end = int(len(text) * share)
        if "引用本篇的法规" in text[:end]:
            continue  # only the web page's own links are cut
        refusal(write(tmp_path / seed.name, text[:end]), data_folder)


def test_one_wrong_file_among_several_leaves_everything_as_it_was(tmp_path: Path, data_folder: Path) -> None:
    good, bad = write(tmp_path / "good", WHOLE), write(tmp_path / "bad", CUT)
    with pytest.raises(ImportRefused, match="bad: is not a whole text"):
        import_files([good, bad], TextStore())
    assert contents(data_folder) == {}


def test_languages_that_differ_are_reported(cat_law: Text, data_folder: Path) -> None:
    assert data_folder
    english = Text("cat", "en", "1.0", cat_law.articles[:1])
    store = TextStore()
    store.save(cat_law)
    store.save(english)
    assert disagreements([Imported(Path("cat.txt"), english, "new")], store) == (
        "cat 1.0 en and cat 1.0 zh differ: only in the first none; only in the second "
        "cat:2.1, cat:2.1.1, cat:2.1.2, cat:2.2; in other chapters articles none",
    )


def test_a_commentary_that_quotes_other_words_is_reported(cat_law: Text, data_folder: Path) -> None:
    assert data_folder
    store = TextStore()
    first = msgspec.structs.replace(cat_law.articles[0], paragraphs=(Paragraph("为了狗，制定本法。"),))
    final = msgspec.structs.replace(cat_law, version="final")
    quoted = msgspec.structs.replace(cat_law, version="commentary", articles=(first, *cat_law.articles[1:]))
    store.save(final)
    store.save(quoted)
    assert disagreements([Imported(Path("cat.txt"), final, "new")], store) == (
        "cat commentary zh and cat final zh have other words at cat:1.1",
    )
