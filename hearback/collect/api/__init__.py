"""The API for servers and apps, at /api/v1/: forms, what they ask, and the responses to them.

`reading` and `sending` answer requests; `shapes` says what goes in and out, `parameters` how parameters are
written. `keys` keeps programs to what their API keys allow, `errors` says in one shape what is wrong.
`document` describes all of it as OpenAPI, made from the code; `urls` opens it to programs and to nobody else.
"""
