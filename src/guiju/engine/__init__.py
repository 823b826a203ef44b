"""The engine: facts in, findings with proofs out. Pure: no files but the rulebooks, no clock, no network."""
