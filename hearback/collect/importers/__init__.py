"""Importers of published files, one file each; recognised by their header, never by file name."""
