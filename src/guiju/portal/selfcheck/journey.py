"""What all pages of a check share: reading the address, and the ways from one page to the next."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from guiju.bilingual import Bilingual
from guiju.portal.faces.books import rulebooks
from guiju.portal.look.components import Notification
from guiju.portal.selfcheck.answers import Answers, read_answers

CRUMB = Bilingual(zh="自查", en="Self-check")


def answers_in(request: HttpRequest) -> Answers:
    """Return the answers that the address holds."""
    return read_answers(request.GET, rulebooks())


def way(route: str, answers: Answers, **more: str) -> str:
    """Return the address of a page of this check."""
    return f"{reverse(route)}?{answers.query(**more)}"


def go(route: str, answers: Answers, **more: str) -> HttpResponseRedirect:
    """Lead on to a page of this check."""
    return HttpResponseRedirect(way(route, answers, **more))


def unlisted(response: HttpResponse) -> HttpResponse:
    """Keep a page whose address holds somebody's answers out of search engines and of caches."""
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers.setdefault("Cache-Control", "private, no-store")
    return response


@dataclass(frozen=True, slots=True)
class Ways:
    """Where one can go from every page of a check."""

    answers: Answers

    @property
    def question(self) -> str:
        """The next question."""
        return way("check_question", self.answers)

    @property
    def listed(self) -> str:
        """All answers."""
        return way("check_answers", self.answers)

    @property
    def dates(self) -> str:
        """The days of events."""
        return way("check_dates", self.answers)

    @property
    def result(self) -> str:
        """The result."""
        return way("check_result", self.answers)

    @property
    def keep(self) -> str:
        """Keeping it as a system of an organisation."""
        return way("check_keep", self.answers)

    @property
    def back(self) -> str:
        """The last answer taken back: its question, open again; the beginning where there is none."""
        last = self.answers.last
        if not last:
            return way("check", self.answers)
        return way("check_question", self.answers.without(last), ask=last)


def about_left_out(answers: Answers) -> tuple[Notification, ...]:
    """Say that a part of the address was not understood, so that nobody takes it for answered."""
    if not answers.left_out:
        return ()
    n = answers.left_out
    return (
        Notification(
            id="left-out",
            kind="warning",
            title=Bilingual(
                zh=f"网址中有 {n} 项无法采用，视为没有回答",
                en=f"{n} of what this address says could not be used and counts as not answered",
            ),
            text=Bilingual(
                zh="它们不是现有的问题或者答案，或者与其他回答矛盾。",
                en="It is no question or answer that there is, or it contradicts the other answers.",
            ),
        ),
    )
