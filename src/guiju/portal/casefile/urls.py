"""Addresses. Each has an entry in access/roles.yaml."""

from __future__ import annotations

from django.urls import URLPattern, path

from guiju.portal.casefile import views

urlpatterns: list[URLPattern] = [
    path("cases/<str:number>/", views.case_page, name="case_page"),
    path("cases/<str:number>/diagram.svg", views.case_diagram, name="case_diagram"),
    path("cases/<str:number>/clocks/<str:clock>/", views.case_clock, name="case_clock"),
    path("cases/<str:number>/evidence/", views.case_evidence, name="case_evidence"),
    path("cases/<str:number>/evidence/<int:seq>.json", views.case_proof, name="case_proof"),
    path("cases/<str:number>/evidence/<int:seq>.tlog-proof", views.case_proof_alone, name="case_proof_alone"),
]
