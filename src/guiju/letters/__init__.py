"""Letters that the acts of a case send: written as data, composed from its events, set as PDF or plain text."""
