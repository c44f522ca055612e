"""Loading journeys, and reading them back with their nulls."""

from datetime import datetime
from pathlib import Path

import pytest

from hearback.directory.files import FileNotGood
from hearback.history.queries import latest_entries
from hearback.learn import queries
from hearback.learn.commands import load
from tests.learn.small import JOURNEYS, changed, write


def test_a_journey_is_read_back_whole(learn_folder: Path, at: datetime) -> None:
    load(write(learn_folder), by="operator", at=at)
    _, journey = queries.journeys()
    assert (journey.key, journey.about_key, journey.yearly_volume) == ("boat-licence", "mooring", 1200)
    assert [(s.name, [p.key for p in s.steps]) for s in journey.stages] == [
        ("asking", ["find-form", "fill-form"]), ("waiting", ["wait"]), ("sailing", []),
    ]  # fmt: skip
    first, second = journey.stages[0].steps
    assert (first.agency_key, first.channel, first.minutes, first.feeling, first.feeling_gist) == (
        "bureau", "website", 20, -1, "Lost.",
    )  # fmt: skip
    assert (second.minutes, second.minutes_low, second.minutes_high) == (40, 30, 90)
    assert (second.cost_usd, second.measure_key) == (12.5, "trust_agree_share")
    slow = next(p for p in journey.pain_points if p.key == "slow")
    assert (slow.stage_key, slow.groups) == ("waiting", ("fishers",))
    assert [(e.gist, e.source) for e in slow.evidence] == [
        ("Half of them wrote so.", "https://example.org/slow")
    ]


def test_unknown_stays_unknown(learn_folder: Path, at: datetime) -> None:
    load(write(learn_folder), by="operator", at=at)
    bare, journey = queries.journeys()
    assert (bare.about_key, bare.yearly_volume, bare.stages, bare.pain_points, bare.burden) == (
        None, None, (), (), None,
    )  # fmt: skip
    step = journey.stages[0].steps[0]
    assert (step.waiting_days, step.cost_usd, step.measure_key) == (None, None, None)
    assert step.documents == 0


def test_pain_points_stand_by_size_and_those_that_nobody_counted_last(
    learn_folder: Path, at: datetime
) -> None:
    load(write(learn_folder), by="operator", at=at)
    journey = queries.journeys()[1]
    assert [(p.key, p.rank, p.size.share, p.size.people_per_year) for p in journey.pain_points] == [
        ("dear", 1, 0.5, 600), ("slow", 2, 0.25, 300), ("unclear", None, None, None),
    ]  # fmt: skip


def test_sizes_made_of_few_answers_are_not_told_where_few_are_held_back(
    learn_folder: Path, at: datetime
) -> None:
    few = changed([0, "pain_points", 1], naming_count=4, asked_count=9)
    load(write(learn_folder, few), by="operator", at=at)
    told = {p.key: p for p in queries.journeys(suppress_below=10)[1].pain_points}
    assert (told["slow"].rank, told["slow"].size.share, told["slow"].size.asked_count) == (None, None, None)
    assert told["dear"].size.share == 0.5
    known = {p.key: p.size.share for p in queries.journeys()[1].pain_points}
    assert known["slow"] == pytest.approx(4 / 9)


def test_loading_twice_changes_nothing_and_notes_nothing(learn_folder: Path, at: datetime) -> None:
    first = load(write(learn_folder), by="operator", at=at)
    assert first.created == {
        "journey": 2, "stage": 3, "step": 3, "pain_point": 3, "story": 3, "study": 1, "observation": 1,
        "highlight": 1, "insight": 2, "persona": 2,
    }  # fmt: skip
    before = latest_entries(1000)
    again = load(write(learn_folder), by="somebody-else", at=at)
    assert (again.n_changes, again.not_in_file, again.unchanged) == (0, [], first.created)
    assert latest_entries(1000) == before


def test_a_change_is_noted_with_before_and_after(learn_folder: Path, at: datetime) -> None:
    load(write(learn_folder), by="operator", at=at)
    report = load(write(learn_folder, changed([0, "stages", 0, "steps", 0], minutes=25)), by="editor", at=at)
    assert report.changed == {"step": 1}
    newest = latest_entries(1)[0]
    assert (newest.by, newest.verb, newest.subject_key) == ("editor", "step.loaded", "find-form")
    assert newest.before is not None
    assert newest.after is not None
    assert (newest.before["minutes"], newest.after["minutes"]) == (20, 25)


def test_what_is_gone_from_the_file_stays_and_is_reported(learn_folder: Path, at: datetime) -> None:
    load(write(learn_folder), by="operator", at=at)
    report = load(write(learn_folder, changed([0], pain_points=[])), by="operator", at=at)
    assert report.not_in_file == ["pain point dear", "pain point slow", "pain point unclear"]
    assert queries.counts()["pain_points"] == 3


def test_a_trial_says_what_would_change_and_changes_nothing(learn_folder: Path, at: datetime) -> None:
    report = load(write(learn_folder), by="operator", at=at, dry_run=True)
    assert report.created["step"] == 3
    assert queries.journeys() == []


STEP: list[str | int] = [0, "stages", 0, "steps", 1]
POINT: list[str | int] = [0, "pain_points", 1]
CASES = {
    "an unknown service": (changed([0], about="flying"), ["'about'", "no service 'flying'"]),
    "an unknown agency": (changed(STEP, agency="nowhere"), ["'agency'", "no agency 'nowhere'"]),
    "an unknown measure": (
        changed(STEP, measure_key="joy"),
        ["step fill-form.measure_key", "no measure 'joy'", "trust_mean"],
    ),
    "half a range": (changed(STEP, minutes_low=None), ["step fill-form.minutes", "two ends"]),
    "a range upside down": (changed(STEP, minutes_low=95), ["step fill-form.minutes", "upside down"]),
    "a value outside its range": (changed(STEP, minutes=91), ["fill-form.minutes", "91 is not between 30"]),
    "a negative quantity": (changed(STEP, cost_usd=-1), ["cost_usd", "at least 0"]),
    "a feeling off the scale": (changed(STEP, feeling=3), ["feeling", "at most 2"]),
    "a stage of another journey": (
        changed([1], pain_points=[{"key": "x", "gist": "x", "stage": "waiting"}]),
        ["record 2 (buying-a-boat)", "pain_points[x].stage", "no stage 'waiting'"],
    ),
    "named by more than were asked": (changed(POINT, naming_count=49), ["naming_count", "49 of 48"]),
    "named, of nobody knows how many": (changed(POINT, asked_count=None), ["naming_count", "missing"]),
    "nobody asked": (changed(POINT, naming_count=0, asked_count=0), ["naming_count", "0 answers"]),
    "one key for two steps": (changed(STEP, key="wait"), ["step key", "'wait'", "stands in"]),
    "an unknown field": (changed(STEP, colour="blue"), ["fill-form].colour", "unknown field"]),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_bad_input_is_named(case: str, learn_folder: Path, at: datetime) -> None:
    journeys, words = CASES[case]
    with pytest.raises(FileNotGood) as problem:
        load(write(learn_folder, journeys), by="operator", at=at)
    said = str(problem.value)
    assert said.startswith("journeys.json: record ")
    assert [word for word in words if word not in said] == [], said
    assert "\n" not in said
    assert queries.journeys() == []


def test_the_small_journeys_are_as_they_were() -> None:
    assert JOURNEYS[0]["stages"][0]["steps"][0]["minutes"] == 20
