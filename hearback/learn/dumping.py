"""From the rows of journeys back to the data file that makes them."""

from hearback.directory.nested import file_of
from hearback.learn.models import Journey
from hearback.learn.records import JourneyRecord
from hearback.learn.wanted import JOURNEYS


def dumped() -> tuple[str, bytes, int]:
    """Give the file of journeys: its name, its text as JSON, and how many records it has."""
    return (JOURNEYS, *file_of(JourneyRecord, Journey))
