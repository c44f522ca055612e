"""A small plan as data files: one area with a seat, two strategies, a life experience, two action plans."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

from hearback.directory.commands import load as load_directory
from tests.directory.small import write as write_directory

AREAS: list[dict[str, Any]] = [
    {
        "key": "rivers", "number": 2, "title": "Better rivers",
        "seats": [
            {"key": "rivers-department", "role": "Leader", "agency": "department", "holders": [
                {"key": "h1", "name": "First Holder", "shown_from": "2022-03-15", "shown_to": "2023-04"},
                {"key": "h2", "name": None, "shown_from": "2023-05"},
            ]},
        ],
        "success_measures": [
            {"key": "rivers-m1", "name": "Clean water", "kind": "external_index", "baseline_value": 61,
             "readings": [{"key": "rivers-r1", "as_of": "2023", "value": 64, "low": 63, "high": 65.4}]},
            {"key": "rivers-m2", "name": "Trust", "kind": "survey", "measure_key": "trust_agree_share"},
        ],
        "strategies": [
            {
                "key": "rivers-s1", "number": 1, "title": "Listen",
                "goals": [
                    {"key": "rivers-1.1-2022", "number": "1.1", "gist": "Hear many.", "as_of": "2022-02",
                     "replaced_by": "rivers-1.1-2024"},
                    {"key": "rivers-1.1-2024", "number": "1.1", "gist": "Hear all.", "as_of": "2024-04"},
                ],
                "milestones": [
                    {"key": "rivers-s1-m1", "title": "Ask", "due": "FY2022-Q3", "status": "Complete"},
                    {"key": "rivers-s1-m2", "title": "Answer"},
                ],
                "reporting_counts": [
                    {"key": "rivers-c1", "as_of": "2023-08", "reporting": 26, "total": 35},
                    {"key": "rivers-c2", "as_of": "2024-06", "reporting": 27, "total": None},
                ],
            },
            {"key": "rivers-s2", "number": 2, "title": "Build"},
        ],
    }
]  # fmt: skip
JOURNEYS: list[dict[str, Any]] = [
    {"key": "buying-a-boat", "name": "Buying a boat", "note": "Two stages are known.",
     "stages": [{"key": "choosing", "name": "choosing"}, {"key": "paying", "name": "paying"}],
     "pain_points": [{"key": "buying-a-boat-p1", "gist": "Two forms."}]},
]  # fmt: skip
EXPERIENCES: list[dict[str, Any]] = [
    {
        "key": "buying-a-boat", "name": "Buying a boat", "participants": ["river-nation", "bureau"],
        "facts": [{"gist": "Many buy boats", "source": "https://example.org/boats"}],
        "where_we_want_to_be": ["one form"], "discovery_people": 82,
        "journey": "buying-a-boat",
        "projects": [
            {"key": "one-form", "name": "One form", "name_is_official": False, "agencies": ["bureau"],
             "pain_points": ["buying-a-boat-p1"], "results": [{"gist": "Half the time"}],
             "milestones": [{"key": "one-form-m1", "title": "Draft", "due": "2023"}]},
        ],
        "milestones": [{"key": "buying-a-boat-m1", "title": "Chosen", "status": "Complete"}],
    }
]  # fmt: skip
COMMITMENTS: list[dict[str, Any]] = [
    {"key": "order-b", "kind": "agency_commitment", "gist": "Answer mail.",
     "agencies": ["department", "bureau"]},
    {"key": "order-a", "kind": "provider_duty", "gist": "Ask every year.", "bound_group": "all providers",
     "due": "yearly, March", "status": "In progress"},
]  # fmt: skip
FUNDING: list[dict[str, Any]] = [
    {"key": "grant", "kind": "fund_investment", "date": "2022-08-03", "agencies": ["bureau"],
     "amount_usd": 7_200_000, "life_experience": "buying-a-boat",
     "projects": ["one-form"], "commitments": ["order-a"]},
    {"key": "wish", "kind": "budget_request", "fiscal_year": 2024, "agencies": ["bureau", "river-nation"]},
]  # fmt: skip
UPDATES: list[dict[str, Any]] = [
    {"key": "u1", "date": "2023-05", "kind": "area_summary", "title": "May", "gist": "Much done.",
     "strategies": ["rivers-s2", "rivers-s1"], "all_life_experiences": True, "approved": True},
    {"key": "u2", "date": "2023-05-10", "kind": "blog", "title": "Draft", "gist": "Not yet.",
     "life_experiences": ["buying-a-boat"]},
]  # fmt: skip

CAPACITY_AREAS: list[dict[str, Any]] = [
    {"key": "listening", "name": "Listening", "gist": "Ask people and act on it."},
    {"key": "leading", "name": "Leading", "round": "2023"},
]
ACTION_PLANS: list[dict[str, Any]] = [
    {
        "key": "docks-2023", "provider": "docks", "fiscal_year": 2023, "levels": ["low", "middle", "high"],
        "actions": [
            {"key": "docks-2023-a1", "gist": "Answer within a day.", "due": "FY2023-Q2",
             "status": "delivered", "as_of": "2023-10", "delivered": "Nine in ten answered within a day.",
             "evidence": [{"gist": "A count of letters", "source": "https://example.org/letters"}]},
            {"key": "docks-2023-a2", "gist": "One form.", "status": "under_way"},
            {"key": "docks-2023-a3", "gist": "A phone line.", "status": "dropped"},
            {"key": "docks-2023-a4", "gist": "Train staff."},
        ],
        "assessments": [{"key": "docks-2023-listening", "capacity_area": "listening", "level": "low"}],
    },
    {
        "key": "docks-2024", "provider": "docks", "fiscal_year": 2024, "gist": "Fewer forms.",
        "published": "2023-09", "designated_services": ["mooring"], "levels": ["low", "middle", "high"],
        "source": "https://example.org/plan",
        "actions": [
            {"key": "docks-2024-a1", "gist": "One form, this time.", "due": "2024-06", "status": "planned",
             "carried_over_from": "docks-2023-a2", "capacity_area": "listening",
             "pain_points": ["buying-a-boat-p1"], "commitments": ["order-b"],
             "success_measures": ["rivers-m2"]},
        ],
        "assessments": [
            {"key": "docks-2024-listening", "capacity_area": "listening", "level": "middle",
             "gist": "More is asked.", "evidence": [{"gist": "Two surveys"}]},
            {"key": "docks-2024-leading", "capacity_area": "leading"},
        ],
    },
]  # fmt: skip


def write(folder: Path, **files: Any) -> Path:
    """Write the files of the plan and the journeys; name those that should differ, as `funding=[…]`."""
    folder.mkdir(exist_ok=True)
    small = {
        "priority_areas": AREAS,
        "journeys": JOURNEYS,
        "life_experiences": EXPERIENCES,
        "commitments": COMMITMENTS,
        "funding": FUNDING,
        "updates": UPDATES,
        "capacity_areas": CAPACITY_AREAS,
        "action_plans": ACTION_PLANS,
    }
    for name, records in (small | files).items():
        (folder / f"{name}.json").write_text(json.dumps(records), encoding="utf-8")
    return folder


def fill_directory(folder: Path, at: datetime) -> None:
    """Load the small directory, whose agencies the plan names."""
    load_directory(write_directory(folder), by="operator", at=at)
