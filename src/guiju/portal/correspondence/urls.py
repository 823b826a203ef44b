"""Addresses. Each has an entry in access/roles.yaml."""

from __future__ import annotations

from django.urls import URLPattern, path, re_path

from guiju.portal.correspondence.views import letter, letter_pdf

urlpatterns: list[URLPattern] = [
    path("cases/<str:number>/letters/<int:seq>-<int:place>/", letter, name="case_letter"),
    re_path(
        r"^cases/(?P<number>[^/]+)/letters/(?P<seq>[0-9]{1,6})-(?P<place>[0-9]{1,3})\.(?P<lang>zh|en)\.pdf$",
        letter_pdf,
        name="case_letter_pdf",
    ),
]
