"""Walks: few, long, readable; the whole road through the command line, the server and a real browser."""
