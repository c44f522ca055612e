"""What trust goes with: the answers to other questions that are found with high or low trust.

`reading` counts how people answered trust and the other questions together, `subjects` puts surveys together
that may be added up, `figures` makes the numbers, `wanted` asks what they should be now, `words` says them.
"""
