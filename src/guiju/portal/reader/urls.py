"""Addresses. Each has an entry in access/roles.yaml."""

from __future__ import annotations

from django.urls import URLPattern, path, re_path

from guiju.portal.reader import law_pages, procedure_pages

urlpatterns: list[URLPattern] = [
    path("law/", law_pages.law, name="law"),
    path("law/terms/", law_pages.law_terms, name="law_terms"),
    path("law/checks/", law_pages.law_checks, name="law_checks"),
    path("law/<slug:law>/<int:article>/", law_pages.law_article, name="law_article"),
    path("procedures/", procedure_pages.procedures, name="procedures"),
    path("procedures/<slug:law>/<slug:name>/", procedure_pages.procedure, name="procedure"),
    re_path(
        r"^procedures/(?P<law>[-\w]+)/(?P<name>[-\w]+)/diagram\.(?P<lang>zh|en)\.svg$",
        procedure_pages.procedure_diagram,
        name="procedure_diagram",
    ),
]
