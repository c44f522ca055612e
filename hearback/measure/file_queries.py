"""Reading what measure keeps in files, because there is too much of it for rows: cells, and all of groups."""

from collections.abc import Iterator
from dataclasses import dataclass

from hearback.measure import folders
from hearback.measure.answers.table import GroupScoreFiles, facts_of
from hearback.measure.cells.store import CellStore
from hearback.measure.changes.facts import ComparisonFact
from hearback.measure.changes.gaps import GAPS, gap_facts
from hearback.measure.facts import ScoreFact
from hearback.measure.models import GroupGaps, GroupScores


def group_scores(quarter: str | None = None, **wanted: str) -> Iterator[ScoreFact]:
    """Give scores of groups, of all quarters or of one; `wanted` as level, subject, measure or dimension.

    Raises:
        GroupScoresNotValid: if a quarter's file is missing or cannot be read.
    """
    rows = GroupScores.objects.order_by("quarter")
    for row in rows if quarter is None else rows.filter(quarter=quarter):
        yield from facts_of(group_files().read(row.quarter, row.sha256, wanted))


def group_record(quarter: str) -> str | None:
    """Give the hash of a quarter's group scores; None where there are none, or the file is not as written."""
    sha256 = GroupScores.objects.filter(quarter=quarter).values_list("sha256", flat=True).first()
    return sha256 if sha256 is not None and group_files().is_there(quarter, sha256) else None


def group_files() -> GroupScoreFiles:
    """Give the files of group scores."""
    return GroupScoreFiles(folders.folder(folders.SCORES))


def group_gaps(quarter: str | None = None, **wanted: str) -> Iterator[ComparisonFact]:
    """Give groups beside the others, of all quarters or of one; `wanted` as level, subject or dimension.

    Raises:
        GroupScoresNotValid: if a quarter's file is missing or cannot be read.
    """
    rows = GroupGaps.objects.order_by("quarter")
    for row in rows if quarter is None else rows.filter(quarter=quarter):
        yield from gap_facts(gap_files().read(row.quarter, row.sha256, wanted))


@dataclass(frozen=True)
class GapRecord:
    """Which file holds the gaps between groups of a quarter, what they were made of, and how many."""

    sha256: str
    made_of: str
    n_gaps: int


def gap_record(quarter: str) -> GapRecord | None:
    """Give the record of a quarter's gaps; None where it has none."""
    row = GroupGaps.objects.filter(quarter=quarter).values("sha256", "made_of", "n_gaps").first()
    return None if row is None else GapRecord(**row)


def gap_files() -> GroupScoreFiles:
    """Give the files of gaps between groups."""
    return GroupScoreFiles(folders.folder(folders.GAPS), GAPS)


def cell_store() -> CellStore:
    """Give the stored cells of archived answers."""
    return CellStore(folders.folder(folders.CELLS))
