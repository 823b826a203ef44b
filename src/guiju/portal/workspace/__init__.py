"""The pages of an organisation: systems and facts, duties, what it files, members."""
