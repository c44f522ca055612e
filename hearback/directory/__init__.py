"""Agencies, providers, services and websites, and how they change over time."""
