"""Action plans of providers: `facts` are what other parts may know of them, `reading` makes those of rows.

`checks` holds what files say of them against one another and against what is loaded already.
"""
