"""The norms handed on to other programs: an OSCAL catalog, a CSV table."""
