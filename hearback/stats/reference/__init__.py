"""Holding the statistics against numbers made elsewhere.

`case` reads a folder of cases, `families` computes each through the public functions of `hearback.stats`,
`comparing` holds the result against what is expected, `checking` does that for a whole folder.
"""

from hearback.stats.reference.case import Case, CaseNotValid, read_cases
from hearback.stats.reference.checking import CaseResult, FolderResult, check_folder
from hearback.stats.reference.comparing import Mismatch

__all__ = [
    "Case",
    "CaseNotValid",
    "CaseResult",
    "FolderResult",
    "Mismatch",
    "check_folder",
    "read_cases",
]
