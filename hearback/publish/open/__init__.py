"""What is made of a release when somebody asks for it: data beside pages, feeds, the catalogue, one zip.

`grammar` says which page has which files; `things` makes the JSON and CSV of a page, `feeds` the Atom feeds,
`catalog` the DCAT-US catalogue, `dataset` the schema.org description, `archive` the zip, `sitemap` the list
of pages. `doors` let everybody read them, from pages of other sites too; `views` answer requests. All of it
comes from frozen releases alone, so equal releases give equal bytes.
"""
