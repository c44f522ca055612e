"""The signed-in pages for forms: make them, translate them, publish them, read the responses.

Used in this order: `urls` lists the addresses; each page has a module of its own; `access` says who may do
what; `drafts` keeps what was changed; `fields` checks what people type.
"""
