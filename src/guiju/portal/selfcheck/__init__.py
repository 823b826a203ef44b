"""Which duties hold, asked and answered on the web without an account."""
