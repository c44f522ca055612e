"""What was promised: priority areas, strategies, goals, milestones, commitments, action plans, money.

- `records`: what the data files hold; `wanted` turns them into rows (loaded as the directory's are), `sheets`
  are the same as workbooks
- `promises`: keeps files from undoing what was moved, corrected or replaced here
- `facts`: what other parts may know, which `queries` reads; `readings` are the figures of success measures,
  `wordings` puts replaced goals under what took their place
- `chain`: what rests on what; `action_plans`, `rounds`, `writing` (updates): all of these three but their
  tables, rules and actions, each of which has one file for each topic
- `desk`, `writing`, `rounds`: the signed-in pages; `commands`: the same on the command line
"""
