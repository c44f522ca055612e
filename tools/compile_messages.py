"""Compile every translation, hearback/*/locale/<language>/LC_MESSAGES/django.po, to the .mo beside it."""

import sys
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    """Compile all; a file that cannot be read ends the program with its name."""
    for text in sorted(ROOT.glob("hearback/*/locale/*/LC_MESSAGES/django.po")):
        with text.open("rb") as file:
            catalog = read_po(file, locale=text.parts[-3], abort_invalid=True)
        with text.with_suffix(".mo").open("wb") as file:
            write_mo(file, catalog)
    return 0


if __name__ == "__main__":
    sys.exit(main())
