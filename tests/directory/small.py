"""A small directory as data files: a department with a bureau, two providers that share a service."""

import json
from pathlib import Path
from typing import Any

AGENCIES: list[dict[str, Any]] = [
    {"key": "bureau", "name": "Bureau of Boats", "abbreviation": "BB", "level": "federal",
     "parent": "department"},
    {"key": "department", "name": "Department of Waters", "abbreviation": "DW", "level": "federal",
     "identifiers": {"us-cx-organization": ["7", "8"]}},
    {"key": "river-nation", "name": "River Nation", "abbreviation": "RN", "level": "tribal"},
]  # fmt: skip
PROVIDERS: list[dict[str, Any]] = [
    {"key": "docks", "name": "Docks", "agency": "bureau", "identifiers": {"us-cx-provider": ["2"]}},
    {"key": "ports", "name": "Ports", "agency": "department", "identifiers": {"us-cx-provider": ["36"]}},
]
SERVICES: list[dict[str, Any]] = [
    {"key": "mooring-by-post", "name": "Mooring by post", "replaced_by": "mooring",
     "provisions": [{"provider": "docks", "ends_before": "2022-01-01"}]},
    {"key": "mooring", "name": "Mooring a boat", "designated": True, "first_quarter": "FY2021-Q2",
     "provisions": [{"provider": "docks", "starts_on": "2022-01-01"}, {"provider": "ports"}],
     "designations": [{"starts_on": "2021-10-01", "note": "First list"}],
     "identifiers": {"us-cx-service": ["3"]}},
]  # fmt: skip
WEBSITES: list[dict[str, Any]] = [
    {"address": "boats.example.gov", "name": "Boats", "agency": "bureau", "provider": "docks"}
]


def write(folder: Path, **files: Any) -> Path:
    """Write the four files; name those that should differ, as `agencies=[…]`."""
    folder.mkdir(exist_ok=True)
    small = {"agencies": AGENCIES, "providers": PROVIDERS, "services": SERVICES, "websites": WEBSITES}
    for name, records in (small | files).items():
        text = records if isinstance(records, str) else json.dumps(records)
        (folder / f"{name}.json").write_text(text, encoding="utf-8")
    return folder
