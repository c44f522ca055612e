"""Responses as files: out for others to read, and in from wherever they were collected.

`seventeen` is the encoding of the federal quarterly file, `table` one row per response for any form,
`dictionary` says what each column holds, `writing` writes either as CSV, XLSX, JSON or Parquet.
"""
