"""The worked examples of the pages on lateness and action plans: read out of the page, and recomputed."""

from datetime import date

from hearback.plan.rules import STATUSES, Promise, kind_of, lateness, outcome_of
from tests.measure.test_method_pages import example, section

PAGE = "lateness"


def _given() -> dict[str, list[str]]:
    return {name: cells for name, cells in example(PAGE).items() if len(name) == 1}


def _null(cell: str) -> str | None:
    return None if cell == "null" else cell


def test_the_example_of_lateness_comes_out() -> None:
    rows = _given()
    assert len(rows) == 16
    read_before = set()
    for name, (due, status, done, as_of, on, answer) in rows.items():
        promise = Promise(_null(due), _null(status), _null(done), _null(as_of))
        found = lateness(promise, date.fromisoformat(on))
        assert found.words == answer, name
        read_before |= {name} if found.read_before else set()
    assert read_before == {"i"}
    assert "Of these only i was last read before it was due." in section(PAGE, "Worked example")


def test_the_page_names_every_status_with_its_meaning() -> None:
    rows = [line.strip("| ").split(" | ") for line in section(PAGE, "What a status means").splitlines()]
    told = {word: row[1].strip() for row in rows if len(row) == 2 for word in row[0].split(", ")}
    del told["Words of the source"]
    assert told == {words: kind.replace("_", " ") for words, kind in STATUSES.items()}
    assert {kind_of(words.upper()) for words in STATUSES} == set(STATUSES.values())


def test_the_example_of_what_became_of_actions_comes_out() -> None:
    rows = {name: cells for name, cells in example("action-plans").items() if len(name) == 1}
    assert len(rows) == 5
    for name, (status, answer) in rows.items():
        found = outcome_of(_null(status), is_carried_over=name == "c")
        assert found.replace("_", " ") == answer, name
