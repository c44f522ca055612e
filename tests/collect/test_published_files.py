"""The real published files: every row is accounted for, every mean recomputed, both files agree."""

import csv
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from hearback.collect import queries
from hearback.history.queries import latest_entries
from tests.collect.conftest import Imported
from tests.collect.directory import build_directory

pytestmark = [pytest.mark.shared, pytest.mark.django_db]
Load = Callable[[Path], Imported]
N_ROWS = 355


@pytest.fixture
def quarterly(shared: Path) -> Path:
    """The merged quarterly file; the directory knows what it names."""
    path = shared / "data/published/cx_quarterly_v1.csv"
    build_directory(
        {(row["attributes_service_provider_id"], row["attributes_service_id"]) for row in _rows(path)}
    )
    return path


@pytest.fixture
def trust(shared: Path, quarterly: Path) -> Path:
    """The trust-count file."""
    return shared / "data/published/trust_counts.csv"


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _rounded(counts: list[int]) -> str:
    exact = Fraction(sum(box * n for box, n in enumerate(counts, start=1)), sum(counts))
    in_decimals = Decimal(exact.numerator) / Decimal(exact.denominator)
    return str(in_decimals.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP))


@pytest.mark.parametrize("name", ["quarterly", "trust"])
def test_every_row_loads_and_a_second_time_changes_nothing(
    name: str, load: Load, request: pytest.FixtureRequest
) -> None:
    path = request.getfixturevalue(name)
    first = load(path)
    assert (first.report.rows_read, first.report.rows_loaded, first.report.rows_rejected) == (
        N_ROWS,
        N_ROWS,
        0,
    )
    assert first.report.rows_changed == N_ROWS
    before = latest_entries(5)
    again = load(path)
    assert (again.report.rows_loaded, again.report.rows_changed) == (N_ROWS, 0)
    assert again.findings == first.findings
    assert latest_entries(5) == before


def test_the_two_files_agree_in_either_order(load: Load, quarterly: Path, trust: Path) -> None:
    load(quarterly)
    second = load(trust)
    assert second.of("two_values_for_one_key") == second.of("restated") == []
    assert len(list(queries.reported_surveys())) == N_ROWS


def test_the_trust_file_first_and_the_quarterly_file_after_it(
    load: Load, quarterly: Path, trust: Path
) -> None:
    load(trust)
    second = load(quarterly)
    assert second.of("two_values_for_one_key") == second.of("restated") == []
    assert second.report.rows_changed == N_ROWS
    facts = list(queries.reported_surveys())
    assert len(facts) == N_ROWS
    assert sum(fact.rating == "TRUE" for fact in facts) == 316


def test_every_published_mean_is_the_one_the_counts_give_or_a_finding_says_otherwise(
    load: Load, quarterly: Path
) -> None:
    done = load(quarterly)
    told = {(finding["row"], finding["column"]) for finding in done.of("mean_disagrees")}
    stored = {(f.file_row, q.question): q for f in queries.reported_surveys() for q in f.questions}
    checked = 0
    for (row, _), asked in stored.items():
        if any(asked.counts) and asked.published_mean is not None:
            checked += 1
            agrees = _rounded(list(asked.counts)) == asked.published_mean
            assert agrees != any(place[0] == row for place in told)
    in_file = sum(bool(row[f"attributes_q{n}_point_scale"]) for row in _rows(quarterly) for n in range(1, 12))
    assert checked == in_file == 2172
    assert told == set()


def test_findings_are_as_many_as_counted_by_hand(load: Load, quarterly: Path, trust: Path) -> None:
    done = load(quarterly)
    rows = {kind: {finding["row"] for finding in done.of(kind)} for kind in done.kinds()}
    assert len(rows["more_respondents_than_offered"]) == 15
    assert len(rows["more_offered_than_customers"]) == 3
    assert len(rows["channel_missing"]) == 5
    assert len([f for f in done.of("no_answer_counts") if f["column"] is None]) == 9
    by_hand = [
        row for row in _rows(quarterly)
        if any(
            sum(int(row[f"attributes_q{n}_{box}"] or 0) for box in range(1, 6))
            > int(row["attributes_volume_of_respondents"])
            for n in range(1, 12)
        )
    ]  # fmt: skip
    assert len(rows["more_answers_than_respondents"]) == len(by_hand) == 62
    ratings = load(trust)
    assert (len(ratings.of("reporting_partial")), len(ratings.of("reporting_false"))) == (26, 13)


def test_rows_are_named_by_the_line_they_start_on(load: Load, quarterly: Path) -> None:
    load(quarterly)
    lines = quarterly.read_text(encoding="utf-8-sig").split("\n")
    facts = list(queries.reported_surveys())
    with quarterly.open(encoding="utf-8-sig", newline="") as file:
        first_cells = {row["id"] for row in csv.DictReader(file)}
    for fact in facts:
        assert lines[fact.file_row - 1].split(",")[0] in first_cells
    assert len({fact.file_row for fact in facts}) == N_ROWS


def test_service_3_is_one_series_per_provider(load: Load, quarterly: Path) -> None:
    load(quarterly)
    providers = {f.provider_key for f in queries.reported_surveys() if f.service_key == "service-3"}
    assert providers == {"provider-2", "provider-36"}
