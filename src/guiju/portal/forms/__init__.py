"""From what rulebooks and case types ask for to fields of a page, and back to values."""
