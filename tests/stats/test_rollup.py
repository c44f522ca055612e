"""Roll-ups weigh services by customers, say what they cover, and give nothing below that."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearback.stats import CountNotValid, Reason, wilson_interval
from hearback.stats.rollup import RollUp, ServiceCounts, roll_up, service_figures
from hearback.stats.survey import estimate_mean, make_design

WEB = ServiceCounts("web", (310, 190, 402, 1805, 4210), customers=812_000, offered=120_000)
PHONE = ServiceCounts("phone", (88, 61, 70, 190, 244), customers=95_000, offered=9_000)
NOBODY = ServiceCounts("kiosk", (0, 0, 0, 0, 0), customers=4_000, offered=300)
ONE = ServiceCounts("tiny", (0, 0, 0, 1, 0), customers=40, offered=30)
UNKNOWN = ServiceCounts("unknown", (3, 4, 10, 22, 30), customers=None, offered=500)


def answers_of(service: ServiceCounts) -> list[int]:
    return list(np.repeat([1, 2, 3, 4, 5], service.counts))


def test_a_roll_up_is_the_stratified_estimate_of_the_answers_themselves() -> None:
    answers = answers_of(WEB) + answers_of(PHONE)
    strata = ["web"] * WEB.n + ["phone"] * PHONE.n
    sizes = [WEB.customers] * WEB.n + [PHONE.customers] * PHONE.n
    expected = estimate_mean(make_design(len(answers), strata=strata, populations=[sizes]), answers)
    found = roll_up([WEB, PHONE])
    assert found.mean is not None
    assert (found.mean.value, found.mean.se) == pytest.approx((expected.value, expected.se), rel=1e-9)
    assert (found.mean.low, found.mean.high) == pytest.approx((expected.low, expected.high), rel=1e-9)
    top = estimate_mean(
        make_design(len(answers), strata=strata, populations=[sizes]), [float(a >= 4) for a in answers]
    )
    assert found.top2 is not None
    assert (found.top2.value, found.top2.se) == pytest.approx((top.value, top.se), rel=1e-9)


def test_the_figures_of_a_service_are_those_of_its_answers() -> None:
    found = service_figures(PHONE)
    design = make_design(PHONE.n, populations=[[PHONE.customers] * PHONE.n])
    expected = estimate_mean(design, answers_of(PHONE))
    assert (found.mean, found.mean_se) == pytest.approx((expected.value, expected.se))
    wilson = wilson_interval(434, 653)
    assert (found.top2_low, found.top2_high) == (wilson.low, wilson.high)
    assert (found.response_rate, found.reach) == pytest.approx((653 / 9_000, 9_000 / 95_000))
    assert (found.reason, found.flag) == (None, None)


def test_a_service_without_answers_keeps_its_rates() -> None:
    found = service_figures(NOBODY)
    assert (found.n, found.mean, found.mean_se, found.top2, found.bottom2) == (0, None, None, None, None)
    assert (found.response_rate, found.reach, found.reason) == (0.0, 0.075, Reason.NO_ANSWERS)


def test_a_service_with_one_answer_has_no_error() -> None:
    found = service_figures(ONE)
    assert (found.mean, found.mean_se, found.top2, found.top2_se) == (4.0, None, 1.0, None)
    assert found.reason is Reason.ONE_ANSWER


def test_unknown_customers_allow_no_correction_and_no_reach() -> None:
    found = service_figures(UNKNOWN)
    known = service_figures(ServiceCounts("known", UNKNOWN.counts, customers=70, offered=500))
    assert found.reach is None
    assert found.mean_se == pytest.approx(known.mean_se * np.sqrt(70))
    nobody = service_figures(ServiceCounts("closed", UNKNOWN.counts, customers=0, offered=0))
    assert (nobody.reach, nobody.response_rate, nobody.mean_se) == (None, None, 0.0)


@pytest.mark.parametrize(
    ("customers", "offered", "flag"),
    [
        (69, 69, None),
        (60, 69, Reason.IMPOSSIBLE_VOLUMES),
        (100, 60, Reason.IMPOSSIBLE_VOLUMES),
        (100, 120, Reason.IMPOSSIBLE_VOLUMES),
        (60, None, Reason.IMPOSSIBLE_VOLUMES),
        (None, 68, Reason.IMPOSSIBLE_VOLUMES),
        (None, None, None),
    ],
)
def test_flags_counts_that_cannot_be(customers: int | None, offered: int | None, flag: Reason | None) -> None:
    found = service_figures(ServiceCounts("s", (3, 4, 10, 22, 30), customers, offered))
    assert found.flag is flag
    if customers is not None and customers <= 69:
        assert found.mean_se == 0.0


def test_services_without_two_answers_or_customers_are_left_out_and_coverage_falls() -> None:
    found = roll_up([WEB, NOBODY, ONE, UNKNOWN])
    assert found.services_used == ("web",)
    assert found.left_out == ("kiosk", "tiny", "unknown")
    assert found.coverage == pytest.approx(812_000 / 816_040)
    assert found.mean is not None
    assert found.mean.value == pytest.approx(service_figures(WEB).mean)


def test_below_the_minimum_coverage_there_is_no_figure() -> None:
    silent = ServiceCounts("silent", (0, 0, 0, 0, 0), customers=812_000, offered=None)
    found = roll_up([PHONE, silent])
    assert (found.mean, found.top2, found.reason) == (None, None, Reason.LOW_COVERAGE)
    assert found.coverage == pytest.approx(95 / 907)
    assert roll_up([PHONE, silent], minimum_coverage=0.0).mean is not None


@pytest.mark.parametrize(
    ("services", "reason"),
    [
        ([], Reason.NO_ANSWERS),
        ([NOBODY], Reason.NO_ANSWERS),
        ([ONE], Reason.ONE_ANSWER),
        ([UNKNOWN], Reason.NOT_REPORTED),
    ],
)
def test_says_why_there_is_no_figure(services: list[ServiceCounts], reason: Reason) -> None:
    found = roll_up(services, minimum_coverage=0.0)
    assert (found.mean, found.top2, found.reason) == (None, None, reason)


def test_the_shortcuts_are_shown_for_what_they_are() -> None:
    found = roll_up([WEB, PHONE, ONE])
    assert found.pooled_mean == pytest.approx((sum(answers_of(WEB)) + sum(answers_of(PHONE)) + 4) / 7571)
    assert found.average_mean == pytest.approx((service_figures(WEB).mean + service_figures(PHONE).mean) / 2)


counts = st.tuples(*[st.integers(0, 200)] * 5)


@given(st.lists(st.tuples(counts, st.integers(1000, 10**6)), min_size=1, max_size=5))
def test_a_roll_up_lies_between_its_services_and_in_its_interval(
    given: list[tuple[tuple[int, int, int, int, int], int]],
) -> None:
    services = [ServiceCounts(f"s{i}", n, customers, None) for i, (n, customers) in enumerate(given)]
    found: RollUp = roll_up(services, minimum_coverage=0.0)
    if found.mean is None or found.top2 is None:
        assert not found.services_used
        return
    means = [service_figures(one).mean for one in services if one.name in found.services_used]
    assert min(means) - 1e-9 <= found.mean.value <= max(means) + 1e-9
    assert 1 <= found.mean.low <= found.mean.value + 1e-9
    assert found.mean.value - 1e-9 <= found.mean.high <= 5
    assert 0 <= found.top2.low <= found.top2.high <= 1


@pytest.mark.parametrize(
    "arguments", [{"minimum_coverage": 1.1}, {"minimum_coverage": -0.1}, {"level": 95.0}]
)
def test_refuses_what_is_no_share(arguments: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        roll_up([WEB], **arguments)


def test_refuses_counts_that_are_none() -> None:
    with pytest.raises(CountNotValid, match="web reports -1 customers"):
        ServiceCounts("web", (1, 0, 0, 0, 0), customers=-1, offered=None)
    with pytest.raises(CountNotValid, match="not five counts"):
        ServiceCounts("web", (1, -1, 0, 0, 0), customers=1, offered=None)
