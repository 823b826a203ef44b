"""Authorities: the tree of mail4:13, their offices, and who works there as what."""
