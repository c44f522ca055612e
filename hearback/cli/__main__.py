"""`python -m hearback.cli` is the same as `hearback`."""

from hearback.cli import main

main()
