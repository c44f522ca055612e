"""What the scores should be now, and which quarters' scores are not that."""

import hashlib
from collections.abc import Iterable, Iterator

import pyarrow as pa

from hearback.collect import queries as collect
from hearback.directory import queries as directory
from hearback.fiscal import Quarter, QuarterNotValid, parse_quarter
from hearback.measure.answers.figures import group_scores
from hearback.measure.answers.grouping import group_counts
from hearback.measure.answers.reading import ArchivedQuarter
from hearback.measure.answers.table import table_of, written
from hearback.measure.answers.weighted import weighted_exclusions, weighted_scores
from hearback.measure.cells import stale_cells
from hearback.measure.comparability import TrustQuestion, trust_questions
from hearback.measure.difference import difference, exclusion_key, score_key
from hearback.measure.file_queries import cell_store, group_record
from hearback.measure.queries import exclusions, quarters, scores
from hearback.measure.rules import EVERYBODY
from hearback.measure.scoring import Lineage, Quarterly, lineage, order, score_quarter


def wanted(quarter: Quarter, threshold: int) -> Quarterly:
    """Compute every number of a quarter from what is reported and counted now; nothing is written.

    Args:
        quarter: which quarter; the one before is read too, to see whether other surveys are pooled now.
        threshold: groups with fewer answers are not shown.

    Raises:
        ProviderNotKnown: if a survey's provider is not in the directory.
    """
    agencies_of = lineage(directory.agencies(), directory.providers())
    answers = archived_quarter(str(quarter))
    found = score_quarter(
        [*collect.reported_surveys(quarter), *(answers.unweighted if answers else ())],
        _before(quarter),
        agencies_of,
        threshold,
        answers.n_asked if answers else None,
    )
    return found if answers is None else _with_answers(found, answers, agencies_of, threshold)


def archived_quarter(quarter: str) -> ArchivedQuarter | None:
    """Give the cells of a quarter's archived answers; None where there are none.

    Raises:
        CellsNotValid: if the cells cannot be read.
    """
    record = cell_store().record(quarter)
    if record is None or not record.n_cells:
        return None
    cells = cell_store().cells(quarter)
    return ArchivedQuarter(quarter, collect.answer_archive().codes(), cells, record.sha256)


def archived_surveys() -> Iterator[collect.ReportedSurveyFact]:
    """Give every survey whose answers are archived, by quarter; weighted ones with their unweighted counts.

    Raises:
        CellsNotValid: if cells cannot be read.
    """
    for quarter in cell_store().quarters():
        answers = archived_quarter(quarter)
        yield from answers.surveys.values() if answers else ()


def trust_questions_now(quarter: Quarter | None, threshold: int) -> list[TrustQuestion]:
    """Say what becomes of every trust question, reported or archived and counted; of one quarter or all.

    Raises:
        CellsNotValid: if cells cannot be read.
    """
    asked = cell_store().quarters() if quarter is None else [str(quarter)]
    archived = [answers for one in asked if (answers := archived_quarter(one)) is not None]
    of_people = [fact for answers in archived for fact in answers.surveys.values()]
    weighted = {
        fact.key for answers in archived for code, fact in answers.surveys.items()
        if answers.book.forms[code].weighted
    }  # fmt: skip
    return trust_questions([*collect.reported_surveys(quarter), *of_people], weighted, threshold)


def not_counted_yet() -> list[str]:
    """Name the quarters with archived answers that are not in the cells, nor in what is made of them."""
    return stale_cells(collect.answer_archive(), cell_store())


def scored_or_reported() -> list[str]:
    """Name, in order, the quarters that have reported surveys, cells or scores."""
    return sorted({*collect.quarters(), *cell_store().quarters(), *quarters()})


def _with_answers(
    found: Quarterly, answers: ArchivedQuarter, agencies_of: Lineage, threshold: int
) -> Quarterly:
    """Add what only answers of single people give: groups, and weighted surveys."""
    groups = group_counts(answers, agencies_of, threshold)
    tables = [] if groups is None else [group_scores(groups, answers.quarter)]
    weighted = list(weighted_scores(answers, threshold))
    of_groups = [score for score in weighted if score.dimension != EVERYBODY]
    of_everybody = [score for score in weighted if score.dimension == EVERYBODY]
    table = pa.concat_tables([*tables, table_of(of_groups)])
    return Quarterly(
        tuple(sorted((*found.scores, *of_everybody), key=order)),
        (*found.exclusions, *weighted_exclusions(answers, threshold)),
        table if table.num_rows else None,
    )


def stale_quarters(threshold: int) -> list[str]:
    """Name the quarters whose scores are missing or older than the answers they should be made of.

    Raises:
        ProviderNotKnown: if a survey's provider is not in the directory.
    """
    not_counted = set(stale_cells(collect.answer_archive(), cell_store()))
    quarters = sorted({*scored_or_reported(), *not_counted})
    return [quarter for quarter in quarters if quarter in not_counted or _is_stale(quarter, threshold)]


def _is_stale(quarter: str, threshold: int) -> bool:
    should_be = wanted(parse_quarter(quarter), threshold)
    return bool(
        difference(scores(quarter=quarter), should_be.scores, score_key)
        or difference(exclusions(quarter=quarter), should_be.exclusions, exclusion_key)
        or group_record(quarter) != sha256_of(should_be.groups)
    )


def sha256_of(groups: pa.Table | None) -> str | None:
    """Give the hash that a table of group scores is kept under; None without one."""
    return None if groups is None else hashlib.sha256(written(groups)).hexdigest()


def _before(quarter: Quarter) -> Iterable[collect.ReportedSurveyFact]:
    try:
        before = quarter.previous()
    except QuarterNotValid:  # the first quarter of the calendar
        return ()
    answers = archived_quarter(str(before))
    return [*collect.reported_surveys(before), *(answers.unweighted if answers else ())]
