"""Two small journeys as a data file: one with steps, about a service, and one of which little is known."""

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

JOURNEYS: list[dict[str, Any]] = [
    {
        "key": "boat-licence", "name": "Getting a mooring", "about": "mooring", "yearly_volume": 1200,
        "source": "https://example.org/licence", "confidence": "high",
        "stages": [
            {"key": "asking", "name": "asking", "steps": [
                {"key": "find-form", "gist": "Looks for the form.", "agency": "bureau", "channel": "website",
                 "minutes": 20, "documents": 0, "visits": 0, "feeling": -1, "feeling_gist": "Lost."},
                {"key": "fill-form", "gist": "Fills it in.", "minutes": 40, "minutes_low": 30,
                 "minutes_high": 90, "documents": 3, "visits": 0, "cost_usd": 12.5,
                 "measure_key": "trust_agree_share"},
            ]},
            {"key": "waiting", "name": "waiting", "steps": [
                {"key": "wait", "gist": "Waits.", "minutes": 0, "documents": 0, "visits": 1,
                 "waiting_days_low": 14, "waiting_days_high": 60},
            ]},
            {"key": "sailing", "name": "sailing"},
        ],
        "pain_points": [
            {"key": "unclear", "gist": "Nobody knows which form."},
            {"key": "slow", "gist": "It takes weeks.", "stage": "waiting", "groups": ["fishers"],
             "evidence": [{"gist": "Half of them wrote so.", "source": "https://example.org/slow"}],
             "naming_count": 12, "asked_count": 48},
            {"key": "dear", "gist": "It costs too much.", "naming_count": 24, "asked_count": 48},
        ],
        "stories": [
            {"key": "ann", "title": "A fisher at the desk", "stage": "asking", "text": "I came three times.",
             "composite": False, "consent": "signed form, 2026", "provenance": "interview",
             "published": True},
            {"key": "bea", "title": "Bea", "composite": True, "published": True},
            {"key": "cy", "title": "Not told yet", "text": "Mine alone.", "composite": False},
        ],
        "studies": [
            {"key": "dockside", "name": "Talks at the dock", "method": "interviews", "dates": "2025",
             "participants": [{"group": "fishers", "count": 14}, {"group": "clerks", "count": 4}],
             "people_count": 18, "consent": "asked before each talk",
             "files": [{"name": "Questions", "url": "https://example.org/guide", "published": True},
                       {"name": "Recordings", "url": "https://inside.example.org/r", "gist": "Locked."}],
             "observations": [{"key": "o1", "gist": "Three of four turn the form over.", "tags": ["form"]}],
             "highlights": [{"key": "h1", "text": "Which one is it?", "group": "fishers", "tags": ["form"]}]},
        ],
        "personas": [
            {"key": "newcomer", "name": "Newcomer with a first boat", "gist": "Bought it in spring.",
             "needs": ["one form"], "barriers": ["words of the trade", "office hours"], "groups": ["fishers"],
             "provenance": "composed from the talks at the dock", "published": True, "evidence": [
                {"kind": "pain_point", "cited": "slow", "gist": "Half of them wait for weeks."}]},
            {"key": "old-hand", "name": "Old hand", "needs": ["to be left alone"]},
        ],
        "insights": [
            {"key": "i1", "text": "The form hides its own purpose.", "published": True, "evidence": [
                {"kind": "observation", "cited": "o1", "gist": "They turn it over."},
                {"kind": "case", "url": "https://example.org/case/7", "gist": "A complaint."},
                {"kind": "highlight", "cited": "gone", "gist": "Not kept."}]},
            {"key": "i2", "text": "People ask their neighbours.", "evidence": []},
        ],
    },
    {"key": "buying-a-boat", "name": "Buying a boat", "note": "Little is known."},
]  # fmt: skip


def write(folder: Path, journeys: Any = None) -> Path:
    """Write the file; give other journeys where it should differ."""
    folder.mkdir(exist_ok=True)
    text = json.dumps(JOURNEYS if journeys is None else journeys)
    (folder / "journeys.json").write_text(text, encoding="utf-8")
    return folder


def changed(way: list[str | int], **values: Any) -> list[dict[str, Any]]:
    """Give the journeys with one thing changed, deep inside."""
    journeys = deepcopy(JOURNEYS)
    inside: Any = journeys
    for step in way:
        inside = inside[step]
    inside.update(values)
    return journeys
