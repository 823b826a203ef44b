"""Sound: MP3 and AAC with ID3 tags, FLAC, Ogg, WAV."""
