"""The statistics on the command line: what is said, what is refused, and that Django stays out."""

import json
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.proportion import proportion_confint

from hearback.cli.stats import command
from hearback.cli.stats.numbers import decimals_for, interval_of_percents, interval_of_points

HEARBACK = Path(sys.executable).parent / "hearback"


def said(*words: str) -> Result:
    return CliRunner().invoke(command, words)


def as_json(*words: str) -> dict[str, Any]:
    done = said(*words, "--json")
    assert done.exit_code == 0, done.output
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_a_share_comes_with_its_interval_and_what_that_does_not_cover() -> None:
    done = said("interval", "41", "50")
    assert done.exit_code == 0
    assert "82.0 % (41 of 50), 95 % interval 69.2 % to 90.3 % (wilson)." in done.stdout
    assert "the people who chose not to answer are not covered" in done.stdout


@pytest.mark.parametrize(
    ("method", "low", "high"),
    [
        ("wilson", 0.6920, 0.9023),
        ("clopper-pearson", 0.6856, 0.9142),
        ("jeffreys", 0.6972, 0.9070),
        ("agresti-coull", 0.6898, 0.9046),
    ],
)
def test_every_method_gives_its_own_interval(method: str, low: float, high: float) -> None:
    found = as_json("interval", "41", "50", "--method", method)
    assert (found["low"], found["high"]) == pytest.approx((low, high), abs=5e-5)
    assert (found["share"], found["n"], found["method"]) == (0.82, 50, method)


def test_a_higher_level_makes_a_wider_interval() -> None:
    assert as_json("interval", "41", "50", "--level", "0.99")["low"] < as_json("interval", "41", "50")["low"]


def test_no_answers_are_no_share_and_no_error() -> None:
    found = as_json("interval", "0", "0")
    assert (found["share"], found["low"], found["reason"]) == (None, None, "no_answers")


def test_a_change_comes_with_interval_p_value_verdict_and_the_smallest_change_found() -> None:
    done = said("change", "48", "80", "56", "70")
    assert "+20.0 points, 95 % interval +5.2 points to +33.9 points, p = 0.008." in done.stdout
    assert "Verdict: up." in done.stdout
    assert "the smallest change found in 80 % of samples is +20.8 points or -22.7 points" in done.stdout


@pytest.mark.parametrize(
    ("counts", "verdict"),
    [
        ("48 80 56 70", "up"),
        ("56 70 48 80", "down"),
        ("41 50 43 52", "no clear change"),
        ("9 9 9 9", "no clear change"),
    ],
)
def test_the_verdict_is_one_of_three(counts: str, verdict: str) -> None:
    assert as_json("change", *counts.split())["verdict"] == verdict


def test_a_change_from_nobody_is_none() -> None:
    found = as_json("change", "0", "0", "3", "4")
    assert (found["difference"], found["verdict"], found["reason"]) == (None, None, "no_answers")
    assert "no change to see" in said("change", "0", "0", "3", "4").stdout


def test_a_change_so_few_answers_never_find_is_said() -> None:
    told = said("change", "1", "2", "1", "2").stdout
    assert "even the largest change there can be is found in less than 80 % of samples." in told
    assert "smaller changes" not in told


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("interval 1 3000000", "0.00003 % (1 of 3,000,000), 95 % interval 0.00000 % to 0.00019 % (wilson)"),
        ("interval 999999999999 1000000000000", "interval 99.99999999943 % to 99.99999999999 % (wilson)"),
        ("interval 0 50", "0.0 % (0 of 50), 95 % interval 0.0 % to 7.2 % (wilson)"),
        ("change 700000 1000000 701000 1000000", "+0.10 points, 95 % interval -0.03 points to +0.23 points"),
        ("change 1 2 1 2", "50.0 % (1 of 2): 0.0 points, 95 % interval -75.0 points to +75.0 points"),
    ],
)
def test_digits_follow_the_width_of_the_interval_and_ends_are_rounded_outwards(words: str, told: str) -> None:
    assert told in said(*words.split()).stdout


