"""Documents: PDF, Office, HTML, Markdown."""
