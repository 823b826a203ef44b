"""The history of names and facts is written once."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations

from guiju.portal.evidence.triggers import append_only, install

_OF_ORGANISATION = (
    "NEW.system_id IS NULL AND EXISTS (SELECT 1 FROM organisations_version "
    "WHERE system_id IS NULL AND organisation_id = NEW.organisation_id AND revision = NEW.revision)"
)


class Migration(migrations.Migration):
    """Makes the triggers."""

    dependencies: ClassVar = [("organisations", "0001_initial")]
    operations: ClassVar = [
        install(append_only("organisations_version", "id", "system_id,revision", insert=_OF_ORGANISATION))
    ]
