"""The app as Django knows it."""

from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    """Names the app; its tables begin with the label."""

    name = "guiju.portal.evidence"
    label = "evidence"
