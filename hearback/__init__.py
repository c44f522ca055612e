"""Hearback: from what people say about a public service to what the public can check was done about it."""

import os

# Workbooks of others are read with defusedxml, which refuses what expands. openpyxl would take lxml in its
# place wherever that happens to be installed, and leave such entities to it.
os.environ["OPENPYXL_LXML"] = "False"
