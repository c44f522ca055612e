"""Forms of Touchpoints (GSA) as its API gives them; what the scripts of some kinds do are rules here."""

import json

from hearback.collect.instruments.formats.format import Format
from hearback.collect.instruments.formats.touchpoints.document import is_form
from hearback.collect.instruments.formats.touchpoints.reading import read
from hearback.collect.instruments.formats.touchpoints.writing import write


def is_it(data: bytes) -> bool:
    """Say whether a file is the JSON of a form."""
    try:
        return is_form(json.loads(data))
    except (ValueError, RecursionError):
        return False


FORMAT = Format("touchpoints", "Touchpoints form JSON", ".json", is_it, read, write)
