"""A form that is sent after its session has ended is not lost: it is kept until the same person has logged in again.

Every such form carries, signed, for whom it was made. When it comes in and nobody is logged in, what was entered is put
aside under a random token, which only that browser gets, as a cookie; after log-in the form is shown as it was left, to
the person for whom it was made and to nobody else. It is not sent by itself: that remains with the person.

A form takes part by beginning with `{% our_form %}` (templatetags/ours.py), a view by showing `sent_or_kept`.
A file that may be filed is kept as such; another one, if it is a text, as its text under the name of its input, and
its name under `NAME_OF_FILE`.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from guiju.bilingual import Bilingual
from guiju.portal.drafts.files import UnfitFileError, keep_file
from guiju.portal.drafts.models import LatePost
from guiju.portal.faces.showing import tell
from guiju.portal.forms.inputs_entered import MOST_NAMES, Entered, clean, texts
from guiju.portal.people.models import User

FIELD = "_for"
COOKIE = "guiju-kept"
_SALT = "guiju.portal.drafts.late"
_FORM_IS_GOOD_FOR = dt.timedelta(days=30)
KEPT_FOR = dt.timedelta(hours=2)
_MOST_OF_ONE_PERSON = 10
_NOT_KEPT = ("csrfmiddlewaretoken", FIELD)
NAME_OF_FILE = "_file"
_LARGEST_TEXT = 2**20
"""Bytes of a text that is kept within the form. Ours: sent again within a form, it must pass as a field."""
_BACK = Bilingual(
    zh="您的登录曾经过期。您填写的内容都在下面，尚未保存；请核对后再提交。",
    en="Your session had ended. Everything you entered is below; it is not saved yet. Look it over and send it again.",
)


def made_for(user: User, page: str = "") -> str:
    """Return the signed word that a form carries: for whom it was made, and where it stands unless it is sent there."""
    return signing.dumps([user.pk, page], salt=_SALT)


def put_aside(request: HttpRequest) -> HttpResponse | None:
    """Keep a form that somebody sent whose session has ended, and lead to log-in; None if this is no such form.

    The token against forged requests has been checked before: this is a form of ours, sent from our page.
    """
    person, page = _person(request.POST.get(FIELD, ""))
    if person is None:
        return None
    if request.headers.get("HX-Request"):
        # Saved as one goes: to be led away in the middle of a word would lose the rest of it.
        return render(request, "drafts/ended.html")
    token = secrets.token_urlsafe(32)
    path = page or request.get_full_path()
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


def sent_or_kept(request: HttpRequest) -> QueryDict | None:
    """Return what a form is to show: what was sent or, shown once, what waits here for this person; else None.

    What waited has not been checked, and nothing was done with it: only a POST is somebody's will.
    """
    if request.method == "POST":
        return request.POST
    user = request.user
    kept = take_back(request, user) if request.method == "GET" and isinstance(user, User) else None
    if kept is None:
        return None
    tell(request, _BACK, good=False)
    found = QueryDict(mutable=True)
    for name, values in kept.items():
        found.setlist(name, values)
    return found


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


def _person(signed: str) -> tuple[User | None, str]:
    try:
        pk, page = signing.loads(signed, salt=_SALT, max_age=_FORM_IS_GOOD_FOR)
    except signing.BadSignature:
        return None, ""
    return User.objects.filter(pk=pk, is_active=True).first(), page


def _entered(request: HttpRequest, person: User) -> Entered:
    names = [name for name in request.POST if name not in _NOT_KEPT][:MOST_NAMES]
    found = {name: texts(request.POST, name) for name in names}
    for name, sent in request.FILES.items():
        try:
            found[name] = [str(keep_file(sent, person))]
        except UnfitFileError:
            found |= _text_of(name, sent)
    return found


def _text_of(name: str, sent: UploadedFile) -> Entered:
    """Keep a small file that is a text; a browser does not choose a file by itself again."""
    if (sent.size or 0) > _LARGEST_TEXT:
        return {}
    sent.seek(0)
    try:
        text = sent.read().decode()
    except UnicodeDecodeError:
        return {}
    return {name: [clean(text)], f"{name}{NAME_OF_FILE}": [clean(sent.name or "")]} if text else {}


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
