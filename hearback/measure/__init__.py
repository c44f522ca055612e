"""Answers to scores with intervals."""
