"""The main job: a profile in, an assessment out: terminal, HTML, JSON, calendar file; interview and what-if."""
