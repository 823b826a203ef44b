"""The law to read: provisions beside norms, checks of the law, how each procedure works."""
