"""The texts of the law: addresses, citations, importing what was published, and checking what is covered."""
