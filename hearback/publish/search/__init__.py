"""Finding things on the public site: lists of everything, a box, and an index for the script of the box.

`signposts` names what a release publishes, each with its address and `texts`; `listing` puts it by kind and
first letter; `matching` finds and orders it by words, as `static/publish/finding.js` does in the browser;
`index` writes the file that the script reads; `views` answer requests. All of it comes from one frozen
release.
"""
