"""Instruments: what is asked, as data, and what an answer to it may be. Plain Python, no database.

`definition` says what an instrument is made of, `checking` what is wrong with one, `files` reads and writes
it as YAML. `conditions` decides which questions a person sees, `answering` takes a person's answers against
an instrument that `prepared` made ready. `ready` holds instruments to start from, one file each.
"""
