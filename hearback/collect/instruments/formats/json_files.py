"""JSON as other programs write it, read strictly."""

import json
from typing import Any, NoReturn

from hearback.collect.instruments.formats.format import FileNotRead


def json_of(data: bytes) -> Any:
    """Read JSON.

    Raises:
        FileNotRead: if it is not JSON, or holds numbers or characters that there are not.
    """
    try:
        found = json.loads(data, parse_constant=_refuse)
        json.dumps(found, ensure_ascii=False).encode()  # half of a surrogate pair is no character
    except (ValueError, RecursionError) as problem:
        raise FileNotRead(f"it is not JSON: {problem}") from problem
    return found


def _refuse(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number")
