"""The proportional-odds model of a sample: what weights, units and domains do to it."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hearback.stats.estimate import Reason
from hearback.stats.models import ColumnNotValid, proportional_odds, weighted_proportional_odds
from hearback.stats.survey.design import Floats, make_design

N = 240


def sample(seed: int) -> tuple[Floats, dict[str, Floats], list[str], list[str], Floats]:
    rng = np.random.default_rng(seed)
    offices = np.repeat(np.arange(24), 10)
    ease = rng.integers(1, 6, N) * 1.0
    latent = 0.7 * ease + rng.normal(scale=0.7, size=24)[offices] + rng.logistic(size=N)
    answers = np.digitize(latent, [1, 2, 3, 4]) + 1.0
    regions = [f"R{office % 3}" for office in offices]
    return answers, {"ease": ease}, [f"O{o}" for o in offices], regions, rng.uniform(0.5, 4, N)


def test_coefficients_are_those_of_rows_repeated_as_often_as_they_weigh() -> None:
    answers, terms, units, regions, _ = sample(1)
    weights = np.arange(N) % 4
    design = make_design(N, weights=weights, strata=regions, units=[units])
    weighted = weighted_proportional_odds(answers, terms, design)
    repeated = proportional_odds(answers, terms, counts=weights)
    assert weighted.terms[0].coefficient == pytest.approx(repeated.terms[0].coefficient, rel=1e-9)
    assert [c.value for c in weighted.cuts] == pytest.approx([c.value for c in repeated.cuts], rel=1e-9)
    assert weighted.n == int((weights > 0).sum())


def test_errors_are_near_those_of_independent_people_where_people_are_independent() -> None:
    rng = np.random.default_rng(2)
    ease = rng.integers(1, 6, 4000) * 1.0
    answers = np.digitize(0.7 * ease + rng.logistic(size=4000), [1, 2, 3, 4])
    plain = proportional_odds(answers, {"ease": ease})
    robust = weighted_proportional_odds(answers, {"ease": ease}, make_design(4000))
    assert robust.terms[0].se == pytest.approx(plain.terms[0].se, rel=0.05)


def test_errors_grow_where_offices_differ() -> None:
    rng = np.random.default_rng(3)
    offices = np.repeat(np.arange(40), 10)
    newer = (offices % 2) * 1.0
    answers = np.digitize(newer + rng.normal(scale=1.5, size=40)[offices] + rng.logistic(size=400), [0, 1, 2])
    by_office = weighted_proportional_odds(answers, {"newer": newer}, make_design(400, units=[list(offices)]))
    by_person = weighted_proportional_odds(answers, {"newer": newer}, make_design(400))
    assert (by_office.terms[0].se or 0) > 1.5 * (by_person.terms[0].se or 0)


def test_error_is_near_that_of_the_jackknife() -> None:
    answers, terms, units, _, weights = sample(4)
    whole = weighted_proportional_odds(answers, terms, make_design(N, weights=weights, units=[units]))
    left_out = []
    for unit in sorted(set(units)):
        kept = np.array([one != unit for one in units])
        design = make_design(int(kept.sum()), weights=weights[kept])
        left_out.append(
            weighted_proportional_odds(answers[kept], {"ease": terms["ease"][kept]}, design)
            .terms[0]
            .coefficient
        )
    spread = np.square(np.array(left_out, dtype=float) - (whole.terms[0].coefficient or 0)).sum()
    assert whole.terms[0].se == pytest.approx(float(np.sqrt(23 / 24 * spread)), rel=0.1)


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10_000), scale=st.floats(1e-4, 1e6))
def test_scale_of_weights_and_order_of_rows_do_not_matter(seed: int, scale: float) -> None:
    answers, terms, units, regions, weights = sample(seed)
    first = weighted_proportional_odds(
        answers, terms, make_design(N, weights=weights, strata=regions, units=[units])
    )
    order = np.random.default_rng(seed).permutation(N)
    moved = make_design(
        N,
        weights=weights[order] * scale,
        strata=[regions[i] for i in order],
        units=[[units[i] for i in order]],
    )
    second = weighted_proportional_odds(answers[order], {"ease": terms["ease"][order]}, moved)
    assert second.terms[0].coefficient == pytest.approx(first.terms[0].coefficient, rel=1e-8)
    assert [c.se for c in second.cuts] == pytest.approx([c.se for c in first.cuts], rel=1e-7)


def test_domain_keeps_the_offices_that_have_none_of_it() -> None:
    answers, terms, units, regions, weights = sample(5)
    inside = np.array([int(unit[1:]) < 12 for unit in units])
    design = make_design(N, weights=weights, strata=regions, units=[units])
    domain = weighted_proportional_odds(answers, terms, design, domain=inside)
    filtered_design = make_design(120, weights=weights[inside], strata=regions[:120], units=[units[:120]])
    filtered = weighted_proportional_odds(answers[inside], {"ease": terms["ease"][inside]}, filtered_design)
    assert domain.n == 120
    assert domain.terms[0].coefficient == pytest.approx(filtered.terms[0].coefficient, rel=1e-9)
    assert domain.df == filtered.df == 12 - 3 - 1
    assert domain.terms[0].se != pytest.approx(filtered.terms[0].se, rel=1e-3)


def test_missing_answers_are_a_domain() -> None:
    answers, terms, units, regions, weights = sample(6)
    design = make_design(N, weights=weights, strata=regions, units=[units])
    gone = np.arange(N) % 7 == 0
    blank = np.where(gone, np.nan, answers)
    assert weighted_proportional_odds(blank, terms, design).terms == (
        weighted_proportional_odds(answers, terms, design, domain=~gone).terms
    )


def test_everybody_asked_leaves_no_error() -> None:
    answers, terms, _, _, _ = sample(7)
    census = make_design(N, populations=[np.full(N, N)])
    term = weighted_proportional_odds(answers, terms, census).terms[0]
    assert term.se == 0
    assert term.low == term.high == term.coefficient
    assert term.p_value is None


def test_one_office_shows_no_error_and_two_no_interval() -> None:
    answers, terms, units, _, _ = sample(8)
    one = weighted_proportional_odds(answers, terms, make_design(N, units=[["A"] * N]))
    assert one.reason is Reason.ONE_PSU
    assert one.terms[0].coefficient is not None
    assert {one.terms[0].se, one.cuts[0].se, one.covariance} == {None}
    two = weighted_proportional_odds(answers, terms, make_design(N, units=[[u < "O2" for u in units]]))
    assert two.df == 0
    assert two.terms[0].se is not None
    assert {two.terms[0].low, two.terms[0].p_value} == {None}


def test_separation_is_told() -> None:
    design = make_design(6, weights=[1, 2, 1, 2, 1, 2])
    model = weighted_proportional_odds([1, 1, 2, 2, 3, 3], {"ease": [1, 2, 3, 4, 5, 6]}, design)
    assert model.reason is Reason.SEPARATION
    assert model.terms[0].se is None


def test_zero_weight_rows_do_not_make_a_level() -> None:
    design = make_design(7, weights=[1, 1, 1, 1, 1, 1, 0])
    model = weighted_proportional_odds([1, 2, 3, 3, 2, 1, 5], {"ease": [1, 2, 2, 1, 1, 2, 1]}, design)
    assert model.levels.labels == ("1", "2", "3")
    assert model.n == 6


def test_refuses_what_does_not_fit_the_design() -> None:
    design = make_design(3)
    with pytest.raises(ColumnNotValid, match="the design has 3 rows and the answers are 2"):
        weighted_proportional_odds([1, 2], {"ease": [1, 2]}, design)
    with pytest.raises(ColumnNotValid, match="the domain has 2 rows for 3"):
        weighted_proportional_odds([1, 2, 3], {"ease": [1, 2, 1]}, design, domain=np.array([True, False]))
