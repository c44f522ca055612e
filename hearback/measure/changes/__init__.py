"""What changed: figures of a quarter beside those before it, groups beside the others, charts, providers.

`shares` and `means` test many pairs of figures at once, `families` holds down the wrong claims among them;
`sides` says who reported when, `pairs` what stands beside what, `parts` splits a change; `wanted` puts a
quarter's changes together. `gaps` and `table` do the same for groups, of which there are many. `charts` watch
one series; `fairness` compares providers.
"""
