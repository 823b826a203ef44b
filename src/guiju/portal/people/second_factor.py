"""Second factors: their secrets lie encrypted, so that a copy of the database alone opens no account."""

from __future__ import annotations

import base64
from hashlib import sha256
from typing import Any

import segno
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings

_PURPOSE = b"guiju/portal/second-factor/v1\n"


class SecondFactor(DefaultMFAAdapter):
    """Encrypts with a key made from the site's secret; former secrets still open what they closed."""

    def encrypt(self, text: str) -> str:
        """Return a secret as it is stored."""
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Return a secret as it is used."""
        return _cipher().decrypt(encrypted_text.encode()).decode()

    def build_totp_svg(self, url: str) -> str:
        """Draw the code that an authenticator app scans, without a style that our policy would not let through."""
        return str(segno.make(url).svg_inline(scale=5, border=4, light="white"))


def note_added(*, request: Any, user: Any, authenticator: Any, **_: Any) -> None:
    """Write into the session that a second factor was added in it; recovery codes are none."""
    from allauth.account.internal.flows.login import record_authentication
    from allauth.mfa.models import Authenticator

    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        record_authentication(request, user, "mfa", id=authenticator.pk, type=authenticator.type)


def _cipher() -> MultiFernet:
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(sha256(_PURPOSE + one.encode()).digest())) for one in secrets])
