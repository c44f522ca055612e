"""Answers to scores with intervals.

`rules` decide what is published, pooled, held back and cautioned about; `judging` applies them to one
survey, `figures` makes one number, `scoring` all numbers of a quarter. `wanted` asks what the scores should
be now, `difference` holds that against the tables. `folders` keeps a trial out of the home; `asking` says why
nothing is there.
"""
