"""The app as Django knows it."""

from django.apps import AppConfig


class PublishingConfig(AppConfig):
    """Names the app; it has no tables of its own."""

    name = "guiju.portal.publishing"
    label = "publishing"
