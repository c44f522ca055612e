"""The signed-in pages on which owners write updates and others return or approve them.

`reading` says what is written, `hints` what could be plainer, `forms` check what people type, `pages` show
and take it.
"""
