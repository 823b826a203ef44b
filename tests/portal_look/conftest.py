"""Django for these tests: the least it needs, whichever settings the process began with.

A process has one Django: when the portal's own tests came first, their settings give way while these tests run.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

import django
import pytest
from django.test import override_settings
from django.utils import translation

from tests.portal_look import settings as least

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.portal_look.settings")
django.setup()

_TAKEN = (
    "INSTALLED_APPS",
    "DEBUG",
    "ALLOWED_HOSTS",
    "MIDDLEWARE",
    "ROOT_URLCONF",
    "TEMPLATES",
    "LANGUAGE_CODE",
    "LANGUAGES",
    "STATIC_URL",
)


@pytest.fixture(autouse=True, scope="package")
def least_settings() -> Iterator[None]:
    with override_settings(**{name: getattr(least, name) for name in _TAKEN}):
        yield


@pytest.fixture(params=["zh-hans", "en"])
def lang(request: pytest.FixtureRequest) -> Iterator[str]:
    code = str(request.param)
    with translation.override(code):
        yield code
