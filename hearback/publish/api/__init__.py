"""The API to read open data, at /api/v1/data/: tables of frozen releases, with filters, a page at a time.

`reading` answers requests, `filters` says which rows are meant, `cursors` where the next page starts,
`shapes` what comes out. `document` describes all of it as OpenAPI 3.1, made from the code; `urls` opens it to
everybody, to read. Errors have the shape of those of the other API.
"""
