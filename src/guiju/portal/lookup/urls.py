"""Addresses. Each has an entry in access/roles.yaml."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