@given(st.integers(1, 10**12), st.floats(0, 1))
def test_no_end_is_rounded_inwards_and_zero_has_no_sign(n: int, part: float) -> None:
    found = as_json("interval", str(int(n * part)), str(n))
    decimals = decimals_for(found["high"] - found["low"])
    low, high = (
        Decimal(end.removesuffix(" %"))
        for end in interval_of_percents(found["low"], found["high"], decimals).split(" to ")
    )
    assert low <= 100 * Decimal(repr(found["low"])) < 100 * Decimal(repr(found["high"])) <= high
    assert "-0.0 " not in interval_of_points(-found["low"] / 1e9, found["low"] / 1e9, 1)


def test_a_design_effect_makes_the_answers_count_as_fewer() -> None:
    found = as_json("interval", "41", "50", "--deff", "1.5")
    expected = proportion_confint(41 / 1.5, 50 / 1.5, method="wilson")
    assert (found["low"], found["high"]) == pytest.approx(expected, rel=1e-12)
    assert (found["share"], found["n"], found["n_effective"]) == (0.82, 50, pytest.approx(50 / 1.5))
    assert (
        "With a design effect of 1.5, 50 answers count as 33.3."
        in said("interval", "41", "50", "--deff", "1.5").stdout
    )


def test_a_change_knows_design_effect_and_power() -> None:
    words = ("change", "48", "80", "56", "70", "--deff", "2", "--power", "0.9")
    found = as_json(*words)
    halves = as_json("change", "24", "40", "28", "35", "--power", "0.9")
    for name in ("difference", "low", "high", "p"):
        assert found[name] == pytest.approx(halves[name], rel=1e-9)
    assert found["smallest_found"] == pytest.approx(halves["smallest_found"], rel=1e-9)
    assert (found["deff"], found["power"], found["verdict"]) == (2.0, 0.9, "no clear change")
    assert "found in 90 % of samples" in said(*words).stdout
    assert "80 answers count as 40.0 and 70 as 35.0" in said(*words).stdout


def test_a_tiny_p_value_is_a_bound() -> None:
    assert "p < 0.001" in said("change", "100", "1000", "900", "1000").stdout


def test_the_size_for_a_change_is_the_one_r_gives() -> None:
    found = as_json("size", "0.70", "0.75")
    assert found["n_per_group"] == pytest.approx(1250.7167334356116)
    assert (found["n_design"], found["invitations"]) == (1251, 1251)


def test_power_level_design_and_response_rate_are_heard() -> None:
    found = as_json("size", "0.2", "0.1", "--level", "0.9", "--power", "0.95", "--deff", "2.2",
                    "--response-rate", "0.5")  # fmt: skip
    assert (found["n_design"], found["invitations"]) == (602, 1204)


def test_so_many_are_asked_that_enough_answer() -> None:
    found = as_json("size", ".70", ".75", "--response-rate", ".1")
    assert (found["n_design"], found["invitations"]) == (1251, 12510)
    assert as_json("size", "--margin", "0.03", "--response-rate", "0.1")["invitations"] == 10680


def test_one_answer_is_one_answer() -> None:
    assert said("size", "--margin", "0.49", "--share", "0.01").stdout.startswith("1 answer gives a share")


def test_the_size_for_a_margin_knows_the_population() -> None:
    words = ("size", "--margin", "0.05", "--level", "0.9", "--population", "2000", "--deff", "1.3",
             "--response-rate", "0.25")  # fmt: skip
    found = as_json(*words)
    assert (found["n_design"], found["invitations"], found["feasible"]) == (310, 1240, True)
    assert "310 answers" in said(*words).stdout
    assert "ask 1,240 people" in said(*words).stdout


def test_more_people_than_there_are_is_said() -> None:
    done = said("size", "--margin", "0.02", "--population", "500", "--response-rate", "0.5")
    assert "more than the 500 people there are" in done.stdout


