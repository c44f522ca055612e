"""Writing what was collected."""

from hearback.collect.actions.importing import ImportReport, import_file

__all__ = ["ImportReport", "import_file"]
