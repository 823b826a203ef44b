"""The page of one's own account: who one is here, how one logs in, in which language one is written to."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from guiju.bilingual import Bilingual
from guiju.portal.drafts.late import sent_or_kept
from guiju.portal.faces.showing import mistakes_of, show, tell
from guiju.portal.look.components import ChoiceField, Field, Link, Option, SummaryList, SummaryRow, Tag, TextField

_LONGEST = 200
_TITLE = Bilingual(zh="我的账户", en="My account")
_WAYS = {
    "account_email": Bilingual(zh="邮箱地址", en="Mail addresses"),
    "account_change_password": Bilingual(zh="更改密码", en="Change the password"),
    "mfa_index": Bilingual(zh="双重验证与通行密钥", en="Second factors and passkeys"),
}
_SAVED = Bilingual(zh="已保存。", en="Saved.")
_TOO_LONG = Bilingual(zh=f"姓名最多 {_LONGEST} 个字符。", en=f"A name has at most {_LONGEST} characters.")
_UNPRINTABLE = Bilingual(
    zh="姓名含有无法保存的字符；请重新输入。", en="The name has a character that cannot be kept; enter it again."
)


def own_account(request: HttpRequest) -> HttpResponse:
    """Show the account, or change name and language."""
    user: Any = request.user
    sent = sent_or_kept(request) or {"name": user.name, "language": user.language}
    name, language, error = sent.get("name", "").strip(), sent.get("language", ""), None
    if request.method == "POST":
        error = _TOO_LONG if len(name) > _LONGEST else _UNPRINTABLE if not name.isprintable() else None
        if error is None and language in ("zh", "en"):
            user.name, user.language = name, language
            user.save(update_fields=["name", "language"])
            tell(request, _SAVED)
            return redirect("own_account")
    fields = _fields(name, language, error)
    return show(
        request,
        "people/account.html",
        {
            "facts": _facts(user),
            "ways": [Link(label=label, href=reverse(route)) for route, label in _WAYS.items()],
            "fields": fields,
        },
        title=_TITLE,
        mistakes=mistakes_of(fields),
        status=200 if error is None else 422,
    )


def _facts(user: Any) -> SummaryList:
    strong = Authenticator.objects.filter(user=user).exclude(type=Authenticator.Type.RECOVERY_CODES).exists()
    on = Tag(text=Bilingual(zh="已启用", en="Switched on"), kind="good")
    off = Tag(text=Bilingual(zh="未启用", en="Not switched on"), kind="unsure")
    return SummaryList(
        rows=(
            SummaryRow(key=Bilingual(zh="登录邮箱", en="Mail address for signing in"), value=user.email),
            SummaryRow(key=Bilingual(zh="双重验证", en="Second factor"), value=on if strong else off),
        )
    )


def _fields(name: str, language: str, error: Bilingual | None) -> tuple[Field, ...]:
    return (
        TextField(
            name="name",
            label=Bilingual(zh="姓名", en="Name"),
            hint=Bilingual(zh="办理案件时写入证据日志。", en="It is written into the log of evidence when you act."),
            value=name,
            width=30,
            autocomplete="name",
            optional=True,
            error=error,
        ),
        ChoiceField(
            name="language",
            label=Bilingual(zh="通知所用语言", en="Language of messages to you"),
            options=(Option(value="zh", label="中文"), Option(value="en", label="English")),
            value=language,
            inline=True,
        ),
    )
