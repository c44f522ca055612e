"""The signed-in pages on which people keep promises up to date.

`words` say how late a milestone is, `forms` check what people type, `pages` show and take changes.
"""
