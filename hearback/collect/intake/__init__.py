"""Taking answers in: check, mask, store durably, and only then acknowledge. No Django here.

`receiving` makes what somebody sent a response that may be stored, with `masks`; `store` keeps responses and
the open forms, in SQLite or PostgreSQL. `desk` answers requests, in the shapes of `messages`. `server` is
the process of its own: `open_forms` knows what is asked, `batching` stores many at once, `serving` starts it.
"""
