"""The app as Django knows it."""

from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    """Names the app; its tables begin with the label."""

    name = "guiju.portal.organisations"
    label = "organisations"
