"""`guiju ask`: the interview. Always the most decisive question; every answer is saved before the next question."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import TextIO

from guiju.assess.answers import AnswerError, read_answer
from guiju.assess.assessment import Assessment, assess
from guiju.assess.naming import citation
from guiju.bilingual import Bilingual
from guiju.engine.collection import Rulebooks
from guiju.engine.questions import Question, next_questions
from guiju.engine.values import Value
from guiju.profiles.problems import ProfileError
from guiju.profiles.profile import load_profile

_SAY = {
    "open": Bilingual("还有 {n} 个问题可能影响结论。", "{n} question(s) may still change the answer."),
    "help": Bilingual(
        "可答：? 不知道　w 为什么问　u 撤回上一答　q 结束（已答的都已保存）",
        "you can answer: ? don't know   w why do you ask   u undo the last answer   q stop (all answers are saved)",
    ),
    "done": Bilingual(
        "全部判定完毕：{applies} 项适用，{not_} 项不适用。", "everything is decided: {applies} apply, {not_} do not."
    ),
    "left": Bilingual("剩下的问题您都答了不知道。", "you answered “don't know” to what is left."),
    "stopped": Bilingual(
        "已保存到 {path}。运行 guiju assess {path} 查看结论。",
        "saved in {path}; see the answer with: guiju assess {path}",
    ),
    "why": Bilingual(
        "这个答案平均能判定 {n} 项条款，包括：", "an answer decides {n} provisions on average, among them:"
    ),
    "undone": Bilingual("已撤回：{fact}", "taken back: {fact}"),
    "nothing": Bilingual("没有可撤回的回答。", "there is nothing to take back."),
    "organisation": Bilingual("贵组织的名称？", "name of the organisation?"),
    "systems": Bilingual(
        "人工智能产品、服务或者模型的名称（多个用逗号分开）？", "names of the AI systems (separate several by commas)?"
    ),
}
SHOWN_PROVISIONS = 5


class Interview:
    """One sitting: asks, explains, saves, and stops when everything is decided."""

    def __init__(
        self, path: Path, books: Rulebooks, lang: str, assess_again: Callable[[], Assessment], out: TextIO
    ) -> None:
        self.path = path
        self.books = books
        self.lang = lang
        self.assess_again = assess_again
        self.out = out
        self.skipped: set[tuple[str, str]] = set()
        self.given: list[Question] = []

    def say(self, key: str, **values: object) -> None:
        """Print one of the interview's own sentences."""
        print(_SAY[key].get(self.lang).format(**values), file=self.out)

    def next(self) -> Question | None:
        """Return the most decisive question that was not skipped, or None when there is none left."""
        assessment = self.assess_again()
        found = next_questions(assessment.cases, assessment.norms)
        left = [question for question in found if _key(question) not in self.skipped]
        if left:
            self.say("open", n=len(left))
            return left[0]
        if found:
            self.say("left")
        else:
            statuses = [finding.status for finding in assessment.findings]
            self.say("done", applies=statuses.count("applies"), not_=len(statuses) - statuses.count("applies"))
        return None

    def ask(self, question: Question) -> None:
        """Put a question to the person."""
        where = f"[{question.subject.name}] " if question.subject.name else ""
        print(f"\n{where}{question.question.get(self.lang)}", file=self.out)
        for number, choice in enumerate(question.choices, 1):
            label = question.spec.label(choice).get(self.lang)
            print(f"  {number} {choice}" + (f"  {label}" if label != choice else ""), file=self.out)

    def why(self, question: Question) -> None:
        """Say which provisions hang on the answer, and what counts."""
        self.say("why", n=round(float(question.decides), 1))
        for address in question.provisions[:SHOWN_PROVISIONS]:
            norm = next(n for n in self.books.norms if n.address == address)
            print(f"  {citation(address, self.books, self.lang)}: {norm.gist.get(self.lang)}", file=self.out)
        if question.help is not None:
            print(f"  {question.help.get(self.lang)}", file=self.out)

    def save(self, question: Question, value: Value) -> None:
        """Write an answer into the profile, whole or not at all."""
        from guiju.profiles.save import set_fact

        system = question.subject.name if question.subject.kind == "system" else None
        set_fact(self.path, self.books, system=system, fact=question.fact, value=value)

    def undo(self) -> None:
        """Make the last answer unknown again."""
        if not self.given:
            self.say("nothing")
            return
        question = self.given.pop()
        self.save(question, None)
        self.say("undone", fact=question.fact)

    def answer(self, question: Question, typed: str) -> bool:
        """Take what was typed; tell whether to go on to the next question."""
        word = typed.strip().lower()
        if word in ("w", "why", "为什么"):
            self.why(question)
            return False
        if word in ("u", "undo", "撤回"):
            self.undo()
            return True
        if word in ("?", "？", "", "unknown", "不知道"):
            self.skipped.add(_key(question))
            return True
        try:
            value = read_answer(question.spec, typed)
        except AnswerError as error:
            print(error.text(self.lang), file=self.out)
            return False
        try:
            self.save(question, value)
        except ProfileError as error:
            print(error.text(self.lang), file=self.out)
            return False
        self.given.append(question)
        return True


def interview(path: Path, settings: Settings, stdin: TextIO, out: TextIO) -> int:
    """Run the interview on a profile, making the file if there is none; returns the exit status."""
    from guiju.engine.rulebook import load_rulebooks

    books = load_rulebooks()
    if not path.exists():
        _begin(path, settings.lang, stdin, out)
    sitting = Interview(path, books, settings.lang, lambda: settings.assess(path, books), out)
    sitting.say("help")
    while (question := sitting.next()) is not None:
        sitting.ask(question)
        while True:
            print("> ", end="", file=out, flush=True)
            typed = stdin.readline()
            if typed == "" or typed.strip().lower() in ("q", "quit", "结束"):
                print(file=out)
                sitting.say("stopped", path=path)
                return 0
            if sitting.answer(question, typed):
                break
    sitting.say("stopped", path=path)
    return 0


class Settings:
    """How an interview assesses: day, rulebooks, readings, language."""

    def __init__(self, lang: str, as_of: dt.date, rulebooks: list[str] | None, readings: dict[str, str]) -> None:
        self.lang = lang
        self.as_of = as_of
        self.rulebooks = rulebooks
        self.readings = readings

    def assess(self, path: Path, books: Rulebooks) -> Assessment:
        """Assess the profile as it now stands."""
        profile = load_profile(path, books)
        return assess(profile, books, as_of=self.as_of, rulebooks=self.rulebooks, readings=self.readings)


def _begin(path: Path, lang: str, stdin: TextIO, out: TextIO) -> None:
    from guiju.profiles.save import new_profile

    print(_SAY["organisation"].get(lang), end=" ", file=out, flush=True)
    organisation = stdin.readline().strip()
    print(_SAY["systems"].get(lang), end=" ", file=out, flush=True)
    names = [name.strip() for name in stdin.readline().replace("，", ",").split(",")]
    new_profile(path, organisation, [name for name in names if name])


def _key(question: Question) -> tuple[str, str]:
    return question.fact, question.subject.name
