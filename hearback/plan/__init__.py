"""What was promised: priority areas, strategies, goals, milestones, commitments, money.

`records` say what the data files hold, `wanted` turns them into rows (loaded as the directory's are),
`facts` are what other parts may know.
"""
