"""What may leave the house: the decisions behind a release."""

SUPPRESSED_SMALL = "suppressed_small"


def is_small(count: int | None, threshold: int) -> bool:
    """Say whether a count is too small to publish: above zero and below the threshold.

    Zero may be shown: nobody can be found in it.

    Source: Centers for Medicare & Medicaid Services, cell size suppression policy (counts 1-10); the
    threshold itself is the setting HEARBACK_SUPPRESS_BELOW.
    """
    return count is not None and 0 < count < threshold


def safe_cell(text: str) -> str:
    """Make a text harmless in a spreadsheet, which would run a cell that starts like a formula.

    Source: OWASP, CSV Injection.

    >>> safe_cell("=1+1")
    "'=1+1"
    >>> safe_cell("Recreation.gov")
    'Recreation.gov'
    """
    if text.startswith(("=", "+", "-", "@", "\t", "\r", "\n")):
        return "'" + text
    return text
