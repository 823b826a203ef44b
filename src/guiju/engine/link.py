"""Link what was gathered: names to facts, terms to definitions, addresses to norms, exemptions to their targets."""

from __future__ import annotations

from guiju.documents.errors import DocumentError, nearest
from guiju.engine.clauses import Clauses
from guiju.engine.collection import Impossible, Rulebooks
from guiju.engine.errors import ExpressionError
from guiju.engine.expression import Defined, Node, Pool
from guiju.engine.norms import Norm, Reading, Release, Rulebook
from guiju.engine.parse import Parser
from guiju.engine.reach import covers, parse_reach
from guiju.engine.schema import STAGED, NormForm
from guiju.engine.sources import Entry, LawSource, Sources
from guiju.engine.vocabulary import FactSpec
from guiju.law.address import Address, AddressError

UNEXEMPTED = frozenset(("definition", "exemption", "principle", "element", "condition"))


def link(sources: Sources) -> Rulebooks:
    """Turn gathered files into rulebooks; raises DocumentError at what does not fit together."""
    return _Linker(sources).run()


class _Linker:
    def __init__(self, sources: Sources) -> None:
        self.sources = sources
        self.pool = Pool()
        facts = [e for e in sources.facts if e.value.fact != "name"]
        self.facts = {k: e.value for k, e in _unique(facts, "fact").items()}
        self.names: dict[str, FactSpec] = {e.value.of: e.value for e in sources.facts if e.value.fact == "name"}
        self.events = {k: e.value for k, e in _unique(sources.events, "event").items()}
        self.parties = {k: e.value for k, e in _unique(sources.parties, "party").items()}
        readings = [e for law in sources.laws for e in law.readings]
        self.readings = _unique(readings, "reading")
        entries = [e for law in sources.laws for e in law.norms if e.value.defines]
        self.definitions = _unique(entries, "defines")
        self.terms: dict[str, Node] = {}
        self.open_terms: list[str] = []
        candidates = {k: frozenset(c.id for c in e.value.candidates) for k, e in self.readings.items()}
        self.parser = Parser(self.pool, self.facts, self.events, candidates, self.term)
        self.clauses = Clauses(
            facts=self.facts, events=self.events, readings=self.readings, parser=self.parser,
            condition=self.condition, address=self.address,
        )  # fmt: skip
        self.articles = {law.law.value.key: law.law.value.articles for law in sources.laws}
        self.known: set[Address] = set()
        self.encoded: dict[str, frozenset[int]] = {}

    def run(self) -> Rulebooks:
        for name, entry in self.definitions.items():
            if name in self.facts:
                raise entry.error("defines", f"`{name}` is already a fact of profiles", "choose another name")
        for law in self.sources.laws:
            self.encoded[law.law.value.key] = frozenset(_numbers(law.law))
            self.known.update(self.address(e, "address", e.value.address) for e in law.norms)
        books = tuple(self.book(law) for law in self.sources.laws)
        norms = tuple(norm for book in books for norm in book.norms)
        self.attach(norms)
        result = Rulebooks(self.pool, self.facts, self.names, self.events, self.parties)
        result.impossible = tuple(self.impossible(e) for e in self.sources.contradictions)
        result.books = books
        result.norms = norms
        result.readings = {r.id: r for book in books for r in book.readings}
        return result

    def term(self, name: str) -> Node | None:
        """Return the node of a defined term, reading its definition when it is first used."""
        entry = self.definitions.get(name)
        if entry is None:
            return None
        if name in self.open_terms:
            circle = " -> ".join([*self.open_terms[self.open_terms.index(name) :], name])
            raise entry.error("when", f"the definition runs in a circle: {circle}", "define one of them by facts")
        if name not in self.terms:
            self.open_terms.append(name)
            body = self.condition(entry, "when", entry.value.when)
            self.open_terms.pop()
            self.terms[name] = self.pool.make(Defined, (name, entry.value.address), (body,), "bool", name)
        return self.terms[name]

    def condition(self, entry: Entry[NormForm], field: str, text: str | bool | None) -> Node:
        if text is None:
            raise entry.error(field, "is missing: a definition needs a condition")
        try:
            return self.parser.condition(str(text).lower() if isinstance(text, bool) else text)
        except ExpressionError as error:
            raise entry.error(field, str(error)) from None

    def book(self, law: LawSource) -> Rulebook:
        form = law.law.value
        try:
            scope = self.parser.condition(form.scope)
        except ExpressionError as error:
            raise law.law.error("scope", str(error)) from None
        norms = [self.norm(entry, law, scope) for entry in law.norms]
        _refuse_twins(norms)
        encoded = self.encoded[form.key]
        return Rulebook(
            key=form.key, title=form.title, short=form.short, version=form.version, status=form.status,
            in_force_from=form.in_force_from, scope=scope, scope_cites=tuple(map(Address.parse, form.scope_cites)),
            articles=form.articles, articles_encoded=None if len(encoded) == form.articles else encoded,
            norms=tuple(sorted(norms, key=lambda n: (n.address, n.id))),
            readings=tuple(self.reading(e, form.key) for e in law.readings),
        )  # fmt: skip

    def reading(self, entry: Entry, book: str) -> Reading:  # type: ignore[type-arg]
        form = entry.value
        candidates = {c.id: c.reason for c in form.candidates}
        if form.default not in candidates:
            raise entry.error("default", f"`{form.default}` is not one of the candidates: {', '.join(candidates)}")
        cites = tuple(self.address(entry, "cites", a) for a in form.cites)
        return Reading(form.reading, book, form.question, cites, form.default, candidates)

    def norm(self, entry: Entry[NormForm], law: LawSource, scope: Node) -> Norm:
        form = entry.value
        book = law.law.value.key
        self.check_form(entry)
        address = self.address(entry, "address", form.address)
        if address.law != book:
            raise entry.error("address", f"`{form.address}` is not a provision of {book}")
        text = str(form.when).lower() if isinstance(form.when, bool) else form.when
        norm = Norm(
            address=address, id=form.id, kind=form.norm, bearer=form.bearer, toward=form.toward,
            subject=form.subject, stage=form.stage, gist=form.gist, when_text=text, judgement=form.judgement,
            breach=tuple(self.address(entry, "breach", a) for a in form.breach), defines=form.defines,
            exempts=form.exempts, part_of=self.address(entry, "part_of", form.part_of) if form.part_of else None,
            procedure=form.procedure, file=entry.file, line=entry.line, rulebook=book,
        )  # fmt: skip
        if text is not None:
            # What draws the line of the scope cannot itself depend on lying within it.
            draws_scope = form.address in law.law.value.scope_cites
            self.conditions(entry, norm, None if draws_scope else scope)
        clauses = self.clauses
        norm.deadlines = tuple(clauses.clock(entry, "deadline", f) for f in _several(form.deadline))
        norm.retentions = tuple(clauses.retention(entry, f) for f in _several(form.retention))
        norm.fulfilled_by = clauses.fulfilment(entry)
        norm.fines = tuple(clauses.fine(entry, f) for f in form.fines)
        norm.amounts = tuple(clauses.amount(entry, f) for f in form.amounts)
        return norm

    def check_form(self, entry: Entry[NormForm]) -> None:
        form = entry.value
        for field, key in (("bearer", form.bearer), ("toward", form.toward)):
            if key is not None and key not in self.parties:
                raise entry.error(field, f"`{key}` is no known party", nearest(key, self.parties))
        if form.norm in STAGED and form.when is not None and form.stage is None:
            raise entry.error("norm", f"a {form.norm} needs a `stage`", "before_launch, running, on_change, …")
        if form.norm in STAGED and form.bearer is None:
            raise entry.error("norm", f"a {form.norm} needs a `bearer`")
        if form.when is None and form.norm != "element" and form.judgement is None:
            raise entry.error("norm", "has neither `when` nor `judgement`", "say why no program decides it")
        if form.norm == "element" and form.part_of is None:
            raise entry.error("norm", "an element needs `part_of`: the norm of which it is a listed part")
        if form.norm == "definition" and form.when is not None and form.defines is None:
            raise entry.error("norm", "a definition with a condition needs `defines`: the term")
        if form.norm == "exemption" and form.when is not None and not form.exempts:
            raise entry.error("norm", "an exemption needs `exempts`: what it switches off")

    def conditions(self, entry: Entry[NormForm], norm: Norm, scope: Node | None) -> None:
        form = entry.value
        stated = self.term(form.defines) if form.defines else self.condition(entry, "when", form.when)
        assert stated is not None
        norm.when = stated
        if form.unless is not None:
            norm.when = self.pool.both([stated, self.pool.negate(self.condition(entry, "unless", form.unless))])
        within = scope if form.subject == "system" else None
        norm.condition = norm.when if within is None else self.pool.both([within, norm.when])
        foreign = [f for f in norm.condition.facts if form.subject != "system" and not self.fits(f, form.subject)]
        if foreign:
            raise entry.error("when", f"`{sorted(foreign)[0]}` is no fact of its subject ({form.subject})")

    def fits(self, fact: str, subject: str) -> bool:
        return subject == "organisation" and self.facts[fact].of == "organisation"

    def address(self, entry: Entry, field: str, text: str) -> Address:  # type: ignore[type-arg]
        try:
            address = Address.parse(text)
        except AddressError as error:
            raise entry.error(field, str(error)) from None
        last = self.articles.get(address.law)
        if last is None:
            hint = nearest(address.law, self.articles)
            raise entry.error(field, f"`{text}`: there is no rulebook `{address.law}`", hint)
        if address.article > last:
            raise entry.error(field, f"`{text}`: {address.law} has {last} articles")
        if field != "address" and self.missing(address):
            raise entry.error(field, f"`{text}` has no entry in the rulebook")
        return address

    def missing(self, address: Address) -> bool:
        if not self.known or address.article not in self.encoded[address.law]:
            return False
        return not any(address.contains(known) for known in self.known)

    def attach(self, norms: tuple[Norm, ...]) -> None:
        """Hang elements on their norms, and exemptions on what they switch off."""
        by_address: dict[Address, list[Norm]] = {}
        for norm in norms:
            by_address.setdefault(norm.address, []).append(norm)
        for norm in norms:
            if norm.part_of is not None:
                for parent in by_address.get(norm.part_of, []):
                    parent.elements.append(norm)
        for exemption in norms:
            if exemption.kind == "exemption" and exemption.condition is not None:
                self.exempt(exemption, norms)
        # Norms that the same exemptions switch off share one tuple, so that a case proves them once.
        shared: dict[tuple[tuple[str, int], ...], tuple[Release, ...]] = {}
        for norm in norms:
            released = tuple((release.place, release.condition.index) for release in norm.exempted_by)
            norm.exempted_by = shared.setdefault(released, norm.exempted_by)
            norm.settle()

    def exempt(self, exemption: Norm, norms: tuple[Norm, ...]) -> None:
        try:
            reaches = [parse_reach(text) for text in exemption.exempts]
        except AddressError as error:
            problem = f"exempts: {error}"
            raise DocumentError(exemption.file, exemption.line, problem) from None
        for norm in norms:
            if norm.kind not in UNEXEMPTED and any(covers(reach, norm.address) for reach in reaches):
                condition = self.release(exemption, norm.subject)
                if condition is not None:
                    release = Release(exemption.address, condition, str(exemption.address))
                    norm.exempted_by = (*norm.exempted_by, release)

    def release(self, exemption: Norm, subject: str) -> Node | None:
        """Return the exemption's condition as it bears on a kind of subject; None where it cannot bear on it.

        The scope of the law does not belong to it: outside the scope there is nothing to be released from. The
        organisation can be exempt as such (the armed forces), but not because one of its systems is.
        """
        assert exemption.when is not None
        if subject == exemption.subject:
            return exemption.when
        bears = subject != "law" and all(self.fits(fact, subject) for fact in exemption.when.facts)
        return exemption.when if bears else None

    def impossible(self, entry: Entry) -> Impossible:  # type: ignore[type-arg]
        try:
            node = self.parser.condition(entry.value.never)
        except ExpressionError as error:
            raise entry.error("never", str(error)) from None
        if node.readings or node.events:
            raise entry.error("never", "speaks of readings or events; what is impossible follows from facts alone")
        return Impossible(node, entry.value.because, entry.value.never)


