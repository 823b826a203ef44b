"""Addresses. Each has an entry in access/roles.yaml."""

from __future__ import annotations

from django.urls import URLPattern, path

from guiju.portal.lookup import entry_page, number_page, registers_page, statistics_page

_ENTRY = "registers/<str:law>/<str:register>/<str:number>"

urlpatterns: list[URLPattern] = [
    path("registers/", registers_page.registers, name="registers"),
    path("registers/entries.<str:form>", registers_page.registers_data, name="registers_data"),
    path(f"{_ENTRY}.json", entry_page.entry_json, name="entry_json"),
    path(f"{_ENTRY}/", entry_page.entry, name="entry"),
    path(f"{_ENTRY}/<int:version>/proof.<str:form>", entry_page.entry_proof, name="entry_proof"),
    path(f"{_ENTRY}/qr.<str:form>", entry_page.entry_qr, name="entry_qr"),
    path(f"{_ENTRY}/badge/", entry_page.entry_badge, name="entry_badge"),
    path(f"{_ENTRY}/badge.svg", entry_page.entry_badge_picture, name="entry_badge_picture"),
    path("number/", number_page.number_check, name="number_check"),
    path("number.json", number_page.number_json, name="number_json"),
    path("n/<str:number>", number_page.number_short, name="number_short"),
    path("statistics/", statistics_page.statistics, name="statistics"),
    path("statistics/<str:figure>.<str:form>", statistics_page.statistics_data, name="statistics_data"),
]
