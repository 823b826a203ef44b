"""What everybody can look up: registers, a number, statistics."""
