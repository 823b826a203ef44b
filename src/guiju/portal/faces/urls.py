"""Addresses. Each has an entry in access/roles.yaml."""

from __future__ import annotations

from django.urls import URLPattern, path

from guiju.portal.faces import about

urlpatterns: list[URLPattern] = [
    path("about/", about.about, name="about"),
    path("accessibility/", about.accessibility, name="accessibility"),
    path("robots.txt", about.robots, name="robots"),
    path(".well-known/security.txt", about.security_contact, name="security_contact"),
]
