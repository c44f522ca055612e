"""Charts: the same numbers give the same bytes, and nothing in them breaks the page's rules."""

import re
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import altair
import jsonschema
import pytest
from pytest_django.fixtures import Settings

from hearback.publish.charts import _Sketch, draw_charts, figures
from hearback.publish.charts.drawing import Type, width_of
from hearback.publish.charts.look import NARROW
from hearback.publish.charts.trend import Panel, note, span
from hearback.publish.series import AGREE, Numbers
from hearback.ui import painting
from tests.publish.scores import score
from tests.publish.site import small_site

LARGEST = 80_000
PHONE = 280
"""So wide is a drawing on a screen of 320 pixels."""


def test_every_subject_with_numbers_has_a_wide_and_a_narrow_chart(drawn: dict[str, bytes]) -> None:
    of_scores = {
        f"charts/{name}{size}.svg"
        for name in (
            "trust-government", "trust-government-stated", "agency-va", "provider-va-vha", "service-va-vha-2",
            "answers-va-vha-2-increased",
        )
        for size in ("", "-narrow")
    }  # fmt: skip
    assert of_scores <= set(drawn)
    names = [figure.name for figure in figures(small_site())]
    assert sorted(drawn) == sorted(f"charts/{name}{size}.svg" for name in names for size in ("", "-narrow"))


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


def test_a_fiscal_year_that_begins_elsewhere_is_drawn_anew(settings: Settings) -> None:
    figure = next(one for one in figures(small_site()) if one.name.startswith("milestones-"))
    before = _Sketch(figure, narrow=False).kept
    settings.FISCAL_YEAR_STARTS = (settings.FISCAL_YEAR_STARTS % 12) + 1
    assert _Sketch(figure, narrow=False).kept != before


def test_a_drawing_is_small_and_has_one_text_alternative(drawn: dict[str, bytes]) -> None:
    for name, body in drawn.items():
        assert len(body) < LARGEST, name
        root = ElementTree.fromstring(body)
        assert root.get("role") == "img"
        assert "The table gives every number." in (root.get("aria-label") or ""), name
        assert [e.tag for e in root.iter() if e.get("role") and e is not root] == []
        assert not re.search(rb"<(?:style|script)|style=|\bon[a-z]+=|href=|<clipPath|\bid=", body), name


def test_letters_of_a_narrow_drawing_can_be_read_on_a_small_phone(drawn: dict[str, bytes]) -> None:
    for name, body in drawn.items():
        if name.endswith("-narrow.svg"):
            sizes = [float(found) for found in re.findall(rb'font-size="([\d.]+)(?:px)?"', body)]
            assert min(sizes) * PHONE / NARROW >= 12, name


def test_words_of_a_narrow_drawing_have_room_in_a_wide_font(drawn: dict[str, bytes]) -> None:
    for figure in figures(small_site()):
        root = figure.draw(figure.numbers, True)
        if not isinstance(root, str):
            continue
        for node in ElementTree.fromstring(root).iter("{http://www.w3.org/2000/svg}text"):
            look = Type(float(node.get("font-size", "0")), node.get("font-weight") == "600")
            room = width_of(node.text or "", look)
            start = float(node.get("x", "0")) - (room if node.get("text-anchor") == "end" else 0)
            assert -1 <= start <= start + room <= NARROW + 1, (figure.name, node.text)


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


BAND, LINES = "Band and upright lines: 95 % intervals.", "Upright lines: 95 % intervals."
HIDDEN = "The 95 % intervals are narrower than the dots; the table of this chart has them."
DASH = "A dash means there is nothing to show for that quarter."
SURE = {"value": 0.7, "low": 0.6, "high": 0.8}
SLIM = {"value": 0.7, "low": 0.696, "high": 0.704}
EXACT = {"value": 1.0, "low": None, "high": None}
NONE = {"value": None, "low": None, "high": None, "reason": "suppressed_small"}


@pytest.mark.parametrize(
    ("readings", "said"),
    [
        ((SURE, SURE), BAND),
        ((SURE, SURE, NONE, SURE), f"{BAND} {DASH}"),
        ((SURE,), LINES),
        ((SURE, NONE, SURE), f"{LINES} {DASH}"),
        ((EXACT, EXACT), ""),
        ((EXACT, SURE), BAND),
        ((SLIM, SLIM), HIDDEN),
        ((SLIM, EXACT, NONE), f"{HIDDEN} {DASH}"),
        ((SLIM, SURE, NONE), f"{BAND} One narrower than its dot cannot be seen. {DASH}"),
    ],
)
def test_the_words_below_a_trend_name_only_what_is_drawn(
    readings: tuple[dict[str, float | str | None], ...], said: str
) -> None:
    scores = tuple(
        score(AGREE, "government", "all", f"FY2021-Q{at}", **told) for at, told in enumerate(readings, 1)
    )
    series = Numbers(replace(small_site(), surveys=(), scores=scores)).series(
        AGREE, "government", "all", "increased"
    )
    assert series is not None
    assert note((Panel("increased", "Trust", series),)) == said


@pytest.mark.parametrize("narrow", [False, True])
def test_every_described_chart_is_valid_by_its_schema(narrow: bool) -> None:
    drawings = [figure.draw(figure.numbers, narrow) for figure in figures(small_site())]
    described = [one for one in drawings if isinstance(one, dict)]
    for one in described:
        one["config"].pop("background")  # paper of no colour, which the schema does not foresee
    assert len(described) > 4
    for one in described:
        assert one["$schema"] == altair.SCHEMA_URL
        altair.Chart.from_dict(one, validate=True)
    described[0]["width"] = "none such"
    with pytest.raises(jsonschema.ValidationError):
        altair.Chart.from_dict(described[0], validate=True)


def test_many_are_drawn_by_other_processes_with_the_same_bytes(
    drawn: dict[str, bytes], tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.HOME = tmp_path
    monkeypatch.setattr(painting, "FEW", 0)
    monkeypatch.setattr(painting, "BATCH", 5)
    counted: list[tuple[int, int]] = []
    assert draw_charts(small_site(), lambda *told: counted.append(told)) == drawn
    assert counted == [(done, len(drawn)) for done in range(1, len(drawn) + 1)]


def test_a_run_that_broke_off_goes_on_where_it_was(
    drawn: dict[str, bytes], tmp_path: Path, settings: Settings
) -> None:
    settings.HOME = tmp_path

    def stop(done: int, known: int) -> None:
        if done == known - 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        draw_charts(small_site(), stop)
    first: list[int] = []
    assert draw_charts(small_site(), lambda done, known: first.append(done)) == drawn
    assert first == [len(drawn) - 1, len(drawn)]
    assert not list((tmp_path / "cache" / "charts").glob("*.draft"))


def test_where_another_process_cannot_draw_it_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(painting, "FEW", 0)
    with pytest.raises(painting.NotPainted, match="drawing ended with 1: "):
        list(painting.paint([{"$schema": "no such language"}], Path("none")))
