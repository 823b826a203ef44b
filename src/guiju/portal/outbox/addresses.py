"""Addresses as a mail needs them: whole, under the first name of the site."""

from __future__ import annotations

from django.conf import settings


def whole_address(path: str) -> str:
    """Return the address of a page of this site with scheme and host; `path` begins with a slash."""
    configuration = settings.CONFIGURATION
    return f"{'http' if configuration.demo else 'https'}://{configuration.hosts[0]}{path}"
