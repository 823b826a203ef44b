"""The app as Django knows it."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Names the app; its tables, if it has any, begin with the label."""

    name = "guiju.portal.desk"
    label = "desk"
