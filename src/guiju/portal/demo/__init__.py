"""Invented authorities' people, organisations and cases, for a site to try."""
