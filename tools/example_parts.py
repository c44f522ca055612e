"""Parts of the bundled records: fields taken over as they are, and milestones with their logs."""

from typing import Any

Record = dict[str, Any]

AREA = "pma-cx"
READ = ("source", "confidence")

# What a source says in words a calendar cannot read → the date it lies in, and the words as a note.
DATES_IN_WORDS = {
    "2024 spring": ("2024", "Spring 2024."),
    "2022-2023": ("2023", "2022 to 2023."),
    "2023 autumn and 2024 spring": ("2024", "Autumn 2023 and spring 2024."),
}

# What the note of a milestone says of the day it was done → that day.
DONE_IN_WORDS = {
    "Done in February 2023.": "2023-02",
    "Held in March 2023.": "2023-03",
    "October 2023; development phase followed.": "2023-10",
    "Dated 22 September 2023.": "2023-09-22",
}

# What the note of a milestone says of its log → its lines: field, before, after. No dates are known.
LOGS_IN_WORDS = {
    "Page kept a change log: Pending then Complete.": [("status", "Pending", "Complete")],
}


# Start of a commitment's key → the text that its reference is of.
TEXTS = {"eo14058": "Executive Order 14058"}


def taken(record: Record, *names: str) -> Record:
    """Take fields as they are; those a record lacks are null."""
    return {name: record.get(name) for name in names}


def milestone(record: Record, key: str) -> Record:
    """One milestone with its log; a date in words becomes the date it lies in, with the words as a note."""
    made = {"key": key, **taken(record, "title", "due", "status")}
    made["done"] = DONE_IN_WORDS.get(record.get("note"))
    made |= taken(record, "owner", "as_of", "note", *READ)
    made |= {"depends_on": [], "evidence": [], "changes": log(record, key)}
    if made["due"] in DATES_IN_WORDS:
        made["due"], words = DATES_IN_WORDS[made["due"]]
        made["note"] = f"{words} {made['note']}" if made["note"] else words
    return made


def log(record: Record, key: str) -> list[Record]:
    """The log of a milestone, as far as its note tells it."""
    return [
        {
            "key": f"{key}-c{number}",
            "date": None,
            "field": field,
            "before": before,
            "after": after,
            "reason": None,
            "decided_by": None,
            **taken(record, *READ),
        }
        for number, (field, before, after) in enumerate(LOGS_IN_WORDS.get(record.get("note"), ()), 1)
    ]


def milestones(records: list[Record], of: str) -> list[Record]:
    """Milestones of one thing, numbered where their source gives them no name."""
    keys = (f"{AREA}-{r['id']}" if "id" in r else f"{of}-m{n}" for n, r in enumerate(records, 1))
    return [milestone(record, key) for record, key in zip(records, keys, strict=True)]


def reference(record: Record) -> str | None:
    """Say where a commitment is written: the text and, after a comma, the place in it."""
    place = record["reference"]
    return f"{TEXTS[record['id'].partition('-')[0]]}, {place}" if place else None
