"""Correspondence: the letters that acts send, composed and kept with the act, read and printed afterwards."""
