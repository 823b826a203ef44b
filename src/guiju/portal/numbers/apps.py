"""The app as Django knows it."""

from django.apps import AppConfig


class NumbersConfig(AppConfig):
    """Names the app; its tables begin with the label."""

    name = "guiju.portal.numbers"
    label = "numbers"
