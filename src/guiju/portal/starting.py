"""What a site needs before it serves: tables, log, and a first account."""

from __future__ import annotations

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.core.validators import validate_email
from django.db import transaction

from guiju.bilingual import Bilingual
from guiju.portal.authorities.models import Office, Posting
from guiju.portal.evidence.opening import lay_log
from guiju.portal.people.models import User

ADMINISTRATOR = "administrator"


class FirstAccountError(ValueError):
    """The account cannot be made."""

    def __init__(self, reason: Bilingual) -> None:
        self._reason = reason
        super().__init__(reason.en)

    def text(self, lang: str) -> str:
        """Say why, in `zh` or `en`."""
        return self._reason.get(lang)


def prepare() -> bool:
    """Make or renew the tables and lay the log; returns whether the log was missing. Running it again is harmless."""
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    return lay_log()


@transaction.atomic
def create_admin(email: str, password: str, office_code: str) -> User:
    """Make an account that is an office's administrator: it appoints people there and below, and sees no case.

    Its mail address counts as confirmed. Raises FirstAccountError.
    """
    from allauth.account.models import EmailAddress

    office = Office.objects.filter(code=office_code).first()
    if office is None:
        raise FirstAccountError(
            Bilingual(zh=f"没有代码为 {office_code} 的处室", en=f"there is no office {office_code}")
        )
    if User.objects.filter(email=email.lower()).exists():
        raise FirstAccountError(Bilingual(zh=f"账户 {email} 已经存在", en=f"there is an account {email} already"))
    try:
        validate_email(email)
        validate_password(password, User(email=email))
    except ValidationError as error:
        said = " ".join(error.messages)
        raise FirstAccountError(Bilingual(zh=f"邮箱或者密码不可用：{said}", en=f"not fit: {said}")) from None
    user = User.objects.create_user(email, password)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    Posting.objects.create(user=user, office=office, role=ADMINISTRATOR)
    return user
