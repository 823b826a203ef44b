"""The app as Django knows it."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """Invented people and what they did; its pages exist in a demo only."""

    name = "guiju.portal.demo"
    label = "demo"
