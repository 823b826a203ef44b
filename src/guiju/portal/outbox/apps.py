"""The app as Django knows it."""

from django.apps import AppConfig


class OutboxConfig(AppConfig):
    """Names the app; its tables begin with the label."""

    name = "guiju.portal.outbox"
    label = "outbox"
