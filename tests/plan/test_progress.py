"""The rule for progress: each line of its table, what must always hold, and the same by simulation."""

import math
from dataclasses import astuple, replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearback.plan.rules import (
    CANNOT_TELL,
    MET,
    MISSED,
    OFF_TRACK,
    ON_TRACK,
    PROGRESS_STATUSES,
    REASONS,
    WRONG_WAY,
    Aim,
    MeasureNotValid,
    ProgressFact,
    ReadingFact,
    check_aim,
    check_readings,
    judge,
    reporting_status,
)

ON = date(2024, 6, 1)
RISE = Aim("up", "2025", 70, baseline_value=61, baseline_as_of="2021")
FALL = Aim("down", "2025", 50, baseline_value=61, baseline_as_of="2021")
STAY = Aim("keep", "2025", target_low=55, target_high=65, baseline_value=61, baseline_as_of="2021")
ORDER = (WRONG_WAY, MISSED, OFF_TRACK, CANNOT_TELL, ON_TRACK, MET)


def at(as_of: str, value: float, half: float | None = 0, **more: str) -> ReadingFact:
    """Make a reading; `half` is half the width of its interval, None where none is known."""
    low, high = (None, None) if half is None else (value - half, value + half)
    return ReadingFact(as_of, value, low, high, **more)


START = at("2021", 61)


def told(aim: Aim, *readings: ReadingFact, on: date = ON) -> tuple[str, str]:
    found = judge(aim, readings, on)
    return found.status, found.reason


@pytest.mark.parametrize(
    ("aim", "readings", "on", "status", "reason"),
    [
        (replace(RISE, target_value=None), (START, at("2023", 64)), ON, CANNOT_TELL, "no_target"),
        (replace(RISE, direction=None), (START, at("2023", 64)), ON, CANNOT_TELL, "no_direction"),
        (Aim("keep", "2025", 70), (START, at("2023", 64)), ON, CANNOT_TELL, "no_direction"),
        (Aim("up", "2025", 70), (), ON, CANNOT_TELL, "no_reading"),
        (RISE, (), ON, CANNOT_TELL, "one_reading"),
        (RISE, (START,), ON, CANNOT_TELL, "stale"),
        (RISE, (START,), date(2022, 6, 1), CANNOT_TELL, "one_reading"),
        (Aim("up", "2025", 70), (at("2023", 64),), ON, CANNOT_TELL, "one_reading"),
        (RISE, (START, at("2023", 64, definition="new")), ON, CANNOT_TELL, "other_definition"),
        (RISE, (START, at("2023", 64, None)), ON, CANNOT_TELL, "no_interval"),
        (RISE, (at("2023", 64),), ON, CANNOT_TELL, "no_interval"),
        (RISE, (START, at("2025", 71, 1)), date(2026, 2, 1), MET, "at_target"),
        (RISE, (START, at("2025", 69, 0.5)), date(2026, 2, 1), MISSED, "not_at_target"),
        (RISE, (START, at("2025", 69.5, 1)), date(2026, 2, 1), CANNOT_TELL, "either_side"),
        (RISE, (START, at("2025", 69, 0.5)), date(2025, 12, 31), CANNOT_TELL, "due_not_over"),
        (RISE, (START, at("2025", 69, 0.5)), date(2026, 1, 1), MISSED, "not_at_target"),
        (RISE, (START, at("2025", 71, 0.5)), date(2025, 12, 31), MET, "at_target"),
        (STAY, (START, at("2025", 60, 0.5)), date(2025, 12, 31), CANNOT_TELL, "due_not_over"),
        (RISE, (START, at("2023", 72, 1)), ON, MET, "at_target"),
        (RISE, (START, at("2023", 72, 1)), date(2025, 9, 1), CANNOT_TELL, "stale"),
        (RISE, (START, at("2024", 68)), date(2026, 2, 1), CANNOT_TELL, "no_reading_at_due"),
        (RISE, (START, at("2024", 71)), date(2026, 2, 1), MET, "at_target"),
        (replace(RISE, due=None), (START, at("2023", 64)), ON, CANNOT_TELL, "no_due"),
        (replace(RISE, due=None), (START, at("2023", 70)), ON, MET, "at_target"),
        (replace(RISE, baseline_as_of=None), (at("2023", 64),), ON, CANNOT_TELL, "no_baseline"),
        (replace(RISE, baseline_value=None), (at("2023", 64),), ON, CANNOT_TELL, "no_baseline"),
        (RISE, (START, at("2023", 60, 0.5)), ON, WRONG_WAY, "moves_away"),
        (RISE, (START, at("2023", 60, 1.5)), ON, OFF_TRACK, "rate_not_enough"),
        (RISE, (START, at("2023", 64, 1)), ON, OFF_TRACK, "rate_not_enough"),
        (RISE, (START, at("2023", 66, 1)), ON, CANNOT_TELL, "either_rate"),
        (RISE, (START, at("2023", 67, 0.5)), ON, ON_TRACK, "rate_enough"),
        (FALL, (START, at("2023", 63, 0.5)), ON, WRONG_WAY, "moves_away"),
        (FALL, (START, at("2023", 58, 0.5)), ON, OFF_TRACK, "rate_not_enough"),
        (FALL, (START, at("2023", 55, 0.3)), ON, ON_TRACK, "rate_enough"),
        (FALL, (START, at("2023", 49, 0.5)), ON, MET, "at_target"),
        (STAY, (START, at("2023", 60, 0.5)), ON, ON_TRACK, "rate_enough"),
        (STAY, (START, at("2023", 60, 4)), ON, CANNOT_TELL, "either_rate"),
        (STAY, (START, at("2023", 57.5, 0.5)), ON, OFF_TRACK, "rate_not_enough"),
        (STAY, (START, at("2023", 54, 0.5)), ON, WRONG_WAY, "moves_away"),
        (replace(STAY, baseline_value=50), (at("2021", 50), at("2023", 54, 0.5)), ON, OFF_TRACK, "outside"),
        (STAY, (START, at("2025", 60, 0.5)), date(2026, 2, 1), MET, "at_target"),
        (STAY, (START, at("2025", 66, 0.5)), date(2026, 2, 1), MISSED, "not_at_target"),
    ],
)  # fmt: skip
def test_each_line_of_the_rule(
    aim: Aim, readings: tuple[ReadingFact, ...], on: date, status: str, reason: str
) -> None:
    assert told(aim, *readings, on=on) == (status, reason)


