"""Keeping floods out without shutting people out. No Django here, no database, and no address that is kept.

`networks` tells from which network a request comes, `counting` how many came lately, `challenges` makes and
checks the work that is asked for when too many do. `guard` puts them together.
"""
