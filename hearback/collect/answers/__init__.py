"""Answers of single persons, read from a file as a layout says and brought into the archive.

`layout` is the description of a file, as data, and `layout_rules` what it must keep to; `days` finds the day
of an answer, `rows` makes one row numbers, `reading` a whole file; `weighting` brings weights to known
margins; `batches` gives the archive what it takes, and finds whether it is there already; `printing` tells.
"""