def test_the_page_states_every_line_and_no_other(docs_rule: list[tuple[str, str]]) -> None:
    assert {status for status, _ in docs_rule} == set(PROGRESS_STATUSES)
    assert {reason for _, reason in docs_rule} == set(REASONS)


def test_rates_are_those_of_the_hand() -> None:
    found = judge(RISE, (START, at("2023", 64, 1)), ON)
    passed, left = 730 / 365.25, 731 / 365.25
    assert (found.years_passed, found.years_left) == (passed, left)
    assert found.actual_rate == pytest.approx(3 / passed)
    assert (found.actual_low, found.actual_high) == pytest.approx((2 / passed, 4 / passed))
    assert (found.needed_low, found.needed_high) == (6 / left, None)
    assert found.projected == pytest.approx(61 + 3 * (passed + left) / passed)


def test_a_missed_date_stays_missed_whatever_comes_later() -> None:
    late = (START, at("2025", 69), at("2026", 75))
    assert told(RISE, *late, on=date(2027, 2, 1)) == (MISSED, "not_at_target")


def test_the_baseline_is_the_reading_of_its_date_only_where_the_two_agree() -> None:
    agreeing = judge(RISE, (at("2021", 61, 0.5), at("2023", 64, 1)), ON)
    assert agreeing.start == at("2021", 61, 0.5)
    other = judge(RISE, (at("2021", 60, 0.5), at("2023", 64, 1)), ON)
    assert other.start == ReadingFact("2021", 61, None, None)
    assert (other.status, other.reason) == (CANNOT_TELL, "no_interval")
    assert (other.actual_low, other.actual_rate is not None) == (None, True)


def test_a_reading_of_days_of_the_baseline_gives_no_rate() -> None:
    found = judge(RISE, (START, at("FY2022-Q1", 62)), date(2022, 2, 1))
    assert (found.reason, found.actual_rate) == ("one_reading", None)


def of_surveys(as_of: str, value: float, n_surveys: int, *flags: str) -> ReadingFact:
    return replace(at(as_of, value), n_surveys=n_surveys, flags=flags)


