"""Registers: entries written by procedures, with every version."""
