"""Who did what, when: one row for every write."""
