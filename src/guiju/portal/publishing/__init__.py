"""Publishing: the log of evidence as everybody sees it, by its checkpoints, its key and its hashes."""
