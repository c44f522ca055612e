"""Where the rows of a file go."""

from dataclasses import dataclass

from hearback.collect.importers.importer import Importer
from hearback.collect.models import ImportedFile
from hearback.collect.spool import Spool


@dataclass(frozen=True)
class Target:
    """The file at hand, the kinds of all files, row numbers of the directory, the spool.

    `is_new` says that nothing was ever loaded from this file before.
    """

    file: ImportedFile
    is_new: bool
    kinds: dict[int, str]
    importer: Importer
    spool: Spool
    provider_ids: dict[str, int]
    service_ids: dict[str, int]
