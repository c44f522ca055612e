"""What was promised: priority areas, strategies, goals, milestones, commitments, money.

`records` say what the data files hold, `wanted` turns them into rows (loaded as the directory's are),
`promises` keeps files from undoing what was moved here, `facts` are what other parts may know. `wordings`
puts replaced goals under what took their place. `desk` has the signed-in pages, `milestone_commands` and
`goal_commands` the same on the command line.
`promises` keeps files from undoing what was moved here, `action_plan_checks` holds the action plans of files
against one another, `facts` and `action_plan_facts` are what other parts may know. `desk` has the signed-in
pages, `milestone_commands` the same on the command line.
"""
