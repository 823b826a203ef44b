"""One way to show a page: template and context, put into the shell of the place where one is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from guiju.bilingual import Bilingual
from guiju.portal.access.gate import actor_behind
from guiju.portal.faces.books import rulebooks
from guiju.portal.faces.places import PUBLIC, Place, place_of
from guiju.portal.look.components import Crumb, ErrorSummary, Field, Label, Link, Notification, ProvisionLink, Shell

_LOG_IN = Bilingual(zh="登录", en="Sign in")
_SIGN_UP = Bilingual(zh="注册", en="Sign up")
_PLACES = Bilingual(zh="我的工作台", en="My places")
_ACCOUNT = Bilingual(zh="账户", en="Account")
_LOG_OUT = Bilingual(zh="退出", en="Sign out")
_MODEL = Bilingual(
    zh="《示范法》是学者起草的范本，没有法律效力；依它写的期限、程序和后果，都是假如它施行会怎样。",
    en="The Model AI Law was drafted by scholars and is not in force: periods, procedures and consequences under it are"
    " what would hold if it were.",
)
_ABOUT = {
    "about": Bilingual(zh="关于本平台", en="About this platform"),
    "log": Bilingual(zh="怎样核验", en="How to verify"),
    "accessibility": Bilingual(zh="无障碍说明", en="Accessibility"),
}


def show(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any] | None = None,
    *,
    title: Label,
    place: Place = PUBLIC,
    current: str = "",
    crumbs: Iterable[tuple[Label, str]] = (),
    provisions: Iterable[ProvisionLink] = (),
    mistakes: ErrorSummary | None = None,
    status: int = 200,
) -> HttpResponse:
    """Show a page.

    `current` is the route of the menu under which it stands; `crumbs` are the pages above it (words and address), this
    page is added; `provisions` are what the page as a whole rests on; `mistakes` stand on top and are in the title.
    """
    shell = shell_of(
        request, title=title, place=place, current=current, crumbs=crumbs, provisions=provisions, wrong=bool(mistakes)
    )
    given = {**(context or {}), "shell": shell, "mistakes": mistakes, "notices": notices(request)}
    return render(request, template, given, status=status)


def shell_of(
    request: HttpRequest,
    *,
    title: Label,
    place: Place = PUBLIC,
    current: str = "",
    crumbs: Iterable[tuple[Label, str]] = (),
    provisions: Iterable[ProvisionLink] = (),
    wrong: bool = False,
) -> Shell:
    """Return what surrounds a page; see `show`."""
    rests_on = tuple(provisions)
    above = tuple(Crumb(label=label, href=href) for label, href in crumbs)
    return Shell(
        title=title,
        face=place.face,
        holder=place.holder,
        navigation=place.navigation(current),
        account=_account(request),
        crumbs=(*above, Crumb(label=title)) if above else (),
        provisions=rests_on,
        about_law=_MODEL if any(one.address.startswith(_models()) for one in rests_on) else None,
        links=tuple(Link(label=label, href=place_of(route)) for route, label in _ABOUT.items()),
        has_errors=wrong,
        demo=settings.CONFIGURATION.demo,
    )


def _models() -> tuple[str, ...]:
    """Return how the addresses of laws begin that are not in force."""
    return tuple(f"{book.key}:" for book in rulebooks().books if book.status == "model")


def tell(request: HttpRequest, text: Bilingual, *, good: bool = True, mark: str = "") -> None:
    """Say something on the next page that this person sees. `mark` is shown large: a number, say."""
    level = messages.SUCCESS if good else messages.WARNING
    messages.add_message(request, level, text.zh, extra_tags=f"{mark}\n{text.en}")


def mistakes_of(fields: Iterable[Field]) -> ErrorSummary | None:
    """Gather what is wrong with the fields of a form; None where nothing is."""
    return ErrorSummary.of(tuple(fields))


def notices(request: HttpRequest) -> tuple[Notification, ...]:
    """Return what was told to this person since the last page; it is told once."""
    shown = []
    for number, message in enumerate(messages.get_messages(request)):
        mark, _, english = str(message.extra_tags or "").partition("\n")
        said = Bilingual(zh=str(message.message), en=english) if english else str(message.message)
        kind = "success" if message.level == messages.SUCCESS else "warning"
        if message.level <= messages.INFO:
            kind = "information"
        shown.append(Notification(id=f"notice-{number}", title=said, kind=kind, mark=mark))  # type: ignore[arg-type]
    return tuple(shown)


def _account(request: HttpRequest) -> tuple[Link, ...]:
    if actor_behind(request).user_id is None:
        return (
            Link(label=_LOG_IN, href=place_of("account_login")),
            Link(label=_SIGN_UP, href=place_of("account_signup")),
        )
    return (
        Link(label=_PLACES, href=place_of("places")),
        Link(label=_ACCOUNT, href=place_of("own_account")),
        Link(label=_LOG_OUT, href=place_of("account_logout")),
    )
