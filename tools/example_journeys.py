"""The journeys of the bundled data, for tools/make_examples.py."""

from tools.example_parts import READ, Record, taken


def journey(record: Record) -> Record:
    """One journey: its stages, whose steps no source names, and what hurts."""
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
    }
