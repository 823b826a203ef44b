"""The app as Django knows it."""

from django.apps import AppConfig


class LookConfig(AppConfig):
    """Brings templates, static files and translations; it has no tables."""

    name = "guiju.portal.look"
    label = "look"
