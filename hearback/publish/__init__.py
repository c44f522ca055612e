"""The frozen releases and the public site that reads them.

The road of a release: `snapshot` gathers what may be published, `formats` write it as tables, `charts`
draw it, `actions` freeze it in `folders` and publish it signed by `keys`, `frozen` says what a release
holds and reads it back, `verify` checks it wherever it lies, by `sources`. The road of a page: `urls` and
`views` take a release to one of `pages`, which take numbers from `series` and words from `sentences`;
`remembering` keeps it while its release is the newest. `search` finds what stands on pages. `site` writes
all of them as files; `languages` tell them in other languages than English, `said` what rules wrote.
What programs read beside the pages is made in `open`, and answered row by row in `api`.
"""
