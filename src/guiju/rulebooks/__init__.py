"""The laws as data: norms, facts, readings. No code lives here."""
