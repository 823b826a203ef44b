"""What people see when something did not work: what happened, and where to go from here, in both languages.

Where the site itself may be broken (a fault, a request that cannot be trusted) nothing is asked of session or database.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import get_template

from guiju.bilingual import Bilingual
from guiju.portal.faces.places import PUBLIC
from guiju.portal.faces.showing import show
from guiju.portal.look.components import Shell


@dataclass(frozen=True, slots=True)
class Trouble:
    """What did not work, what that means, and what can be done."""

    status: HTTPStatus
    title: Bilingual
    text: Bilingual
    advice: Bilingual


_TEMPLATE = "faces/trouble.html"
_BAD_REQUEST = Trouble(
    HTTPStatus.BAD_REQUEST,
    Bilingual(zh="无法处理这个请求", en="This request cannot be dealt with"),
    Bilingual(zh="浏览器发来的内容不完整或者格式不对。", en="What the browser sent was incomplete or malformed."),
    Bilingual(zh="请回到上一页，再试一次。", en="Please go back and try again."),
)
_FORBIDDEN = Trouble(
    HTTPStatus.FORBIDDEN,
    Bilingual(zh="没有权限", en="This is not open to you"),
    Bilingual(
        zh="您的账户没有办理这件事所需的角色。", en="Your account does not hold a role in which this can be done."
    ),
    Bilingual(
        zh="如果您应当有权限，请联系贵组织的负责人，或者贵机关的管理员。",
        en="If it should, ask the owner of your organisation or the administrator of your authority.",
    ),
)
_NOT_FOUND = Trouble(
    HTTPStatus.NOT_FOUND,
    Bilingual(zh="没有这个页面", en="There is no such page"),
    Bilingual(
        zh="地址可能写错了，页面可能已经移走，或者只对有关的人开放。",
        en="The address may be mistyped, the page may have moved, or it is open only to those whom it concerns.",
    ),
    Bilingual(zh="需要登录才能看到的，请先登录。", en="If one has to be signed in to see it, please sign in first."),
)
_NOT_ALLOWED = Trouble(
    HTTPStatus.METHOD_NOT_ALLOWED,
    Bilingual(zh="这里不能这样操作", en="This cannot be done here"),
    Bilingual(
        zh="这个地址存在，但不接受这种请求。", en="There is such an address, but it takes no request of this kind."
    ),
    Bilingual(zh="请从页面上的链接和按钮进入。", en="Please use the links and buttons of the pages."),
)
_FAULT = Trouble(
    HTTPStatus.INTERNAL_SERVER_ERROR,
    Bilingual(zh="系统出了故障", en="Something is wrong on our side"),
    Bilingual(
        zh="这不是您的错。没有显示受理结果的，就是没有办成：案件、编号和文书要么全部生成，要么都不生成。",
        en="This is not your fault. What was not confirmed was not done: case, number and letters come about "
        "together or not at all.",
    ),
    Bilingual(zh="请过几分钟再试。", en="Please try again in a few minutes."),
)
_FORM_EXPIRED = Trouble(
    HTTPStatus.FORBIDDEN,
    Bilingual(zh="表单已经失效，没有提交", en="The form is no longer valid and was not sent"),
    Bilingual(
        zh="为防止他人冒用您的登录，每份表单都带有一个标记；这一份的标记缺失或者已经过期"
        "（例如其间重新登录过，或者浏览器不接受 Cookie）。",
        en="So that nobody can use your session from elsewhere, every form carries a mark. That of this form is "
        "missing or out of date: you may have signed in again meanwhile, or the browser takes no cookies.",
    ),
    Bilingual(
        zh="请返回上一页并重新载入，再提交一次。", en="Please go back, load the page again and send the form once more."
    ),
)
_SHOWN = {one.status: one for one in (_BAD_REQUEST, _FORBIDDEN, _NOT_ALLOWED)}


def bad_request(_request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - Django passes it
    """Answer a request that cannot be trusted: nothing of it is used."""
    return _bare(_BAD_REQUEST)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - Django passes it
    """Answer whoever may not do this."""
    return _told(request, _FORBIDDEN)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - Django passes it
    """Answer for what does not exist, or not for this person: both look the same."""
    return _told(request, _NOT_FOUND)


def fault(_request: HttpRequest) -> HttpResponse:
    """Answer after a fault of the program, without touching the database."""
    return _bare(_FAULT)


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django passes it
    """Answer a form whose token is missing or out of date."""
    return _told(request, _FORM_EXPIRED)


class FilledRefusals:
    """Gives the refusals of the gate, which are empty, words where a person is reading."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on."""
        response = self.get_response(request)
        trouble = _SHOWN.get(HTTPStatus(response.status_code)) if response.status_code in _STATUSES else None
        empty = isinstance(response, HttpResponse) and not response.content
        if trouble and empty and request.method != "HEAD" and "text/html" in request.headers.get("Accept", ""):
            assert isinstance(response, HttpResponse)
            response.content = _told(request, trouble).content
        return response


_STATUSES = frozenset(int(status) for status in _SHOWN)


def _told(request: HttpRequest, trouble: Trouble) -> HttpResponse:
    if not hasattr(request, "user"):
        return _bare(trouble)
    return show(request, _TEMPLATE, {"trouble": trouble}, title=trouble.title, status=trouble.status)


def _bare(trouble: Trouble) -> HttpResponse:
    """Show a page that needs neither session nor database."""
    shell = Shell(title=trouble.title, navigation=PUBLIC.navigation(""))
    content = get_template(_TEMPLATE).render({"shell": shell, "trouble": trouble})
    return HttpResponse(content, status=trouble.status)
