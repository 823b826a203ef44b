"""A comparison as one HTML page: two columns, old left and new right, without any file or script beside it.

Deletions are struck through, additions underlined, kinds have a sign and a word: nothing is told by colour alone.
The page holds the laws' wording, so it belongs to the user and never to the repository.
"""

from collections.abc import Iterator, Sequence
from html import escape
from typing import Final

from guiju.law.address import Address
from guiju.law.citation import Language
from guiju.law.provisions import Article, Item, Paragraph, Text
from guiju.law.versions.changes import Change, Kind
from guiju.law.versions.inline import Piece, mark_changes
from guiju.law.versions.words import PHRASES, changed_words, title_of

_LANGUAGE_TAGS: Final = {"zh": "zh-CN", "en": "en"}

_STYLE: Final = """
:root{color-scheme:light dark;--ink:#1b1f24;--soft:#57606a;--line:#c9d1d9;--bg:#fff;--band:#f5f7f9;
--del:#8c1d18;--delbg:#fdecea;--add:#0b5a2b;--addbg:#e6f4ea;--focus:#0550ae}
@media (prefers-color-scheme:dark){:root{--ink:#e6edf3;--soft:#9aa5b1;--line:#3a434d;--bg:#0f1419;--band:#171e26;
--del:#ffb3ad;--delbg:#3b1715;--add:#9be3b0;--addbg:#10301c;--focus:#79b8ff}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:84rem;padding:1rem 1.25rem 4rem;color:var(--ink);background:var(--bg);
font:1rem/1.65 system-ui,"Noto Sans CJK SC","Source Han Sans SC","PingFang SC","Microsoft YaHei",sans-serif}
h1{font-size:1.5rem;line-height:1.3;margin:.5rem 0}h2{font-size:1.1rem;margin:1.5rem 0 .5rem}
h3{font-size:1rem;margin:0;font-weight:600}
p{margin:.35rem 0}.soft{color:var(--soft)}
a{color:inherit}a:focus-visible{outline:3px solid var(--focus);outline-offset:2px}
.skip{position:absolute;left:-99rem}.skip:focus{left:1rem;top:1rem;background:var(--bg);padding:.5rem}
nav ol{list-style:none;margin:0;padding:0;display:grid;gap:.15rem 1rem;
grid-template-columns:repeat(auto-fill,minmax(15rem,1fr))}
nav a{display:block;padding:.1rem .25rem;text-decoration:none}nav a:hover{text-decoration:underline}
.row{border-top:1px solid var(--line);padding:.75rem 0;scroll-margin-top:.5rem}
.head{display:flex;flex-wrap:wrap;gap:.25rem 1rem;align-items:baseline;background:var(--band);padding:.35rem .6rem}
.kind{font-weight:600}.words{font-size:.9rem;width:100%}
.sides{display:grid;grid-template-columns:1fr 1fr;gap:1.5rem}
.side{min-width:0;padding:.25rem .6rem;overflow-wrap:anywhere}
.side>.label{font-size:.85rem;color:var(--soft)}
.item{margin-left:1.5em}.number{color:var(--soft);font-variant-numeric:tabular-nums;margin-right:.4em}
del,ins{padding:0 .1em;border-radius:2px;-webkit-box-decoration-break:clone;box-decoration-break:clone}
del{color:var(--del);background:var(--delbg);text-decoration:line-through 1.5px}
ins{color:var(--add);background:var(--addbg);text-decoration:underline 2px;text-underline-offset:.2em}
@media (max-width:45rem){.sides{grid-template-columns:1fr;gap:.25rem}}
@media print{:root{color-scheme:light}body{max-width:none;padding:0;font-size:9.5pt;color:#000;background:#fff}
.skip{display:none}.head{break-after:avoid;background:none;border:1px solid #000}.side p{orphans:2;widows:2}
del,ins{background:none;color:#000}del{text-decoration:line-through}ins{text-decoration:underline 1.5pt}
nav a{text-decoration:none}@page{margin:15mm}}
"""


