"""Speed, beside peers and beside the same rules written by hand: `make bench`. docs/speed.md explains each row."""
