"""Backups of a whole site: one archive that does not depend on the database, and bringing it back."""
