"""References in the text: to provisions that do not exist, that speak of something else, or to what nothing states."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from guiju.bilingual import Bilingual
from guiju.check.codes import G501, G503, G504
from guiju.check.context import Context
from guiju.check.diagnostic import Diagnostic, Skipped, cite, place_at
from guiju.check.wording import NUMBER, Sentence, chinese, provisions, whole
from guiju.law.address import Address
from guiju.law.errors import NoSuchProvision
from guiju.law.numerals import parse_numeral
from guiju.law.provisions import Text

_ARTICLE = re.compile(rf"(?<!》)第({NUMBER})条(?:第({NUMBER})款)?(?:第?[(（]?({NUMBER})[)）]?项)?")
_OWN_PARAGRAPH = re.compile(rf"(?:本条)?第({NUMBER})款(?:第?[(（]?({NUMBER})[)）]?项)?")
_FORMER = re.compile(rf"前({NUMBER})?款")
_NAMED_AFTER = re.compile(r"(?:规定|所列|所称)(?:的|履行|执行)?([^，,。；;：:]{2,30})")
_REQUIRED = re.compile(
    r"符合本(?:法|办法)(?:规定|要求)的(?P<thing>[^，,。；;：:]{2,30})"
    r"|(?:按照|依照)本(?:法|办法)(?:规定|要求)(?:进行|开展)(?P<act>[^，,。；;、：:]{2,20})"
)
_GENERIC = re.compile("义务|规定|要求|措施|活动|行为|信息|责任|有关|相关|下列|以下|内容|情形|事项")
_SAYS_HOW = "(?:应当|须|必须)?(?:包括|包含|载明|具备|涵盖|是指|符合下列|达到)"
_SHORTEST_TERM = 4

Found = Iterator[Diagnostic | Skipped]


@dataclass(frozen=True, slots=True)
class Reference:
    """A provision that another one names, and what is said of it."""

    at: Address
    to: Address | None
    words: str
    about: str


def references(text: Text) -> Iterator[Reference]:
    """Find the references of a law to its own provisions; `to` is None for a former paragraph that cannot be."""
    for provision in provisions(text):
        for match in _ARTICLE.finditer(provision.text):
            article, paragraph, item = (_number(part) for part in match.groups())
            if article is not None:
                to = Address(text.law, article, 1 if item and not paragraph else paragraph, item)
                yield Reference(provision.address, to, match[0], _about(provision.text, match.end()))
        for match in _OWN_PARAGRAPH.finditer(_ARTICLE.sub(lambda m: "　" * len(m[0]), provision.text)):
            paragraph, item = (_number(part) for part in match.groups())
            to = Address(text.law, provision.address.article, paragraph, item)
            yield Reference(provision.address, to, match[0], _about(provision.text, match.end()))
        yield from _former(provision)


def _former(provision: Sentence) -> Iterator[Reference]:
    for match in _FORMER.finditer(provision.text):
        own = provision.address.paragraph or 1
        first = own - (_number(match[1]) or 1)
        to = Address(provision.address.law, provision.address.article, first) if first >= 1 else None
        yield Reference(provision.address, to, match[0], "")


def _number(written: str | None) -> int | None:
    if not written:
        return None
    return int(written) if written[0] in "0123456789" else parse_numeral(written)


def _about(text: str, end: int) -> str:
    match = _NAMED_AFTER.match(text, end)
    return match[1] if match else ""


def missing_targets(context: Context) -> Found:
    """Find references to provisions that the law does not have."""
    for law in chinese(context, G503):
        if isinstance(law, Skipped):
            yield law
            continue
        for reference in references(law[1]):
            if not _exists(law[1], reference.to):
                where = cite(reference.at)
                yield Diagnostic(
                    G503,
                    (place_at(context.books, reference.at),),
                    Bilingual(
                        f"{where.zh}引用的“{reference.words}”不存在。",
                        f"{where.en} refers to a provision that does not exist ({reference.words}).",
                    ),
                )


def _exists(text: Text, address: Address | None) -> bool:
    if address is None:
        return False
    try:
        text.at(address)
    except NoSuchProvision:
        return False
    return True


def unfit_targets(context: Context) -> Found:
    """Find references that name a matter of which the provision referred to does not speak, or only in passing."""
    for law in chinese(context, G504):
        if isinstance(law, Skipped):
            yield law
            continue
        for reference in references(law[1]):
            to = reference.to
            if to is None or not reference.about or not _exists(law[1], to):
                continue
            if not _speaks_of(whole(law[1], to), reference.about):
                yield _unfit(context, reference, to)


def _unfit(context: Context, reference: Reference, to: Address) -> Diagnostic:
    where, target = cite(reference.at), cite(to)
    return Diagnostic(
        G504,
        (place_at(context.books, reference.at), place_at(context.books, to)),
        Bilingual(
            f"{where.zh}就“{reference.about}”引用{target.zh}，但{target.zh}没有用这个词规定义务，所指范围要靠推断。",
            f"{where.en} refers to {target.en} for a matter ({reference.about}) that {target.en} does not lay down in "
            f"these words; how far the reference goes has to be inferred.",
        ),
    )


def _speaks_of(target: str, about: str) -> bool:
    """Tell whether some word of the matter is in the target; what happens to a party (被…) is no rule about it."""
    words = [word for word in re.split("[的、和与及或]|或者", _GENERIC.sub("", about)) if word]
    active = target.replace("被", "\n")
    for word in words:
        for part in (word[n : n + 2] for n in range(max(len(word) - 1, 1))):
            if any(part in line and not line.startswith(part) for line in ("　" + active).split("\n")):
                return True
    return not words


def unstated_requirements(context: Context) -> Found:
    """Find demands for what is "required by this law" where the law nowhere says what that is."""
    for law in chinese(context, G501):
        if isinstance(law, Skipped):
            yield law
            continue
        everything = "\n".join(provision.text for provision in provisions(law[1]))
        for provision in provisions(law[1]):
            for match in _REQUIRED.finditer(provision.text):
                doing = match["act"] is not None
                term = (match["act"] or match["thing"]).split("的")[-1]
                if not _stated(everything, term, doing=doing):
                    yield _unstated(context, provision.address, term)


def _stated(everything: str, term: str, *, doing: bool) -> bool:
    """Tell whether the law says what the thing must be, or (of an act) asks for the act in its own right elsewhere."""
    others = _REQUIRED.sub("", everything)
    for length in range(len(term), min(_SHORTEST_TERM, len(term)) - 1, -1):
        tail = re.escape(term[-length:])
        if re.search(tail + _SAYS_HOW, others):
            return True
        if doing and re.search(f"应当[^。；;]*{tail}|[开进][展行]{tail}", others):
            return True
    return False


def _unstated(context: Context, address: Address, term: str) -> Diagnostic:
    where = cite(address)
    return Diagnostic(
        G501,
        (place_at(context.books, address),),
        Bilingual(
            f"{where.zh}要求“{term}”符合本法要求，但全文没有写明对“{term}”有什么要求。",
            f"{where.en} asks for something that meets the requirements of this law ({term}), but nowhere does the law "
            f"state them.",
        ),
    )
