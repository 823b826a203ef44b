"""Make `src/guiju/fonts/GuijuSans-Regular.otf`: a subset of Noto Sans CJK SC Regular under a name of its own.

    python tools/make_font.py NotoSansCJK-Regular.ttc Unihan_OtherMappings.txt.bz2

The first file is in the Debian package fonts-noto-cjk, the second in unicode-data (versions and hashes:
`src/guiju/fonts/README.md`). Needs fonttools; run by hand when the font is to change, never at run time. The same
input gives the same bytes.
"""

from __future__ import annotations

import argparse
import bz2
import hashlib
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

SOURCE_SHA256 = "b76b0433203017ca80401b2ee0dd69350349871c4b19d504c34dbdd80541690a"
SIMPLIFIED_CHINESE = 2  # place of the face in the collection
FAMILY = "Guiju Sans"
VERSION = "1.000"
ENGLISH = 0x409
TARGET = Path(__file__).parent.parent / "src/guiju/fonts/GuijuSans-Regular.otf"

RANGES = [
    (0x0020, 0x007E),  # ASCII
    (0x00A0, 0x024F),  # Latin-1, Latin Extended: names and pinyin
    (0x0300, 0x036F),  # combining marks
    (0x0370, 0x045F),  # Greek, Cyrillic
    (0x1E00, 0x1EFF),  # Latin Extended Additional
    (0x2000, 0x206F),  # punctuation
    (0x2070, 0x20CF),  # superscripts, currency
    (0x2100, 0x218F),  # letter-like signs, number forms
    (0x2190, 0x22FF),  # arrows, mathematical signs
    (0x2300, 0x27BF),  # technical, enclosed numbers, boxes, geometric shapes, ticks
    (0x2E80, 0x2EFF),  # radicals
    (0x3000, 0x312F),  # CJK punctuation, kana, bopomofo
    (0x3200, 0x33FF),  # enclosed CJK, units
    (0xFE30, 0xFE4F),  # CJK compatibility forms
    (0xFF00, 0xFFEF),  # full-width and half-width forms
]


def main() -> None:
    """Read both files, write the font, say what is in it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("collection", type=Path)
    parser.add_argument("mappings", type=Path)
    parser.add_argument("--output", type=Path, default=TARGET)
    args = parser.parse_args()
    found = hashlib.sha256(args.collection.read_bytes()).hexdigest()
    if found != SOURCE_SHA256:
        raise SystemExit(f"{args.collection}: SHA-256 {found}, expected {SOURCE_SHA256}: another version of the font")
    font = TTFont(args.collection, fontNumber=SIMPLIFIED_CHINESE, recalcTimestamp=False)
    available = set(font.getBestCmap())
    for name, wanted in parts(args.mappings).items():
        print(f"{name}: {len(wanted)} characters, not in the source font: {len(wanted - available)}")
    cut_down(font, set().union(*parts(args.mappings).values()))
    rename(font)
    font.save(args.output, reorderTables=True)
    content = args.output.read_bytes()
    print(f"{args.output.name}: {len(font.getBestCmap())} characters, {len(content)} bytes")
    print(f"SHA-256 {hashlib.sha256(content).hexdigest()}")


def parts(mappings: Path) -> dict[str, set[int]]:
    """Return what the font is to cover, by where it comes from."""
    return {
        "Table of General Standard Chinese Characters (kTGH)": standard_table(mappings),
        "GB 2312": decodable("gb2312", range(0xA1, 0xF8), range(0xA1, 0xFF)),
        "Big5, frequent characters": decodable("big5", range(0xA4, 0xC7), range(0x40, 0xFF)),
        "signs": {code for first, last in RANGES for code in range(first, last + 1)},
    }


def standard_table(mappings: Path) -> set[int]:
    """Return the 8,105 characters that Unihan marks as belonging to the table of 2013."""
    with bz2.open(mappings, "rt", encoding="utf-8") as lines:
        return {int(line.split("\t")[0][2:], 16) for line in lines if "\tkTGH\t" in line}


def decodable(encoding: str, leads: range, trails: range) -> set[int]:
    """Return the characters of a two-byte encoding within these rows and cells."""
    characters = "".join(bytes([lead, trail]).decode(encoding, "ignore") for lead in leads for trail in trails)
    # A trail byte that is ASCII by itself survives a failed decoding; ASCII is asked for elsewhere.
    return {ord(character) for character in characters if not character.isascii()}


def cut_down(font: TTFont, wanted: set[int]) -> None:
    """Drop every glyph that is not wanted, with hinting, vertical layout and the features that nothing here uses."""
    options = subset.Options()
    options.hinting = False
    options.layout_features = ["kern", "ccmp", "mark", "mkmk", "liga", "halt", "palt", "chws"]
    options.name_IDs = ["*"]
    options.notdef_outline = True
    options.drop_tables += ["vhea", "vmtx", "VORG", "BASE", "DSIG"]
    options.legacy_cmap = False
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=wanted)
    subsetter.subset(font)
    font["cmap"].tables = [table for table in font["cmap"].tables if table.format in (4, 12)]


def rename(font: TTFont) -> None:
    """Give the modified version its own primary name; keep copyright, licence and the designers' names."""
    names = font["name"]
    kept = {record.nameID: str(record) for record in names.names if record.langID == ENGLISH}
    postscript = FAMILY.replace(" ", "") + "-Regular"
    texts = {
        0: kept[0],
        1: FAMILY,
        2: "Regular",
        3: f"{VERSION};{postscript}",
        4: f"{FAMILY} Regular",
        5: f"Version {VERSION}",
        6: postscript,
        8: kept[8],
        9: kept[9],
        10: "Modified version: a subset of Noto Sans CJK SC Regular 2.004, made by the Guiju project. " + kept[10],
        13: kept[13],
        14: kept[14],
    }
    names.names = []
    for number, text in texts.items():
        names.setName(text, number, 3, 1, ENGLISH)
    compact = font["CFF "].cff
    compact.fontNames = [postscript]
    top = compact.topDictIndex[0]
    top.FamilyName, top.FullName = FAMILY, f"{FAMILY} Regular"
    top.Notice = kept[0]


if __name__ == "__main__":
    main()
