"""Addresses. Each has an entry in access/roles.yaml. Below `log/` they are those of C2SP tlog-tiles."""

from __future__ import annotations

from django.urls import URLPattern, path

from guiju.portal.publishing import files, page

urlpatterns: list[URLPattern] = [
    path("log/", page.log, name="log"),
    path("log/checkpoint", files.log_checkpoint, name="log_checkpoint"),
    path("log/checkpoint/<int:size>", files.log_former_checkpoint, name="log_former_checkpoint"),
    path("log/checkpoints.json", files.log_checkpoints_json, name="log_checkpoints_json"),
    path("log/growth/<int:since>.json", files.log_growth, name="log_growth"),
    path("log/key", files.log_key, name="log_key"),
    path("log/tile/<path:place>", files.log_tile, name="log_tile"),
]
