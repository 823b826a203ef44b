"""Letters of cases: composed with the act that sends them, kept as they went out, shown and typeset."""
