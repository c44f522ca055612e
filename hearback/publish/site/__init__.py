"""The whole public site as files, for any web server, a sub-path, an object store or a folder on a laptop.

`answers` renders one address as the server would, `places` say under which file it goes and how a page leads
to another, `exporting` finds every address and writes what is not there yet.
"""
