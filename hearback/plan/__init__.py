"""What was promised: priority areas, strategies, goals, milestones, commitments, money."""
