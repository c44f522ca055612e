"""Journeys as a workbook or as CSVs: `book` says what goes in, `loading` reads it."""
