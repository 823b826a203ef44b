"""Numbers: of cases and of register entries, without gaps or doubles, each with a check character."""
