"""From the rows of journeys back to the records that make them."""

from hearback.directory.nested import records_in
from hearback.learn.models import Journey
from hearback.learn.records import JourneyRecord
from hearback.learn.wanted import JOURNEYS


def records() -> dict[str, list[JourneyRecord]]:
    """Give all journeys, by the name of their data file."""
    return {JOURNEYS: records_in(JourneyRecord, Journey)}
