"""The accounts of a demo: who they are, what waits for each, and a button to log in. Outside a demo there are none."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from guiju.bilingual import Bilingual
from guiju.portal.demo.accounts import tables
from guiju.portal.demo.invented import read_invented
from guiju.portal.faces.showing import show
from guiju.portal.people.models import User

_TITLE = Bilingual(zh="演示账户", en="Demo accounts")
_BACKEND = settings.AUTHENTICATION_BACKENDS[0]
View = Callable[[HttpRequest], HttpResponse]


def _in_a_demo(view: View) -> View:
    @wraps(view)
    def only(request: HttpRequest) -> HttpResponse:
        if not settings.CONFIGURATION.demo:
            raise Http404
        return view(request)

    return only


@_in_a_demo
def demo_accounts(request: HttpRequest) -> HttpResponse:
    """List the accounts by side of the portal."""
    invented = read_invented()
    context = {"tables": tables(invented), "password": invented.password}
    return show(request, "demo/accounts.html", context, title=_TITLE)


@_in_a_demo
def demo_log_in(request: HttpRequest) -> HttpResponse:
    """Log in as one of the invented people; nobody else's account can be entered this way."""
    email = request.POST.get("email", "")
    if email not in {one.email for one in read_invented().people.values()}:
        raise Http404
    user = User.objects.filter(email=email, is_active=True).first()
    if user is None:
        raise Http404
    login(request, user, backend=_BACKEND)
    return redirect(settings.LOGIN_REDIRECT_URL)