@pytest.mark.parametrize(
    ("middle", "last"),
    [
        (of_surveys("2022", 62, 2), of_surveys("2023", 64, 3)),
        (of_surveys("2022", 62, 3), of_surveys("2023", 64, 2)),
        (of_surveys("2022", 62, 2, "composition_changed"), of_surveys("2023", 64, 2)),
        (of_surveys("2022", 62, 2), of_surveys("2023", 64, 2, "wording_changed")),
    ],
)
def test_where_others_reported_there_is_no_rate(middle: ReadingFact, last: ReadingFact) -> None:
    found = judge(RISE, (of_surveys("2021", 61, 2), middle, last), ON)
    assert (found.status, found.reason) == (CANNOT_TELL, "other_surveys")
    assert (found.actual_rate, found.projected, found.needed_low is not None) == (None, None, True)
    assert told(RISE, of_surveys("2021", 61, 2), middle, replace(last, value=71, low=71, high=71)) == (
        MET, "at_target",
    )  # fmt: skip


def test_what_changed_before_the_start_or_is_only_a_caution_does_not_matter() -> None:
    many = (
        of_surveys("2020", 50, 1), of_surveys("2021", 61, 2, "composition_changed"),
        of_surveys("2023", 67, 2, "rating_false"),
    )  # fmt: skip
    found = judge(RISE, many, ON)
    assert (found.status, found.cautions) == (ON_TRACK, ("composition_changed", "rating_false"))


def test_readings_may_come_in_any_order() -> None:
    many = [START, at("FY2023-Q2", 63), at("2022", 62), at("FY2023-Q4", 64, 1)]
    assert judge(RISE, many, ON) == judge(RISE, many[::-1], ON)
    assert judge(RISE, many, ON).judged == at("FY2023-Q4", 64, 1)


def test_a_fiscal_year_begins_when_the_government_says() -> None:
    aim = replace(RISE, due="FY2025-Q4")
    of_states = judge(aim, (START, at("2023", 64)), ON, start_month=7)
    assert of_states.years_left == (date(2025, 7, 1) - date(2024, 1, 1)).days / 365.25


def test_what_is_reported_is_said_apart_from_progress() -> None:
    assert reporting_status(has_figure=True, is_computed=False) == "reported"
    assert reporting_status(has_figure=False, is_computed=True) == "being gathered"
    assert reporting_status(has_figure=False, is_computed=False) == "not published"


VALUES = st.floats(-1e4, 1e4).map(lambda x: round(x, 3))
HALVES = st.floats(0, 100).map(lambda x: round(x, 3))
LATEST = st.sampled_from(["2022", "2023", "FY2023-Q3", "2025", "2026-03"])
DAYS = st.dates(date(2022, 1, 1), date(2028, 1, 1))


@given(VALUES, VALUES, VALUES, st.tuples(HALVES, HALVES), st.floats(0, 1e3), LATEST, DAYS)
def test_a_higher_figure_never_makes_the_status_worse(
    target: float, start: float, value: float, halves: tuple[float, float], by: float, as_of: str, on: date
) -> None:
    half, start_half = halves
    aim = Aim("up", "2025", target, baseline_value=start, baseline_as_of="2021")
    first = at("2021", start, start_half)
    before = judge(aim, (first, at(as_of, value, half)), on)
    after = judge(aim, (first, at(as_of, value + by, half)), on)
    assert ORDER.index(after.status) >= ORDER.index(before.status)


@given(VALUES, VALUES, VALUES, HALVES, HALVES, LATEST, DAYS)
def test_to_fall_is_to_rise_upside_down(
    target: float, start: float, value: float, half: float, start_half: float, as_of: str, on: date
) -> None:
    up = Aim("up", "2025", target, baseline_value=start, baseline_as_of="2021")
    down = Aim("down", "2025", -target, baseline_value=-start, baseline_as_of="2021")
    rising = judge(up, (at("2021", start, start_half), at(as_of, value, half)), on)
    falling = judge(down, (at("2021", -start, start_half), at(as_of, -value, half)), on)
    assert (rising.status, rising.reason) == (falling.status, falling.reason)


@st.composite
def cases(draw: st.DrawFn) -> ProgressFact:
    some = st.none() | VALUES
    aim = Aim(
        draw(st.sampled_from([None, "up", "down", "keep"])),
        draw(st.sampled_from([None, "2025", "FY2024-Q2"])),
        draw(some), draw(some), draw(some), draw(some), draw(st.sampled_from([None, "2021", "2023"])),
    )  # fmt: skip
    known = st.sampled_from(["2020", "2021", "2022-05-01", "2023", "2025", "2026"])
    dates = draw(st.lists(known, unique=True))
    readings = [at(as_of, draw(VALUES), draw(st.none() | HALVES)) for as_of in dates]
    return judge(aim, readings, draw(DAYS))


@given(cases())
def test_there_is_always_a_known_status_and_never_a_number_that_is_none(found: ProgressFact) -> None:
    assert found.status in PROGRESS_STATUSES
    assert found.reason in REASONS
    numbers = [part for part in astuple(found) if isinstance(part, float)]
    assert all(math.isfinite(number) for number in numbers)


