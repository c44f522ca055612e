"""What people said, as reported or answered, with every oddity on record.

The road of an import: `reading` gives the records of a file; `importers`, with `cells`, make each a row as
in `parsed`; `places` finds which survey it is about, `checks` what is odd about it, and `checking` does all
that for a whole file. `spool` keeps what was found. `actions` write: `merging` decides on a value that
differs from the one that stands, `standing` carries it out in memory, `target` holds what both need.
`printing` tells the result. `exchange` is the format of our own.
"""
