"""Other film: Matroska and WebM, AVI, FLV."""
