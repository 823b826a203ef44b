"""Access: one function decides, one file says who may do what."""
