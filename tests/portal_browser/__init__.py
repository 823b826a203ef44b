"""The portal as people meet it: a demonstration that really runs, in Chromium, through Playwright."""
