"""The quarterly round: what is asked, its pages and its reminders.

`asked` is what somebody can answer for, and how it stands; `facts` are what other parts may know of a round;
`promise` says what a success measure promises; `answering` keeps files from undoing what was said in one.

`reading` says how a round stands, `forms` checks what is typed, `mine` is the page of an owner, `board` holds
those of reviewers, `ending` the pages that ask before a round ends, `charging` the page of who answers for
what, `mail` writes and sends reminders.
"""
