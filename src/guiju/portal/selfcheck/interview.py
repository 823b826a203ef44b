"""The interview: one question a page, the most decisive first. An answer is a link on: nothing is kept on the site."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest, HttpResponse

from guiju.assess.report.lines import OWN, part_of
from guiju.assess.report.view import status_of
from guiju.bilingual import Bilingual
from guiju.engine.questions import Question
from guiju.engine.values import Value
from guiju.law.address import Address
from guiju.portal.faces.provisions import provision
from guiju.portal.faces.showing import mistakes_of, show
from guiju.portal.forms.facts import fact_field, read_fact, value_words
from guiju.portal.look.components import (
    ChoiceField,
    Field,
    Link,
    Option,
    ProvisionLink,
    SetField,
    SummaryList,
    SummaryRow,
    TextField,
)
from guiju.portal.selfcheck.answers import LONGEST_NAME, Answers
from guiju.portal.selfcheck.checking import ORGANISATION, Check
from guiju.portal.selfcheck.journey import CRUMB, Ways, about_left_out, answers_in, go, unlisted, way

_REASONS = 3
"""Provisions for which a question is asked that are named at once; the others can be opened."""
_REASONS_OPENED = 20
_CHANGED = "check_answers"
_TITLE = Bilingual(zh="自查：哪些义务适用", en="Self-check: which duties hold")
_CHOOSE_LAW = Bilingual(zh="请至少选择一部法", en="Choose at least one law")
_CHOOSE = Bilingual(
    zh="请选择一项；不知道也是一种回答", en="Choose an answer; not known is an answer too"
)  # fmt: skip
_CHANGE = Bilingual(zh="修改", en="Change")
_ANSWER_NOW = Bilingual(zh="现在回答", en="Answer now")
_PUT_OFF = Bilingual(zh="已跳过", en="skipped")


@dataclass(frozen=True, slots=True)
class Reasons:
    """Why a question is asked: some provisions that turn on it, the others, and how many more there are."""

    count: int
    first: tuple[ProvisionLink, ...]
    others: tuple[ProvisionLink, ...]
    more: int


def check(request: HttpRequest) -> HttpResponse:
    """Show where a check begins: which laws, and what the system is called."""
    return _beginning(request, answers_in(request), wrong=False)


def question(request: HttpRequest) -> HttpResponse:
    """Ask the most decisive question, or the one that `ask` names; where none is left, lead on."""
    given = answers_in(request)
    if not given.laws:
        return _beginning(request, given, wrong=bool(request.GET))
    checking = Check(given)
    wanted = request.GET.get("ask", "")
    asked = (checking.question_about(wanted) if wanted else None) or checking.next
    if asked is None:
        return go("check_dates" if checking.open_events and not given.days else "check_result", given)
    value = given.given.get(asked.fact)
    return _asking(request, checking, asked, _field(asked, value, answered=asked.fact in given.facts))


def answer(request: HttpRequest) -> HttpResponse:
    """Take an answer and lead on to the next question; show the question again where something is wrong."""
    given = answers_in(request)
    fact = request.GET.get("ask", "")
    checking = Check(given)
    asked = checking.question_about(fact) if given.laws else None
    if asked is None:
        return go("check_question", given)
    then = _CHANGED if fact in given.given else "check_question"
    if request.GET.get("do") == "skip":
        return go(then, given.answering(fact, None, put_off=True))
    value, error = read_fact(asked.spec, request.GET)
    if error is None and asked.spec.type in ("bool", "choice", "set") and not request.GET.get(fact):
        error = _CHOOSE
    if error is None and value is not None:
        error = checking.against(fact, value)
    if error is None:
        return go(then, given.answering(fact, value))
    field = fact_field(asked.spec, None, error=error, entered=request.GET)
    return _asking(request, checking, asked, _nothing_chosen(field) if not request.GET.get(fact) else field)


def answers(request: HttpRequest) -> HttpResponse:
    """List all answers; each can be changed, and what follows from them is told."""
    given = answers_in(request)
    if not given.laws:
        return _beginning(request, given, wrong=False)
    checking = Check(given)
    facts = checking.books.facts
    rows = [_row(given, fact, checking) for fact in given.given]
    follows = [
        SummaryRow(key=facts[fact].question, value=value_words(facts[fact], value)) for fact, value in checking.follows
    ]
    context = {
        "ways": Ways(given),
        "progress": checking.progress,
        "rows": SummaryList(rows=tuple(rows)) if rows else None,
        "follows": SummaryList(rows=tuple(follows)) if follows else None,
        "left_out": about_left_out(given),
    }
    title = Bilingual(zh=f"您的回答（{len(given.given)}）", en=f"Your answers ({len(given.given)})")
    crumbs = [(CRUMB, way("check", given))]
    page = show(request, "selfcheck/answers.html", context, title=title, current="check", crumbs=crumbs)
    return unlisted(page)


def _beginning(request: HttpRequest, given: Answers, *, wrong: bool) -> HttpResponse:
    checking = Check(given)
    books = checking.books.books
    options = tuple(Option(value=book.key, label=book.title, hint=status_of(book, checking.as_of)) for book in books)
    chosen = frozenset(given.laws or (() if wrong else (book.key for book in books)))
    fields = (
        SetField(
            name="law",
            label=Bilingual(zh="按哪些法自查？", en="Check under which laws?"),
            hint=Bilingual(
                zh="示范法是学者起草的范本，没有法律效力；选它，看到的是假如它施行会适用什么。",
                en="A model law is a scholars' draft without legal force: it shows what would hold if it applied.",
            ),
            options=options,
            values=chosen,
            error=_CHOOSE_LAW if wrong else None,
        ),
        TextField(
            name="name",
            label=Bilingual(zh="系统叫什么？", en="What is the system called?"),
            hint=Bilingual(
                zh="只用来写在结果上。一次查一个产品、服务或者模型。",
                en="It only stands on the result. One product, service or model at a time.",
            ),
            value=given.name,
            longest=LONGEST_NAME,
            optional=True,
        ),
    )
    hidden = [(name, value) for name, value in given.hidden() if name not in ("law", "name")]
    context = {"fields": fields, "hidden": hidden, "answered": len(given.given), "ways": Ways(given)}
    return show(
        request, "selfcheck/begin.html", context, title=_TITLE, current="check", mistakes=mistakes_of(fields)
    )  # fmt: skip


def _asking(request: HttpRequest, checking: Check, asked: Question, field: Field) -> HttpResponse:
    given = checking.answers
    number = ([*given.given].index(asked.fact) if asked.fact in given.given else len(given.given)) + 1
    of_system = asked.spec.of == "system"
    context = {
        "number": number,
        "about": (given.name or Bilingual(zh="关于该系统", en="About the system")) if of_system else ORGANISATION,
        "field": field,
        "fact": asked.fact,
        "hidden": given.hidden(),
        "reasons": _reasons(checking, asked),
        "ways": Ways(given),
        "changing": asked.fact in given.given,
        "left_out": about_left_out(given),
        **_so_far(checking),
    }
    title = Bilingual(
        zh=f"问题 {number}：{asked.question.zh}", en=f"Question {number}: {asked.question.en}"
    )  # fmt: skip
    page = show(
        request, "selfcheck/question.html", context, title=title, current="check", mistakes=mistakes_of([field])
    )  # fmt: skip
    return unlisted(page)


def _so_far(checking: Check) -> dict[str, Any]:
    """Gather what stands beside a question: how far one is, what the last answer settled, what applies already."""
    step = checking.last_step
    settled = [one for one in step.applies if part_of(one.norm) in OWN] if step else []
    return {
        "progress": checking.progress,
        "step": step,
        "settled": [provision(one.norm.address, gist=one.norm.gist) for one in settled[:_REASONS]],
        "binding": [provision(line.norm.address, gist=line.norm.gist) for line in checking.binding[:_REASONS_OPENED]],
    }


def _field(asked: Question, value: Value, *, answered: bool) -> Field:
    """Return the field of a question; where nothing was answered, nothing is chosen beforehand."""
    field = fact_field(asked.spec, value)
    return field if answered else _nothing_chosen(field)


def _nothing_chosen(field: Field) -> Field:
    if isinstance(field, ChoiceField):
        return replace(field, value="")
    return replace(field, values=frozenset()) if isinstance(field, SetField) else field


def _reasons(checking: Check, asked: Question) -> Reasons:
    """Name the provisions that turn on an answer, the organisation's own duties first."""
    gists = {}
    for norm in checking.assessment.norms:
        if norm.address in asked.provisions and (norm.address not in gists or part_of(norm) in OWN):
            gists[norm.address] = norm
    named = sorted(asked.provisions, key=lambda address: part_of(gists[address]) not in OWN)
    links = [_named(address, gists[address].gist) for address in named[:_REASONS_OPENED]]
    more = max(0, len(named) - _REASONS_OPENED)
    return Reasons(len(named), tuple(links[:_REASONS]), tuple(links[_REASONS:]), more)


def _named(address: Address, gist: Bilingual) -> ProvisionLink:
    return provision(address, gist=gist)


def _row(given: Answers, fact: str, checking: Check) -> SummaryRow:
    spec = checking.books.facts[fact]
    put_off = fact in given.put_off
    label = _ANSWER_NOW if put_off else _CHANGE
    return SummaryRow(
        key=spec.question,
        value=_PUT_OFF if put_off else value_words(spec, given.given[fact]),
        actions=(Link(label=label, href=way("check_question", given, ask=fact)),),
    )
