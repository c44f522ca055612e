"""Agencies, providers, services and websites, and how they change over time.

The road of a data file: `records` say what it holds, `files` read it and say what is wrong, `wanted` turns
it into the rows it asks for, and `rows` finds which of them differ from the tables. Journeys and the plan
load their files with the same `files` and `rows`; `nested` is for records that hold records.
"""
