"""What commands are given fits where it is kept, or is refused; a date that is none is wrong use."""

from datetime import datetime
from pathlib import Path

import pytest

from hearback.plan.commands import load
from hearback.plan.dumping import records
from tests.plan.sheets.editing import run
from tests.plan.small import write

MOVE = ("milestone", "move", "rivers-s1-m2", "Started")
REPLACE = ("goal", "replace", "rivers-1.1-2024", "Hear all, twice.", "--reason", "Plainer.")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((*MOVE, "--decided-by", " "), "nothing is written for 'decided by'"),
        (
            (*MOVE, "--decided-by", "x" * 121),
            "what is written for 'decided by' has 121 characters; write at most 120",
        ),
        ((*MOVE, "--source", ""), "nothing is written for 'source'"),
        ((*REPLACE, "--number", ""), "a wording and a number"),
        (
            (*REPLACE, "--number", "1" * 21),
            "what is written for 'number' has 21 characters; write at most 20",
        ),
        (
            (*REPLACE, "--status", "x" * 61),
            "what is written for 'status' has 61 characters; write at most 60",
        ),
        ((*REPLACE, "--decided-by", ""), "nothing is written for 'decided by'"),
    ],
)
def test_what_could_not_be_dumped_is_refused(
    plan_folder: Path, at: datetime, words: tuple[str, ...], told: str
) -> None:
    load(write(plan_folder), by="x", at=at)
    before = records()
    refused = run(*words)
    assert (refused.exit_code, told in refused.stderr) == (1, True), refused.output
    assert records() == before


@pytest.mark.parametrize(
    "words",
    [
        ("milestone", "due", "rivers-s1-m1", "soon", "--reason", "Late."),
        ("milestone", "due", "rivers-s1-m1", "1200", "--reason", "Late."),
        ("milestone", "done", "rivers-s1-m1", "2207-01-01"),
        ("milestone", "done", "rivers-s1-m1", "soon"),
        (*REPLACE, "--target-date", "soon"),
        ("milestone", "list", "--on", "zzz"),
    ],
)
def test_a_date_that_is_none_is_wrong_use(plan_folder: Path, at: datetime, words: tuple[str, ...]) -> None:
    load(write(plan_folder), by="x", at=at)
    refused = run(*words)
    assert (refused.exit_code, refused.stderr.count("\n")) == (2, 1)
    told = ("'soon' is not a date", "'zzz' is not a day", "'1200' is outside", "'2207-01-01' is outside")
    assert refused.stderr.removeprefix("Error: ").startswith(told)


@pytest.mark.parametrize("words", [MOVE, REPLACE])
def test_a_version_that_never_was_is_told_as_such(
    plan_folder: Path, at: datetime, words: tuple[str, ...]
) -> None:
    load(write(plan_folder), by="x", at=at)
    assert "there is no version 7; it is version 1 now" in run(*words, "--seen", "7").stderr
