"""Profiles: what an organisation says about itself and its systems; checked, and saved without losing a comment."""
