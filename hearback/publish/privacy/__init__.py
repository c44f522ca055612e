"""Whether what is published together gives away what is held back: in one release, and with the one before.

`figures` read the counts and sums that anybody can see, `attack` tries to work out hidden counts from them,
`differences` finds changes from release to release that are made by few people, `noise` holds counts
with noise against what they promise.
"""
