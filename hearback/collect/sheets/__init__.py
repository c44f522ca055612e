"""Records of any stage as a workbook or as CSVs: a sheet for each kind, the same columns both ways.

A stage says in a `columns.Book` which files of records it has. `columns` finds sheets and columns from the
records, `cells` writes and reads one cell, `laying_out` makes tables of records, `workbooks` and
`csv_folders` hold the two formats, `explaining` says what each column is for. `checking` reads rows,
`wanting` makes of them the rows that the database should have; `opening` finds out what a source is, `dumps`
writes, `proving` reads that again; `doors` are what the commands of all stages share. What is wrong is a
`problems.Problem`, what was not taken a `Loss`.
"""
