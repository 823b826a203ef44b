"""Files made of ISO boxes: MP4, MOV, M4A, HEIC, AVIF."""