@given(VALUES, VALUES, VALUES, st.sampled_from(["2022", "2023"]))
def test_exact_figures_are_judged_as_plain_numbers_are(
    target: float, start: float, value: float, as_of: str
) -> None:
    aim = Aim("up", "2025", target, baseline_value=start, baseline_as_of="2021")
    found = judge(aim, (at("2021", start), at(as_of, value)), date(2023, 2, 1))
    assert found.needed_low is not None
    assert found.actual_rate is not None
    assert found.actual_low == found.actual_rate == found.actual_high
    if abs(found.actual_rate - found.needed_low) < 1e-4 or abs(value - target) < 1e-4 or value == start:
        return  # too close for rounding to tell
    expected = ON_TRACK if found.actual_rate > found.needed_low else OFF_TRACK
    expected = MET if value > target else WRONG_WAY if value < start else expected
    assert found.status == expected


def test_a_verdict_is_seldom_wrong_when_the_truth_is_on_the_border() -> None:
    """Both figures are drawn around a truth that just is enough: either verdict comes 1 time in 40."""
    draws, counted = np.random.default_rng(20_261_127), {ON_TRACK: 0, OFF_TRACK: 0, CANNOT_TELL: 0}
    true_start, error = 50.0, 2.0
    true_end = true_start + 20 * 730 / (730 + 731)
    for start, end in draws.normal((true_start, true_end), error, (4_000, 2)):
        half = 1.959964 * error
        aim = Aim("up", "2025", 70, baseline_value=float(start), baseline_as_of="2021")
        found = judge(aim, (at("2021", float(start), half), at("2023", float(end), half)), ON)
        counted[found.status] = counted.get(found.status, 0) + 1
    assert 0.019 <= counted[ON_TRACK] / 4_000 <= 0.031
    assert 0.019 <= counted[OFF_TRACK] / 4_000 <= 0.031


@pytest.mark.parametrize(
    ("aim", "kind", "words"),
    [
        (Aim(None, None, 70), None, "direction: there is a target and no direction"),
        (Aim("sideways"), None, "'sideways' is no direction"),
        (Aim("keep", None, 70), None, "target_value: a figure that is to keep has bounds"),
        (Aim("up", None, None, 60), None, "target_low: bounds are for a figure that is to keep"),
        (Aim("keep", None, None, 66, 60), None, "target_low: 66 is above target_high 60"),
        (Aim("up", "2020", 70, baseline_as_of="2021"), None, "due: 2020 is not after the baseline of 2021"),
        (Aim("up", "2021", 70, baseline_as_of="2021"), None, "due: 2021 is not after the baseline of 2021"),
        (Aim("up", None, 50, baseline_value=61), None, "target_value: 50 is below the baseline 61"),
        (Aim("down", None, 70, baseline_value=61), None, "target_value: 70 is above the baseline 61"),
        (Aim("up", None, 75), "share", "target_value: 75 cannot be: a share is from 0 to 1"),
        (Aim("up", None, 0.5), "mean", "a mean of answers is from 1 to 5"),
    ],
)
def test_an_aim_that_contradicts_itself_is_refused(aim: Aim, kind: str | None, words: str) -> None:
    with pytest.raises(MeasureNotValid) as problem:
        check_aim(aim, kind)
    assert words in str(problem.value)


@pytest.mark.parametrize("aim", [Aim(), Aim("up"), RISE, FALL, STAY, Aim("keep", None, None, 60)])
def test_an_aim_that_fits_is_fine(aim: Aim) -> None:
    check_aim(aim)


@pytest.mark.parametrize(
    ("readings", "words"),
    [
        ([ReadingFact("2021", 61, 62, 60, key="r1")], "readings[r1].low: 62 is above high 60"),
        (
            [ReadingFact("2021", 61, 62, 63, key="r1")],
            "readings[r1].value: 61 is not between low 62 and high 63",
        ),
        (
            [ReadingFact("2021", 61, 60, None, key="r1")],
            "readings[r1].high: one end of the interval is missing",
        ),
        (
            [at("FY2021", 61, key="r1"), at("FY2021", 60, key="r2")],
            "readings[r2].as_of: another reading is of these days",
        ),
    ],
)
def test_readings_that_cannot_be_are_refused(readings: list[ReadingFact], words: str) -> None:
    with pytest.raises(MeasureNotValid) as problem:
        check_readings(readings)
    assert words in str(problem.value)
