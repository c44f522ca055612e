"""What was promised: priority areas, strategies, goals, milestones, commitments, action plans, money.

- `records`: what the data files hold; `wanted` turns them into rows (loaded as the directory's are)
- `promises`, `answering`: keep files from undoing what was moved or said here; `action_plan_checks` holds
  action plans against one another
- `facts` and their like (`action_plan_facts`, `round_facts`): what other parts may know; `wordings` puts
  replaced goals under what took their place
- `asked`: what somebody can answer for, and how it stands
- `chain`: what rests on what
- `desk`, `writing`, `rounds`: the signed-in pages; `…_commands` the same on the command line
"""
