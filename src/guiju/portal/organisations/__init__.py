"""Organisations: their members, invitations, and systems with the facts about them."""
