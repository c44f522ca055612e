"""The worked examples of the pages on lateness and action plans: read out of the page, and recomputed."""

from datetime import date

from hearback.plan.rules import STATUSES, Late, Promise, ReadingFact, effect_of, kind_of, lateness, outcome_of
from tests.measure.test_method_pages import example, section

PAGE = "lateness"


def _given() -> dict[str, list[str]]:
    return {name: cells for name, cells in example(PAGE).items() if len(name) == 1}


def _null(cell: str) -> str | None:
    return None if cell == "null" else cell


def test_the_example_of_lateness_comes_out() -> None:
    rows = _given()
    assert len(rows) == 16
    stale = set()
    for name, (due, status, done, as_of, on, answer) in rows.items():
        promise = Promise(_null(due), _null(status), _null(done), _null(as_of))
        found = lateness(promise, date.fromisoformat(on))
        assert found.words == answer, name
        stale |= {name} if found.state is Late.OVERDUE and not found.read_after else set()
    assert stale == {"i", "l"}
    told = "i was last read before it was due, and nobody knows when l was read"
    assert told in section(PAGE, "Worked example").replace("\n", " ")


def test_the_example_of_before_and_after_comes_out() -> None:
    rows = {name: cells for name, cells in example("before-after").items() if len(name) == 1}
    assert len(rows) == 3
    for name, (*cells, verdict) in rows.items():
        numbers = [None if cell == "null" else float(cell) for cell in cells]
        before, before_low, before_high, after, after_low, after_high, *told = numbers
        assert before is not None
        assert after is not None
        found = effect_of(
            ReadingFact("2022", before, before_low, before_high),
            ReadingFact("2023", after, after_low, after_high),
        )
        ends = [None if end is None else round(end, 4) for end in (found.difference, found.low, found.high)]
        assert (ends, found.verdict) == (told, verdict), name


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
