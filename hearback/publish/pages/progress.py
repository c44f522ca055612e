"""How far along promised things are. Statuses keep the words of their source; here they only get a shape."""

from collections import Counter
from dataclasses import dataclass

from hearback.plan.queries import MilestoneFact
from hearback.publish.pages.dates import date_label

SHAPES = {
    "done": "Complete",
    "open": "In progress",
    "planned": "Planned or pending",
    "unknown": "Status not known",
}
COUNTED = {
    "done": "complete",
    "open": "in progress",
    "planned": "planned or pending",
    "other": "of another status",
    "unknown": "of unknown status",
}


@dataclass(frozen=True)
class Status:
    """A status in words, and the shape drawn beside it."""

    shape: str
    words: str


@dataclass(frozen=True)
class Milestone:
    """A milestone as a table row."""

    fact: MilestoneFact
    status: Status
    due: str | None
    as_of: str | None


@dataclass(frozen=True)
class Steps:
    """Milestones as a row of small steps, with the same in words."""

    shapes: tuple[str, ...]
    words: str


def status(text: str | None) -> Status:
    """Give a status its shape: done, open, planned, unknown, or other where it has none of its own."""
    if text is None:
        return Status("unknown", "Status not known")
    start = text.casefold()
    if start.startswith(("complete", "done", "achieved")):
        return Status("done", text)
    if start.startswith(("in progress", "ongoing", "started")):
        return Status("open", text)
    if start.startswith(("planned", "pending", "not started")):
        return Status("planned", text)
    return Status("other", text)


def milestones(facts: tuple[MilestoneFact, ...]) -> list[Milestone]:
    """Prepare milestones in the order of their source."""
    return [Milestone(f, status(f.status), date_label(f.due), date_label(f.as_of)) for f in facts]


def steps(facts: tuple[MilestoneFact, ...]) -> Steps | None:
    """Show milestones as steps, done ones first; None where there is no milestone."""
    if not facts:
        return None
    counted = Counter(status(f.status).shape for f in facts)
    shapes = tuple(shape for shape in COUNTED for _ in range(counted[shape]))
    parts = [f"{counted[shape]} {words}" for shape, words in COUNTED.items() if counted[shape]]
    noun = "milestone" if len(facts) == 1 else "milestones"
    return Steps(shapes, f"{len(facts)} {noun}: {', '.join(parts)}")
