"""Every statistic against numbers made in R."""

from pathlib import Path

import pytest

from hearback.stats.reference.case import Case, read_cases
from hearback.stats.reference.checking import check_case

CARRIED = Path(__file__).resolve().parents[2] / "golden" / "statistics"
SHARED = Path(__file__).resolve().parents[4] / "shared" / "reference" / "statistics"


def cases(folder: Path) -> list[Case]:
    return read_cases(folder) if folder.exists() else []


@pytest.mark.parametrize("case", cases(CARRIED), ids=lambda case: case.id)
def test_agrees_with_r(case: Case) -> None:
    result = check_case(case)
    assert result.passed, result.error or "\n".join(str(wrong) for wrong in result.mismatches)


@pytest.mark.shared
@pytest.mark.parametrize("case", cases(SHARED), ids=lambda case: case.id)
def test_agrees_with_every_given_case(case: Case) -> None:
    result = check_case(case)
    assert result.passed, result.error or "\n".join(str(wrong) for wrong in result.mismatches)


def test_there_are_cases_to_compare_with() -> None:
    assert len(cases(CARRIED)) > 50
