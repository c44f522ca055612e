"""Values to hold the program against, each file with source, command and tolerance."""
