"""Charts: the same numbers give the same bytes, and nothing in them breaks the page's rules."""

import re
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import altair
import pytest
from pytest_django.fixtures import Settings

from hearback.publish.charts import draw_charts, figures
from hearback.publish.charts.trend import Panel, span
from hearback.publish.series import AGREE, Numbers
from tests.publish.scores import score
from tests.publish.site import small_site

LARGEST = 80_000


def test_every_subject_with_numbers_has_a_wide_and_a_narrow_chart(drawn: dict[str, bytes]) -> None:
    assert sorted(drawn) == sorted(
        f"charts/{name}{size}.svg"
        for name in (
            "trust-government", "trust-government-stated", "agency-va", "provider-va-vha", "service-va-vha-2",
            "answers-va-vha-2-increased", "response-va-vha-2", "response-usda-fsa-3", "commitments",
            "milestones-experience-having-a-child", "milestones-strategy-pma-cx-s1",
        )
        for size in ("", "-narrow")
    )  # fmt: skip


def test_the_same_numbers_give_the_same_bytes(
    drawn: dict[str, bytes], tmp_path: Path, settings: Settings
) -> None:
    settings.HOME = tmp_path
    assert draw_charts(small_site()) == drawn


def test_what_was_drawn_once_is_taken_from_the_cache(tmp_path: Path, settings: Settings) -> None:
    settings.HOME = tmp_path
    content = replace(small_site(), agencies=(), providers=(), services=())
    first = draw_charts(content)
    for kept in (tmp_path / "cache" / "charts").glob("*.svg"):
        kept.write_bytes(b"taken from the cache")
    assert set(draw_charts(content).values()) == {b"taken from the cache"}
    assert len(first) == 10


def test_a_drawing_is_small_and_has_one_text_alternative(drawn: dict[str, bytes]) -> None:
    for name, body in drawn.items():
        assert len(body) < LARGEST, name
        root = ElementTree.fromstring(body)
        assert root.get("role") == "img"
        assert "The table gives every number." in (root.get("aria-label") or ""), name
        assert [e.tag for e in root.iter() if e.get("role") and e is not root] == []
        assert not re.search(rb"<(?:style|script)|style=|\bon[a-z]+=|href=|<clipPath|\bid=", body), name


def test_quarters_stand_in_the_order_of_time_even_with_a_gap(drawn: dict[str, bytes]) -> None:
    words = re.findall(r">(Q\d)<", drawn["charts/service-va-vha-2.svg"].decode())
    assert words == ["Q1", "Q2", "Q3", "Q4"]


def test_numbers_are_written_into_the_chart(drawn: dict[str, bytes]) -> None:
    text = drawn["charts/service-va-vha-2.svg"].decode()
    assert text.count(">91.1\u00a0%<") == 2, "once as a halo in the colour of the paper, once in ink"
    assert ">82.5\u00a0%<" in text


def test_the_axis_never_makes_a_small_move_look_large() -> None:
    flat = replace(
        small_site(),
        surveys=(),
        scores=tuple(
            score(AGREE, "government", "all", quarter, value=0.88, low=0.879, high=0.881)
            for quarter in ("FY2021-Q1", "FY2021-Q2")
        ),
    )
    series = Numbers(flat).series(AGREE, "government", "all", "increased")
    assert series is not None
    low, high = span((Panel("increased", "Trust", series),))
    assert high - low >= 0.4
    assert low <= 0.879
    assert high >= 0.881
    assert (low >= 0, high <= 1) == (True, True)


@pytest.mark.parametrize("narrow", [False, True])
def test_every_kind_of_chart_is_valid_by_its_schema(narrow: bool) -> None:
    kinds = {figure.draw: figure for figure in figures(small_site())}
    drawn = [draw(figure.numbers, narrow) for draw, figure in kinds.items()]
    described = [one for one in drawn if isinstance(one, dict)]
    assert len(described) == 2
    assert all(one["$schema"] for one in described)  # here every part is validated as it is built
    with pytest.raises(altair.utils.schemapi.SchemaValidationError):
        altair.Chart().mark_rule(strokeWidth="none such").to_dict()
