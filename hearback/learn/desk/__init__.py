"""The signed-in pages of the research repository: `words` of them, `pages` to see and search all of it."""
