"""Checks of the law itself: gaps, overlaps, conflicting clocks, loose ends, each with a case that shows it."""
