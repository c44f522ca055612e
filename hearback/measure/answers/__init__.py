"""Archived answers on their way from cells to scores.

`reading` gives a quarter's cells as surveys and as arrays; `grouping` sorts people into groups and holds
back the small ones; `figures` makes the numbers of all groups at once, `weighted` those of weighted surveys.
"""
