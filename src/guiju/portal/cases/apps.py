"""The app as Django knows it."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """Names the app; its tables begin with the label."""

    name = "guiju.portal.cases"
    label = "cases"
