"""Timelines of milestones: any year, of when they are, and words that name only what is drawn."""

from dataclasses import replace
from datetime import date
from xml.etree import ElementTree

import pytest

from hearback.fiscal import parse_period
from hearback.plan.queries import MilestoneChangeFact
from hearback.publish.charts import figures, timeline
from hearback.publish.frozen import ReleaseData
from hearback.publish.pages.dates import date_label
from hearback.publish.pages.progress import STEP_SHAPES
from tests.publish.banded import SVG, drawing, named
from tests.publish.site import small_site
from tests.publish.test_figures import words


def test_a_timeline_says_of_when_the_newest_status_is_and_how_each_stood(site: ReleaseData) -> None:
    figure = next(one for one in figures(site) if one.name.startswith("milestones-strategy"))
    assert len(figure.heading) < len(figure.title)
    read = max(str(row[4]) for row in figure.rows if row[4])
    said = [text for text in words(drawing(figure)) if text.startswith("Dashed line: ")]
    assert said == [f"Dashed line: the newest status is of {date_label(read)}"]
    assert all(row[-1] for row in figure.rows)


@pytest.mark.parametrize(
    ("told", "marks"),
    [
        ((None, None, None), ""),
        (("2021", None, None), "A dashed bar is a due date that was moved."),
        (("soon", "2022-02", None), "A dot is when it was done."),
        (
            ("2021", "2022-02", "FY2022-Q1"),
            "A dashed bar is a due date that was moved, a dot when it was done. Right of the "
            "dashed upright line, where the newest status ends, nothing was told yet.",
        ),
    ],
)
def test_the_words_below_a_timeline_name_only_what_is_drawn(told: tuple[str | None, ...], marks: str) -> None:
    before, done, as_of = told
    site = small_site()
    area = site.priority_areas[0]
    strategy = area.strategies[0]
    moved = MilestoneChangeFact("x", "2021-03", "due", before, "FY2022-Q1", None, None, None)
    milestones = (
        replace(
            strategy.milestones[0],
            due="FY2022-Q1",
            done=done,
            as_of=as_of,
            changes=(moved,) if before else (),
        ),
    )
    content = replace(
        site, priority_areas=(replace(area, strategies=(replace(strategy, milestones=milestones),)),)
    )
    figure = named(content, f"milestones-strategy-{strategy.key}")
    always = "A bar spans the time in which it is due, no more precise than its source; its mark shows the "
    always += "status as it was last read."
    assert figure.note == f"{always} {marks}".strip()


@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize("due", ["0001", "1200", "1990", "FY1990-Q1", "2100", "FY2100-Q4", "9998"])
def test_whatever_year_is_kept_can_be_drawn(due: str, narrow: bool) -> None:
    lines = [
        timeline.Line("Ask", due, (), None, "done"),
        timeline.Line("Answer", "FY2023-Q1", ("1990", "2100"), "2023-02", "open"),
    ]
    drawn = ElementTree.fromstring(timeline.draw(("2023-03", lines), narrow))
    assert {"Ask", "Answer"} <= set(words(drawn))


KEYS = {"Complete", "In progress", "Planned or pending", "Status not known"}
MARKS = {timeline.DONE, timeline.MOVED}


@pytest.mark.parametrize(
    ("line", "marks"),
    [
        (timeline.Line("Ask", "FY2022-Q1", (), None, "planned"), set()),
        (timeline.Line("Ask", "FY2022-Q1", (), "2022-02", "done"), {timeline.DONE}),
        (timeline.Line("Ask", "FY2022-Q1", ("2021", "soon"), "soon", "planned"), {timeline.MOVED}),
    ],
)
def test_the_key_names_every_mark_that_is_drawn_and_no_other(line: timeline.Line, marks: set[str]) -> None:
    undated = timeline.Line("Some time", None, (), None, "unknown")
    said = set(words(ElementTree.fromstring(timeline.draw((None, [line, undated]), False))))
    assert said & MARKS == marks
    assert said & KEYS == {STEP_SHAPES[line.shape]}, "of what has no date no status is drawn"


@pytest.mark.parametrize("narrow", [False, True])
def test_time_is_drawn_in_whole_fiscal_years(narrow: bool) -> None:
    lines = [timeline.Line("Ask", f"FY{year}-Q3", (), None, "done") for year in (2022, 2024)]
    root = ElementTree.fromstring(timeline.draw((None, lines), narrow))
    years = {text.text: float(text.get("x", "0")) for text in root.iter(f"{SVG}text")}
    starts = [years[f"FY{year}"] for year in (2022, 2023, 2024)]
    assert starts[1] - starts[0] == pytest.approx(starts[2] - starts[1], rel=0.01)
    last = float(root.get("width", "0")) - 24
    assert last - starts[2] == pytest.approx(starts[1] - starts[0], rel=0.01)
    ticks = {line.get("points", "").split(",")[0] for line in root.iter(f"{SVG}polyline")}
    assert {f"{start:.1f}".removesuffix(".0") for start in starts} <= ticks, "the first year has its line too"


def test_the_axis_ends_with_a_fiscal_year_whatever_month_is_last() -> None:
    axis = timeline._Axis.of([parse_period(text) for text in ("2023-11", "2024-11")], 0, 100)
    assert (axis.first, axis.last) == (date(2023, 10, 1), date(2025, 10, 1))