def _unique(entries: list[Entry], key: str) -> dict[str, Entry]:  # type: ignore[type-arg]
    result: dict[str, Entry] = {}  # type: ignore[type-arg]
    for entry in entries:
        name = getattr(entry.value, key)
        if name in result:
            first = result[name]
            raise entry.error(key, f"`{name}` is written twice (first at {first.file}:{first.line})")
        result[name] = entry
    return result


def _several(form: object) -> tuple:  # type: ignore[type-arg]
    if form is None:
        return ()
    return form if isinstance(form, tuple) else (form,)


def _numbers(law: Entry) -> list[int]:  # type: ignore[type-arg]
    result: list[int] = []
    for part in law.value.encoded:
        first, _, last = part.partition("-")
        if not first.isdigit() or not (last or first).isdigit():
            raise law.error("encoded", f"`{part}` is neither an article nor a range such as 40-50")
        result.extend(range(int(first), int(last or first) + 1))
    return result


def _refuse_twins(norms: list[Norm]) -> None:
    seen: dict[str, Norm] = {}
    for norm in norms:
        twin = seen.setdefault(norm.key, norm)
        if twin is not norm:
            problem = f"`{norm.key}` is written twice (first at {twin.file}:{twin.line})"
            raise DocumentError(norm.file, norm.line, problem, field="id", fix="give each norm here its own `id`")
