"""Every component in every state on one page, with invented data: to look at, and for tests to read."""
