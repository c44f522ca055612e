"""Bands: three standard errors about the level of the first year, widened by how restless that year was."""

import math
from dataclasses import replace
from itertools import pairwise

import pytest

from hearback.measure.changes.bands import bands_of
from hearback.measure.facts import BandFact, ScoreFact
from tests.measure.changes.series import quarters, series


def of_service(scores: list[ScoreFact], subject: str = "va-vha-2") -> list[ScoreFact]:
    return [replace(one, level="service", subject=subject) for one in scores]


def by_hand(agree: list[tuple[int, int]]) -> tuple[float, float]:
    """Reckon centre and spread of four quarters in the plainest way."""
    centre = sum(x for x, _ in agree) / sum(n for _, n in agree)
    z = [(x / n - centre) / math.sqrt(centre * (1 - centre) / n) for x, n in agree]
    ranges = [abs(after - before) for before, after in pairwise(z)]
    return centre, max(1.0, sum(ranges) / 3 / 1.128379167)


def test_the_band_is_that_of_a_chart_by_hand() -> None:
    agree = [(700, 1000), (1480, 2000), (660, 900), (350, 500), (420, 800), (1100, 1500)]
    found = list(bands_of(of_service(series(agree))))
    centre, spread = by_hand(agree[:4])
    assert [band.quarter for band in found] == quarters(6)
    for band, (_x, n) in zip(found, agree, strict=True):
        half = 3 * spread * math.sqrt(centre * (1 - centre) / n)
        assert (band.centre, band.spread) == pytest.approx((centre, spread))
        assert (band.low, band.high) == pytest.approx((centre - half, min(1.0, centre + half)))
    assert [band.sets_the_band for band in found] == [True] * 4 + [False] * 2
    assert [band.outside for band in found] == [None] * 4 + ["below", None]


def test_without_five_quarters_there_is_none_and_it_says_so() -> None:
    (only,) = bands_of(of_service(series([(70, 100)] * 4)))
    assert only == BandFact(
        "service", "va-vha-2", "stated", "trust_agree_share", quarters(1)[0], None, None, None, None, False,
        None, "too_few_quarters", "1",
    )  # fmt: skip


def test_a_quarter_that_is_held_back_has_no_band_and_sets_none() -> None:
    agree = [(70, 100), None, (72, 100), (69, 100), (71, 100), (70, 100)]
    found = list(bands_of(of_service(series(agree))))
    assert [band.quarter for band in found] == [q for q, one in zip(quarters(6), agree, strict=True) if one]
    assert [band.sets_the_band for band in found] == [True] * 4 + [False]


def test_a_new_method_begins_a_band_of_its_own() -> None:
    scores = of_service(series([(70, 100)] * 5 + [(50, 100)] * 5))
    scores[5:] = [replace(one, method_version="2") for one in scores[5:]]
    found = list(bands_of(scores))
    assert {band.centre for band in found[:5]} == {0.7}
    assert {band.centre for band in found[5:]} == {0.5}
    assert not any(band.outside for band in found)


def test_a_band_stays_within_0_and_1() -> None:
    found = list(bands_of(of_service(series([(95, 100), (50, 100), (99, 100), (55, 100), (75, 100)]))))
    assert max(band.high or 0 for band in found) == 1.0
    assert min(band.low if band.low is not None else 1 for band in found) >= 0.0


def test_subjects_pools_and_levels_are_kept_apart() -> None:
    one, other = of_service(series([(70, 100)] * 5)), of_service(series([(50, 100)] * 5), "va-vha-9")
    mixed = [score for pair in zip(one, other, strict=True) for score in pair] + series([(60, 100)] * 5)
    found = list(bands_of(mixed))
    assert {(band.subject, band.centre) for band in found} == {("va-vha-2", 0.7), ("va-vha-9", 0.5)}
