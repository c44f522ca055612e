"""What people go through: journeys step by step, and what hurts on the way.

`records` say what the data file holds, `wanted` turns it into rows (loaded as the directory's are), `facts`
are what other parts may know. What is promised about it is in `plan`.
"""
