"""The signed-in pages on which owners write updates and others return or approve them.

`hints` say what could be plainer, `forms` check what people type, `pages` show and take it.
"""
