"""Addresses. Each has an entry in access/roles.yaml."""

from __future__ import annotations

from django.urls import URLPattern, path

from guiju.portal.filing import acting, beginning, downloads

urlpatterns: list[URLPattern] = [
    path("organisations/<int:organisation>/file/", beginning.file, name="file"),
    path("organisations/<int:organisation>/file/<slug:law>/<slug:name>/", beginning.begin_case, name="begin_case"),
    path("mine/file/", beginning.own_file, name="own_file"),
    path("mine/file/<slug:law>/<slug:name>/", beginning.begin_own_case, name="begin_own_case"),
    path("cases/<str:number>/acts/<slug:act>/", acting.case_act, name="case_act"),
    path("cases/<str:number>/files/<slug:sha256>/", downloads.case_file, name="case_file"),
    path("drafts/files/<int:upload>/", downloads.draft_file, name="draft_file"),
    path("drafts/<int:draft>/discard/", downloads.draft_discard, name="draft_discard"),
]
