"""The API to read open data."""
