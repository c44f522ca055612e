"""The archive of answers: one row per response in Parquet, with small whole numbers in the place of words.

`codes` is the book that says what the numbers stand for, `batch` some responses on their way in, `fitting`
the check that they fit their forms, `files` the folder that holds them by fiscal quarter, and the only place
where it changes; `writing` replaces single files, `arrays` goes between NumPy and Arrow.
"""

from hearback.collect.archive.batch import (
    NO_ANSWER,
    NOT_ASKED,
    NOT_KNOWN,
    WEIGHT_UNITS,
    Batch,
    BatchNotValid,
)
from hearback.collect.archive.codes import CodeBook, CodeNotValid, CodesOutdated, Form, Item
from hearback.collect.archive.files import Archive, ArchivedFile, ArchiveNotValid

__all__ = [
    "NOT_ASKED",
    "NOT_KNOWN",
    "NO_ANSWER",
    "WEIGHT_UNITS",
    "Archive",
    "ArchiveNotValid",
    "ArchivedFile",
    "Batch",
    "BatchNotValid",
    "CodeBook",
    "CodeNotValid",
    "CodesOutdated",
    "Form",
    "Item",
]
