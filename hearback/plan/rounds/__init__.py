"""The pages and reminders of the quarterly round.

`reading` says how a round stands, `forms` checks what is typed, `mine` is the page of an owner, `board` holds
those of reviewers, `charging` the page of who answers for what, `mail` writes and sends reminders.
"""
