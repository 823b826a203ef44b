"""Filing and acting: choosing what to file, the forms of acts with their drafts, files that go with them."""
