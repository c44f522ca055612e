"""Hearback: from what people say about a public service to what the public can check was done about it."""
