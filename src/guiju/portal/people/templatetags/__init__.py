"""What the pages of accounts need in templates."""
