"""The app as Django knows it."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Names the app; its tables begin with the label."""

    name = "guiju.portal.people"
    label = "people"