def as_page(old: Text, new: Text, changes: Sequence[Change], language: Language) -> str:
    """Write the page; the words around the laws are in ``language``."""
    say = PHRASES[language]
    title = f"{say['title']}: {old.name} → {new.name}"
    rows = "".join(_row(change, old, new, language) for change in changes)
    return f"""<!doctype html>
<html lang="{_LANGUAGE_TAGS[language]}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(title)}</title>
<style>{_STYLE}</style>
</head>
<body>
<a class="skip" href="#comparison">{say["skip"]}</a>
<header>
<h1>{escape(title)}</h1>
<p class="soft">{say["made"]}</p>
<p>{say["legend"]}: <del>{say["legend_deleted"]}</del> · <ins>{say["legend_added"]}</ins></p>
</header>
<nav aria-labelledby="contents">
<h2 id="contents">{say["contents"]}</h2>
<ol>{"".join(_entry(change, language) for change in changes)}</ol>
</nav>
<main id="comparison" tabindex="-1">
{rows}</main>
</body>
</html>
"""


def _entry(change: Change, language: Language) -> str:
    label = f"{_places(change, language)} {title_of(change, language)}"
    return f'<li><a href="#{_anchor(change)}">{escape(label)}</a></li>'


def _row(change: Change, old: Text, new: Text, language: Language) -> str:
    say, anchor = PHRASES[language], _anchor(change)
    likeness = "" if change.likeness is None else f'<span class="soft">{say["likeness"]} {change.likeness:.2f}</span>'
    words = "".join(f'<span class="words">{escape(line)}</span>' for line in changed_words(change, language))
    left, right = _Columns(old, new, change).sides()
    return f"""<section class="row" id="{anchor}" aria-labelledby="{anchor}-h">
<div class="head"><h3 id="{anchor}-h">{escape(_places(change, language))}</h3>
<span class="kind">{escape(title_of(change, language))}</span>{likeness}{words}</div>
<div class="sides">
{_side(left, old, say["old"], language)}
{_side(right, new, say["new"], language)}
</div>
</section>
"""


def _side(lines: Sequence[str], text: Text, label: str, language: Language) -> str:
    body = "".join(lines) or f'<p class="soft">({PHRASES[language]["nothing"]})</p>'
    tag = _LANGUAGE_TAGS.get(text.language, text.language)
    return f'<div class="side"><p class="label">{label}</p><div lang="{tag}">{body}</div></div>'


class _Columns:
    """The marked paragraphs of one row: each passage against the one it stems from, or turned into."""

    def __init__(self, old: Text, new: Text, change: Change) -> None:
        self._texts = {"old": old, "new": new}
        self._language = new.language
        self._before: dict[Address, str] = {}
        self._after: dict[Address, str] = {}
        for paragraph in change.parts:
            self._match(paragraph)
            for item in paragraph.parts:
                self._match(item)

    def sides(self) -> tuple[list[str], list[str]]:
        """Give the HTML lines of the old and of the new column."""
        old = [line for address in sorted(self._after) for line in self._old_line(address)]
        new = [line for address in sorted(self._before) for line in self._new_line(address)]
        return old, new

    def _match(self, change: Change) -> None:
        successors = "".join(_words(self._texts["new"], address) for address in change.new)
        predecessors = "".join(_words(self._texts["old"], address) for address in change.old)
        for address in change.old:
            self._after[address] = self._after.get(address, "") + successors
        for address in change.new:
            self._before[address] = self._before.get(address, "") + predecessors

    def _old_line(self, address: Address) -> Iterator[str]:
        own = _words(self._texts["old"], address)
        yield _line(address, mark_changes(own, self._after[address], self._language)[0], "del")

    def _new_line(self, address: Address) -> Iterator[str]:
        own = _words(self._texts["new"], address)
        yield _line(address, mark_changes(self._before[address], own, self._language)[1], "ins")


def _line(address: Address, pieces: Sequence[Piece], mark: str) -> str:
    body = "".join(
        escape(piece.text) if piece.is_shared else f"<{mark}>{escape(piece.text)}</{mark}>" for piece in pieces
    )
    number = str(address).partition(":")[2]
    return f'<p{" class=item" if address.item else ""}><span class="number">{number}</span>{body}</p>'


def _words(text: Text, address: Address) -> str:
    provision: Article | Paragraph | Item = text.at(address)
    return "" if isinstance(provision, Article) else provision.text


def _places(change: Change, language: Language) -> str:
    return f"{_numbers(change.old, language)} → {_numbers(change.new, language)}"


def _numbers(addresses: Sequence[Address], language: Language) -> str:
    comma = "、" if language == "zh" else ", "
    numbers = comma.join(str(address).partition(":")[2] for address in addresses)
    return PHRASES[language]["article"].format(numbers) if numbers else "∅"


def _anchor(change: Change) -> str:
    side, addresses = ("old", change.old) if change.kind is Kind.DELETED else ("new", change.new)
    return f"{side}-{addresses[0].article}"
