"""The app as Django knows it."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Names the app; its tables begin with the label."""

    name = "guiju.portal.people"
    label = "people"

    def ready(self) -> None:
        """Listen for second factors that are added: whoever has just added one has shown it."""
        from allauth.mfa.signals import authenticator_added

        from guiju.portal.people.second_factor import note_added

        authenticator_added.connect(note_added, dispatch_uid="guiju.portal.people")
