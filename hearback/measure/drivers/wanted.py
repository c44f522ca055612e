"""What the figures on drivers should be now."""

from collections.abc import Callable, Iterable, Sequence
from operator import attrgetter

from hearback.collect import queries as collect
from hearback.directory import queries as directory
from hearback.measure.cells import stale_cells
from hearback.measure.cells.engines import Engine
from hearback.measure.drivers.figures import driver_facts
from hearback.measure.drivers.reading import count_patterns, survey_patterns
from hearback.measure.drivers.subjects import DriverSubject, driver_subjects
from hearback.measure.facts import DriverFact
from hearback.measure.file_queries import cell_store
from hearback.measure.scoring import lineage
from hearback.measure.wanted import archived_quarter

DRIVER_KEY = ("level", "subject", "quarter", "pool", "outcome", "driver")
"""The fields that name figures on one driver."""

driver_key: Callable[[DriverFact], tuple[str, ...]] = attrgetter(*DRIVER_KEY)

Told = Callable[[Sequence[DriverSubject]], Iterable[DriverSubject]]


class AnswersNotCounted(Exception):
    """The cells of a quarter are not those of its archived answers; the message says what to do."""


def plain(subjects: Sequence[DriverSubject]) -> Iterable[DriverSubject]:
    """Pass subjects on and tell nobody."""
    return subjects


def wanted_drivers(quarter: str, threshold: int, engine: Engine, told: Told = plain) -> list[DriverFact]:
    """Compute the figures of a quarter from what is archived now; nothing is written.

    Args:
        threshold: groups with fewer answers are not shown.
        engine: what counts the answers.
        told: wraps the subjects as they are worked through, to show progress.

    Raises:
        AnswersNotCounted: if the cells are older than the archive.
        ProviderNotKnown: if a survey's provider is not in the directory.
    """
    subjects = subjects_of(quarter, threshold, engine)
    return [fact for subject in told(subjects) for fact in driver_facts(subject, quarter)]


def subjects_of(quarter: str, threshold: int, engine: Engine) -> list[DriverSubject]:
    """Give the services, providers and weighted surveys of a quarter that asked about more than trust.

    Raises:
        AnswersNotCounted: if the cells are older than the archive.
        ProviderNotKnown: if a survey's provider is not in the directory.
    """
    archive = collect.answer_archive()
    if quarter in stale_cells(archive, cell_store()):
        raise AnswersNotCounted(
            f"the answers of {quarter} in the archive are not those counted; run `hearback measure cells`"
        )
    answers = archived_quarter(quarter)
    if answers is None:
        return []
    patterns = count_patterns(archive, quarter, answers.book, engine)
    if patterns is None:
        return []
    agencies_of = lineage(directory.agencies(), directory.providers())
    return driver_subjects(survey_patterns(answers, patterns, threshold), agencies_of, threshold)
