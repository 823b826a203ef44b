"""Labels on generated content: write, read, verify and judge, in every medium, without touching the content."""
