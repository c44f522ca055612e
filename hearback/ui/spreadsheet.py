"""Texts that end up in a spreadsheet, where some of them would be run."""


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
