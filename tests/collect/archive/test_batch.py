"""Batches: what cannot be archived, or would not be counted, is refused with its place."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from hearback.collect.archive import (
    NOT_ASKED,
    WEIGHT_UNITS,
    Batch,
    BatchNotValid,
    CodeBook,
    CodeNotValid,
    Form,
    Item,
)
from hearback.collect.archive.batch import LARGEST_WEIGHT
from hearback.collect.archive.fitting import check_fits

CLINIC = Form("clinic", "care", "hospital", (Item("trust"), Item("thumb", scale="thumbs")), ("age_band",))
OFFICE = Form("office", "benefits", "agency", (Item("trust"),), weighted=True)


def columns(**changed: Any) -> dict[str, Any]:
    """Give the columns of three good responses: two to the clinic, one to the office."""
    good = {
        "days": np.array([18_536] * 3),
        "contexts": np.array([0, 0, 1]),
        "answers": {"trust": np.array([5, 0, -1]), "thumb": np.array([2, -1, -1])},
        "groups": {"age_band": np.array([1, 0, 0])},
        "weights": np.array([1, 5, WEIGHT_UNITS]),
    }
    return {**good, **changed}


@pytest.fixture
def book() -> CodeBook:
    """A book with both forms and one level."""
    book = CodeBook()
    book.context(CLINIC, "phone", "en")
    book.context(OFFICE, "phone", "en")
    book.level("age_band", "18-34")
    return book


def test_a_good_batch_fits(book: CodeBook) -> None:
    check_fits(Batch(**columns()), book)


def test_an_empty_batch_fits(book: CodeBook) -> None:
    none = np.array([], dtype=np.int64)
    batch = Batch(none, none, {"trust": none}, {"age_band": none}, none)
    check_fits(batch, book)
    assert len(batch) == 0


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"contexts": np.array([0, 1])}, "contexts has 2 entries for 3 responses"),
        ({"answers": {"trust": np.array([1, 2, 3, 4])}}, "trust has 4 entries for 3 responses"),
        ({"groups": {"age_band": np.array([1])}}, "age_band has 1 entries for 3 responses"),
        ({"weights": np.array([1, 2])}, "weights has 2 entries for 3 responses"),
        ({"answers": {"trust": np.array([1, -2, 3])}}, "response 2 answers trust with -2; answers are whole"),
        ({"answers": {"trust": np.array([1, 2, 101])}}, "response 3 answers trust with 101"),
        ({"answers": {"trust": np.array([1, 2, 300])}}, "response 3 answers trust with 300"),
        ({"answers": {"trust": np.array([1.0, 2.5, 3])}}, "trust holds float64 values; give whole numbers"),
        ({"answers": {"trust": np.array([1, np.nan, 3])}}, "trust holds float64 values; give whole numbers"),
        ({"days": np.array(["2020", "2021", "2022"])}, "days holds <U4 values; give whole numbers"),
        ({"weights": np.array([0.5, 1, 2])}, "weights holds float64 values; give whole numbers"),
        (
            {"weights": np.array([5, -1, 5])},
            "response 2 has the weight -1e-09; weights are above 0 and at most 1,000,000",
        ),
        ({"weights": np.array([3, 0, 3])}, "response 2 has the weight 0.0; weights are above 0"),
        (
            {"weights": np.array([1, 1, LARGEST_WEIGHT * WEIGHT_UNITS + 1])},
            "response 3 has the weight 1000000.000000001; weights are above 0 and at most 1,000,000",
        ),
    ],
)
def test_what_is_no_batch_is_refused(changed: dict[str, Any], words: str) -> None:
    with pytest.raises(BatchNotValid, match=words):
        Batch(**columns(**changed))


def test_the_largest_weight_is_taken() -> None:
    Batch(**columns(weights=np.array([1, 1, LARGEST_WEIGHT * WEIGHT_UNITS])))


@pytest.mark.parametrize("where", ["answers", "groups"])
def test_a_name_that_cannot_be_a_column_is_refused(where: str) -> None:
    with pytest.raises(CodeNotValid, match="'A B' cannot be the name of a"):
        Batch(**columns(**{where: {"A B": np.array([0, 0, 0])}}))


def _with(place: str, name: str, values: list[int]) -> Callable[[], dict[str, Any]]:
    return lambda: columns(**{place: {**columns()[place], name: np.array(values)}})


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        (
            lambda: columns(contexts=np.array([0, 2, 1])),
            "response 2: the code book has no code 2 of contexts",
        ),
        (
            lambda: columns(contexts=np.array([0, 0, -1])),
            "response 3: the code book has no code -1 of contexts",
        ),
        (_with("groups", "age_band", [0, 2, 0]), "response 2: the code book has no code 2 of group age_band"),
        (
            _with("groups", "age_band", [0, -1, 0]),
            "response 2: the code book has no code -1 of group age_band",
        ),
        (
            _with("groups", "first_time", [1, 0, 0]),
            "response 1: the code book has no code 1 of group first_time",
        ),
        (
            _with("groups", "age_band", [0, 0, 1]),
            "response 3 has 1 for age_band, which is not asked in survey office",
        ),
        (
            _with("answers", "trust", [1, 6, 1]),
            "response 2 has 6 for trust, which is from 1 to 5 in survey clinic",
        ),
        (
            _with("answers", "thumb", [1, 3, 0]),
            "response 2 has 3 for thumb, which is from 1 to 2 in survey clinic",
        ),
        (
            _with("answers", "thumb", [1, 1, 1]),
            "response 3 has 1 for thumb, which is not asked in survey office",
        ),
        (
            _with("answers", "ease", [0, 0, 1]),
            "response 3 has 1 for ease, which is not asked in survey office",
        ),
        (
            lambda: columns(answers={"trust": np.array([1, 2, 3])}),
            "survey clinic asks thumb, and the batch has no",
        ),
        (
            lambda: columns(groups={}),
            "survey clinic has the group age_band, and the batch has no levels of it",
        ),
        (lambda: columns(weights=None), "survey office is weighted, and the batch has no weights"),
    ],
)
def test_what_does_not_fit_its_forms_is_refused(
    book: CodeBook, changed: Callable[[], dict[str, Any]], words: str
) -> None:
    with pytest.raises(BatchNotValid, match=words):
        check_fits(Batch(**changed()), book)


def test_a_column_that_nobody_is_asked_may_be_empty(book: CodeBook) -> None:
    answers = {**columns()["answers"], "ease": np.array([NOT_ASKED, 0, NOT_ASKED])}
    check_fits(Batch(**columns(answers=answers)), book)
