"""Addresses. Each has an entry in access/roles.yaml."""

from __future__ import annotations

from django.urls import URLPattern, path

from guiju.portal.desk.assignment_page import assignment
from guiju.portal.desk.offices_page import office, offices, posting
from guiju.portal.desk.overview import desk_overview
from guiju.portal.desk.queue_page import desk
from guiju.portal.desk.search_page import desk_search

urlpatterns: list[URLPattern] = [
    path("desk/", desk, name="desk"),
    path("desk/search/", desk_search, name="desk_search"),
    path("desk/overview/", desk_overview, name="desk_overview"),
    path("desk/cases/<str:number>/", assignment, name="assignment"),
    path("desk/offices/", offices, name="offices"),
    path("desk/offices/<str:code>/", office, name="office"),
    path("desk/postings/<int:posting>/", posting, name="posting"),
]
