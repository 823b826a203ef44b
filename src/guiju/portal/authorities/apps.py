"""The app as Django knows it."""

from django.apps import AppConfig


class AuthoritiesConfig(AppConfig):
    """Names the app; its tables begin with the label."""

    name = "guiju.portal.authorities"
    label = "authorities"
