"""A form that is sent after its session has ended is not lost: it is kept until the same person has logged in again.

Every such form carries, signed, for whom it was made. When it comes in and nobody is logged in, what was entered is put
aside under a random token, which only that browser gets, as a cookie; after log-in the form is shown as it was left, to
the person for whom it was made and to nobody else. It is not sent by itself: that remains with the person.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from guiju.portal.drafts.files import UnfitFileError, keep_file
from guiju.portal.drafts.models import LatePost
from guiju.portal.forms.inputs_entered import MOST_NAMES, Entered, texts
from guiju.portal.people.models import User

FIELD = "_for"
COOKIE = "guiju-kept"
_SALT = "guiju.portal.drafts.late"
_FORM_IS_GOOD_FOR = dt.timedelta(days=30)
KEPT_FOR = dt.timedelta(hours=2)
_MOST_OF_ONE_PERSON = 10
_NOT_KEPT = ("csrfmiddlewaretoken", FIELD)


def made_for(user: User) -> str:
    """Return the signed word that a form carries: for whom it was made."""
    return signing.dumps(user.pk, salt=_SALT)


def put_aside(request: HttpRequest) -> HttpResponse | None:
    """Keep a form that somebody sent whose session has ended, and lead to log-in; None if this is no such form.

    The token against forged requests has been checked before: this is a form of ours, sent from our page.
    """
    person = _person(request.POST.get(FIELD, ""))
    if person is None:
        return None
    if request.headers.get("HX-Request"):
        # Saved as one goes: to be led away in the middle of a word would lose the rest of it.
        return render(request, "drafts/ended.html")
    token = secrets.token_urlsafe(32)
    path = request.get_full_path()
    LatePost.objects.filter(kept_at__lt=timezone.now() - KEPT_FOR).delete()
    mine = LatePost.objects.filter(person=person).order_by("-kept_at").values_list("pk", flat=True)
    LatePost.objects.filter(pk__in=list(mine[_MOST_OF_ONE_PERSON - 1 :])).delete()
    LatePost.objects.create(token_hash=_hash(token), person=person, path=path[:2000], entered=_entered(request, person))
    response = redirect_to_login(path, reverse("account_login"))
    response.set_cookie(
        COOKIE, token, max_age=int(KEPT_FOR.total_seconds()), httponly=True, samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )  # fmt: skip
    return response


def take_back(request: HttpRequest, user: User) -> Entered | None:
    """Return what this person had entered on this page before their session ended, once; None if there is nothing."""
    found = _kept(request, user)
    if found is None:
        return None
    found.delete()
    entered: Entered = found.entered
    return entered


def waits(request: HttpRequest, user: User) -> bool:
    """Tell whether something waits to be taken back."""
    return _kept(request, user) is not None


def _kept(request: HttpRequest, user: User) -> LatePost | None:
    token = request.COOKIES.get(COOKIE)
    if not token:
        return None
    since = timezone.now() - KEPT_FOR
    rows = LatePost.objects.filter(token_hash=_hash(token), person=user, kept_at__gte=since)
    return rows.filter(path=request.get_full_path()).first()


def _person(signed: str) -> User | None:
    try:
        pk = signing.loads(signed, salt=_SALT, max_age=_FORM_IS_GOOD_FOR)
    except signing.BadSignature:
        return None
    found: User | None = User.objects.filter(pk=pk, is_active=True).first()
    return found


def _entered(request: HttpRequest, person: User) -> Entered:
    names = [name for name in request.POST if name not in _NOT_KEPT][:MOST_NAMES]
    entered = {name: texts(request.POST, name) for name in names}
    for name, sent in request.FILES.items():
        try:
            entered[name] = [str(keep_file(sent, person))]
        except UnfitFileError:
            continue
    return entered


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
