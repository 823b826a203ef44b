"""Peers under the AGPL, each a program of its own: started as a process, given a file of rows, asked for a file back.

Guiju neither imports nor ships them. Both are two-valued: unknown does not exist there, so that they are only given
rows in which everything is known.
"""
