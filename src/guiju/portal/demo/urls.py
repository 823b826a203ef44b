"""Addresses. Each has an entry in access/roles.yaml; outside a demo both answer 404."""

from __future__ import annotations

from django.urls import path

from guiju.portal.demo.views import demo_accounts, demo_log_in

urlpatterns = [
    path("demo/", demo_accounts, name="demo_accounts"),
    path("demo/log-in/", demo_log_in, name="demo_log_in"),
]