def test_a_change_of_nothing_has_no_size_but_a_reason() -> None:
    assert "no sample finds a change of nothing" in said("size", "0.7", "0.7").stdout
    assert as_json("size", "0.7", "0.7")["reason"] == "no_difference"


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        ("interval 51 50", 2, "HITS is 51 and N is 50: HITS counts some of the N answers."),
        ("interval forty 50", 2, "forty"),
        (
            "interval 82% 50",
            2,
            "'HITS': '82%' is not a whole number of zero or more; write it with digits only",
        ),
        ("interval 4.5 50", 2, "'4.5' is not a whole number"),
        ("interval 41 1,000", 2, "'N': '1,000' is not a whole number"),
        ("interval 1 1000000000001", 2, "1000000000001 is above 1,000,000,000,000"),
        ("interval -- -1 50", 2, "'-1' is not a whole number"),
        ("interval -1 50", 2, "-1 is below zero"),
        ("interval 41 50 -x", 2, "No such option '-x'"),
        ("interval 41 50 --deff 51", 2, "a design effect of 51 leaves less than one of 50 answers"),
        ("change 48 80 56 70 --power 0.01", 2, "above alpha (0.05)"),
        ("interval 41", 2, "Missing argument 'N'"),
        ("interval 41 50 --level 95", 2, "95 is not between 0 and 1; for 95 % write 0.95."),
        ("interval 41 50 --level nan", 2, "nan is not between 0 and 1"),
        ("interval 41 50 --method wald", 2, "wald"),
        ("change 5 4 1 2", 2, "HITS_BEFORE is 5 and N_BEFORE is 4"),
        ("change 1 2 5 4", 2, "HITS_AFTER is 5 and N_AFTER is 4"),
        ("change 1 2 3", 2, "Missing argument"),
        ("size", 2, "give two shares, as 0.70 0.75, or --margin"),
        ("size 0.7", 2, "give two shares"),
        ("size 0.7 0.8 0.9", 2, "give two shares"),
        ("size 0.7 0.8 --margin 0.1", 2, "give two shares"),
        ("size 0.7 70", 2, "70 is not from 0 to 1; for 70 % write 0.7."),
        ("size 0.7 0,8", 2, "'0,8' is not a number"),
        ("size 0.7 0.8 --deff 0", 2, "0 is not a number above 0"),
        ("size 0.7 0.8 --deff inf", 2, "inf is not a number above 0"),
        ("size 0.7 0.8 --response-rate 0", 2, "0 is not above 0 and up to 1"),
        ("size 0.7 0.8 --power 0.01", 2, "above alpha (0.05)"),
        ("size 0.7 0.8 --population 500", 2, "--population does not go with two shares"),
        ("size --margin 0.03 --power 0.9", 2, "--power does not go with --margin"),
        ("size --margin 3", 2, "3 is not between 0 and 0.5; for 3 points write 0.03."),
        ("size --margin 0.5", 2, "0.5 is not between 0 and 0.5."),
        ("size --margin 0.03 --population 0", 2, "0 is less than 1"),
        ("check no/such/folder", 2, "there is no folder no/such/folder"),
    ],
)
def test_what_cannot_be_used_is_refused_in_a_line(words: str, code: int, told: str) -> None:
    done = said(*words.split())
    assert done.exit_code == code
    assert told in done.stderr.splitlines()[-1]
    assert done.stdout == ""


@pytest.mark.parametrize(
    "words", ["interval 41 50", "change 48 80 56 70", "size 0.7 0.75", "size --margin 0.03"]
)
def test_an_answer_loads_neither_django_nor_scipy_and_needs_no_home(
    environ: dict[str, str], words: str
) -> None:
    program = (
        "import sys; from hearback.cli import program\n"
        f"program({['stats', *words.split()]}, standalone_mode=False)\n"
        "print(sorted({'django', 'scipy', 'statsmodels'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], env=environ, capture_output=True, text=True, check=True, timeout=180
    )
    assert done.stdout.splitlines()[-1] == "[]"
    assert not Path(environ["HEARBACK_HOME"]).exists()
