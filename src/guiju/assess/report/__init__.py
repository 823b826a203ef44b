"""How an assessment is shown: one view of it, printed as HTML, as text for the terminal, and as a calendar file."""
