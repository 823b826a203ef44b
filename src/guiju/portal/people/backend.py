"""Who is who, and nothing about what they may do: that is decided in `access` alone."""

from __future__ import annotations

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend


class Backend(AuthenticationBackend):
    """Log-in by mail address; Django's own permissions are switched off, so that no second system decides."""

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:  # noqa: ARG002  (Django's signature)
        """Grant nothing."""
        return False

    def get_all_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:  # noqa: ARG002  (Django's signature)
        """Know of no permission."""
        return set()
