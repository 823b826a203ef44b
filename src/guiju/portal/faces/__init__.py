"""The shell of every page: which side one is on, where one can go from there, what page rests on which provision."""
