"""A worksheet for an administrative fine: what the law fixes, what the profile says, and room for what people find."""
