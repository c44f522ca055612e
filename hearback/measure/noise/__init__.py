"""Counts of groups with noise: what else is held back, told a little wrongly, once and for good.

`counting` finds the true counts, which stay in the house; `drawing` says which tables may be drawn, adds
noise and keeps the ledger. What was drawn is written by `actions`, read by `queries`, and never drawn again.
"""
