"""What the verbs of measure share: trials that keep nothing, and refusals in one line."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext

from django.db import transaction

from hearback.collect.archive import ArchiveNotValid, CodeNotValid
from hearback.fiscal import QuarterNotValid
from hearback.measure.answers.table import GroupScoresNotValid
from hearback.measure.asking import NothingThere
from hearback.measure.cells import CellsNotValid, EngineNotThere
from hearback.measure.difference import TwoOfOneKey
from hearback.measure.drivers.wanted import AnswersNotCounted
from hearback.measure.folders import trial
from hearback.measure.noise.drawing import NoiseNotDrawn
from hearback.measure.scoring import ProviderNotKnown
from hearback.ui.terminal import Refused

EXPECTED = (
    AnswersNotCounted, ArchiveNotValid, CellsNotValid, CodeNotValid, EngineNotThere, GroupScoresNotValid,
    NoiseNotDrawn, NothingThere, ProviderNotKnown, QuarterNotValid, TwoOfOneKey,
)  # fmt: skip
"""What can be wrong with what is asked, with the archive, with what counts it, or with what is made of it."""


@contextmanager
def tried(*, dry_run: bool) -> Iterator[None]:
    """Keep all that is done inside, or nothing of it; in a dry run nothing, rows and files alike."""
    with trial() if dry_run else nullcontext(), transaction.atomic():
        yield
        transaction.set_rollback(dry_run)


@contextmanager
def refused_in_one_line() -> Iterator[None]:
    """Make what can be expected to go wrong a refusal of the command.

    Raises:
        Refused: instead of any of `EXPECTED`.
    """
    try:
        yield
    except EXPECTED as problem:
        raise Refused(str(problem)) from problem
