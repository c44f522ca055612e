"""The journeys of the bundled data, for tools/make_examples.py."""

import re

from tools.example_parts import READ, Record, taken

COUNTED = re.compile(r"(\d+) ([^,;\d]+?)(?=,|;| and \d|$)")


def journey(record: Record) -> Record:
    """One journey: stages, whose steps no source names, what hurts, composite stories by name, discovery."""
    key = record["id"]
    return {
        "key": key,
        **taken(record, "name"),
        "about": None,
        "note": record["journey_note"],
        "yearly_volume": None,
        **taken(record, *READ),
        "stages": [
            {"key": f"{key}-stage-{n}", "name": name, **taken(record, *READ)}
            for n, name in enumerate(record["journey_stages"], 1)
        ],
        "pain_points": [
            {"key": f"{key}-{p['id']}", **taken(p, "gist", *READ)} for p in record["pain_points"]
        ],
        "stories": [
            {
                "key": f"{key}-story-{n}",
                "title": title,
                "text": None,
                "composite": True,
                "published": True,
                **taken(record, *READ),
            }
            for n, title in enumerate(record["composite_stories"], 1)
        ],
        "studies": [study(f"{key}-discovery", record["discovery"])],
    }


def study(key: str, discovery: Record) -> Record:
    """The discovery sprint of a life experience; its method was not published."""
    return {
        "key": key,
        "name": "Discovery sprint",
        "method": None,
        **taken(discovery, "dates"),
        "participants": participants(discovery["who"], discovery["people"]),
        "people_count": discovery["people"],
        "states_count": discovery["states"],
        "consent": None,
        **taken(discovery, *READ),
    }


def participants(who: str | None, people: int | None) -> list[Record]:
    """Who took part, by group where the source counts groups that add up to all; else in its own words.

    What stands in brackets counts the same people again.
    """
    groups = COUNTED.findall(re.sub(r" \([^)]*\)", "", who or ""))
    if groups and sum(int(n) for n, _ in groups) == people:
        return [{"group": group, "count": int(n)} for n, group in groups]
    return [{"group": who, "count": None}] if who else []
