"""The pages of an authority: queue, search, offices and their people."""
