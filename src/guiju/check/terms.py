"""Terms on which conditions turn and that no definition explains.

A term is found by comparing the questions of the facts and events that norms use with the text of the law: the
longest run of characters that both have. It is defined where a definition norm uses the fact, or the text says
“X，是指”. What another statute defines is listed in `relations.yaml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from guiju.bilingual import Bilingual
from guiju.check.codes import G502
from guiju.check.context import Context
from guiju.check.diagnostic import Diagnostic, Skipped, cite_all, place_of
from guiju.check.wording import chinese, provisions
from guiju.engine.expression import Defined, EventMeasure, Fact, Node
from guiju.engine.norms import Norm

_RUN = re.compile("[\u4e00-\u9fff]+")
_SHORTEST = 4
_RECURS = 2
"""A term of a law recurs; a run of characters that it has only once is a phrase."""
_VERBS = re.compile("^(?:提供|涉及|发生|发现|进行|具有|取得|具备|使用|采取|属于|完成|开展|发布|设立|提交|依法|数)+")
_ENDS = re.compile("(?:数?超过|发生变更|届满|之日|提供)+$")
_NO_NOUN = re.compile("^[者和人]|[的或是应可能因对于以等并为与内且被将再未]")
"""Characters that words of grammar are made of; a run with one of them is a phrase, not a term."""
_NOTION = re.compile("^(?:is|has|serves)_")
"""Facts of this form say what something is; others say what somebody did."""
_GRADES = ("重大", "严重", "特别重大")

Found = Iterator[Diagnostic | Skipped]


def undefined_terms(context: Context) -> Found:
    """Find terms that decide whether norms bind and that the law does not define."""
    for law in chinese(context, G502):
        if isinstance(law, Skipped):
            yield law
            continue
        key, text = law
        everything = "\n".join(provision.text for provision in provisions(text))
        for term, norms in sorted(_terms(context, key, everything).items()):
            if not _is_defined(context, term, everything):
                yield _undefined(term, norms)


def _undefined(term: str, norms: list[Norm]) -> Diagnostic:
    addresses = list(dict.fromkeys(norm.address for norm in norms))
    cited = cite_all(addresses[:3])
    more = len(addresses) - 3
    rest = Bilingual(f"等 {len(addresses)} 处", f" and {more} more") if more > 0 else Bilingual("", "")
    first = {norm.address: norm for norm in reversed(norms)}
    return Diagnostic(
        G502,
        tuple(place_of(first[address]) for address in addresses),
        Bilingual(
            f"“{term}”决定{cited.zh}{rest.zh}是否适用，但本法没有给它下定义。",
            f"The law does not define a term ({term}) on which it depends whether {cited.en}{rest.en} apply.",
        ),
    )


def _terms(context: Context, law: str, everything: str) -> dict[str, list[Norm]]:
    """Collect the terms behind the facts and events that norms use, with the norms that use them."""
    found: dict[str, list[Norm]] = {}
    explained = _facts_of_definitions(context, law)
    for norm in context.norms:
        if norm.rulebook != law or norm.kind == "definition":
            continue
        for question in _questions(context, norm, explained):
            term = _term(question, everything)
            if term is None or everything.count(term) < _RECURS:
                continue
            found.setdefault(term, []).append(norm)
    for term, norms in list(found.items()):
        for grade in _GRADES:
            graver = [norm for norm in norms if norm.when is not None and _graded(norm.when)]
            if graver and grade + term in everything:
                found.setdefault(grade + term, []).extend(graver)
    return found


def _questions(context: Context, norm: Norm, explained: frozenset[str]) -> Iterator[str]:
    for fact in sorted(_direct(norm.when) - explained if norm.when else ()):
        if _NOTION.match(fact) or context.books.facts[fact].type != "bool":
            yield context.books.facts[fact].question.zh
    clocks = (*norm.deadlines, *norm.retentions)
    events = {c.anchor for c in clocks if isinstance(c.anchor, str)} | (norm.when.events if norm.when else set())
    for event in sorted(events):
        yield context.books.events[event].label.zh


def _facts_of_definitions(context: Context, law: str) -> frozenset[str]:
    facts: set[str] = set()
    for norm in context.norms:
        if norm.rulebook == law and norm.kind == "definition" and norm.when is not None:
            facts |= _direct(norm.when.children[0])
    return frozenset(facts)


def _direct(node: Node) -> frozenset[str]:
    """List the facts that a condition names itself, not by way of a defined term."""
    if isinstance(node, Fact):
        return frozenset((node.own[0],))
    if isinstance(node, Defined):
        return frozenset()
    return frozenset().union(*(_direct(child) for child in node.children))


def _graded(node: Node) -> bool:
    if isinstance(node, EventMeasure):
        return isinstance(node.own[2], str)
    return any(_graded(child) for child in node.children)


def _term(question: str, everything: str) -> str | None:
    """Return the longest run of characters that question and law share, without verbs around it."""
    best = ""
    for run in _RUN.findall(question):
        for start in range(len(run)):
            for end in range(len(run), start + max(len(best), _SHORTEST - 1), -1):
                if run[start:end] in everything:
                    best = run[start:end]
                    break
    trimmed = _ENDS.sub("", _VERBS.sub("", best))
    return trimmed if len(trimmed) >= _SHORTEST and not _NO_NOUN.search(trimmed) else None


def _is_defined(context: Context, term: str, everything: str) -> bool:
    elsewhere = (known.term for known in context.relations.defined_elsewhere)
    return bool(re.search(re.escape(term) + "[，,]?是指", everything)) or any(word in term for word in elsewhere)
