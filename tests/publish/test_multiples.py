"""Services against their own history: bands, where they are cut, and which services have no panel."""

import re
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise
from types import SimpleNamespace
from typing import Any
from xml.etree import ElementTree

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.utils.html import strip_tags
from django.utils.translation import override

from hearback.measure.changes.bands import bands_of
from hearback.publish.charts import Figure, chart_path, figures
from hearback.publish.charts.multiples import draw, window
from hearback.publish.charts.sheet import parts, size
from hearback.publish.formats import data_files
from hearback.publish.frozen import ReleaseData
from hearback.publish.pages.pictures import Shown
from hearback.publish.said import said
from tests.publish.banded import SERIES, SVG, banded, drawing, named, reworded
from tests.publish.publishing import make_release
from tests.publish.site import small_site


def test_a_service_outside_its_band_is_ringed_and_named() -> None:
    figure = named(banded(), "services-va")
    rings = [node for node in drawing(figure).iter(f"{SVG}circle") if node.get("r") == "5"]
    assert len(rings) == 1
    said = " ".join(figure.says)
    assert "50.0\u00a0% in FY2021 Q4, lies below its band" in said
    assert "no longer explained by its first year; the chart tells no cause" in said
    assert [row[6] for row in figure.rows] == [None] * 5 + ["below"]


@pytest.mark.parametrize(
    ("shares", "cut"),
    [
        (SERIES, set()),
        (((28, 40),) * 6, {"top", "bottom"}),
        ((*((28, 40),) * 5, (20, 40)), {"top"}),
        ((*((28, 40),) * 5, (38, 40)), {"bottom"}),
    ],
)
def test_the_note_says_where_a_band_is_cut_and_only_there(
    shares: tuple[tuple[int, int], ...], cut: set[str]
) -> None:
    figure = named(banded(shares), "services-va")
    where = re.findall(r"A band that is cut at the (.+?) of its panel", figure.note)
    assert set(re.findall("top|bottom", " ".join(where))) == cut
    assert figure.note.count("has its ends") == bool(cut), "it is said once"
    assert ("A ring is" in figure.note) == any(row[6] for row in figure.rows)
    with override("es"):
        assert not re.search(r"\b(band|ring)\b", said(figure.note))


def test_services_without_a_panel_are_named_with_why(
    client: Client, site: ReleaseData, drawn: dict[str, bytes], at: datetime
) -> None:
    made = banded()
    bands = {k: v for one in figures(made) if one.name.startswith("services") for k, v in _drawn(one).items()}
    make_release(made, data_files(made) | drawn | bands, by="reviewer", at=at + timedelta(days=1))
    page = " ".join(strip_tags(client.get("/agencies/va/").content.decode()).split())
    assert "2 services have no panel No survey in this release: A service without surveys" in page
    assert "the page of each says why: Applying for a farm loan" in page


def _drawn(figure: Figure) -> dict[str, bytes]:
    return {
        chart_path(figure.name, narrow=narrow): str(figure.draw(figure.numbers, narrow)).encode()
        for narrow in (False, True)
    }


def test_a_page_ends_between_two_rows_of_panels_and_the_rows_make_up_the_whole() -> None:
    (panel,) = named(banded(), "services-va").numbers
    svg = draw([panel] * 21, False)
    found = parts(svg)
    assert len(found) == 6
    for (start, high), (then, _high) in pairwise(found):
        assert then == pytest.approx(start + high)
    assert sum(high for _start, high in found) == pytest.approx(size(svg)[1])
    for node in ElementTree.fromstring(svg).iter():
        y = node.get("y") or node.get("cy")
        assert y is None or min(abs(float(y) - start) for start, _high in found[1:]) > 8, "no letter is cut"


def test_what_is_high_is_printed_row_by_row_and_what_is_low_as_a_whole() -> None:
    figure = named(banded(), "services-va")
    (panel,) = figure.numbers
    for n, rows in ((4, 0), (21, 6)):
        drawn = draw([panel] * n, False)
        release: Any = SimpleNamespace(read=lambda _path, drawn=drawn: drawn.encode())
        shown = Shown(figure, release)
        assert len(shown.windows) == rows
        assert (shown.on_page == drawn) == (rows == 0)
        page = render_to_string("publish/figure_drawings.html", {"shown": shown})
        assert page.count(f'<use href="#{shown.id}"/>') == rows
        assert page.count(f'<g id="{shown.id}">') == bool(rows)


def test_a_quarter_without_a_share_breaks_line_and_band() -> None:
    shares = (*SERIES[:5], (283, 400))
    whole, gapped = named(banded(shares), "services-va"), named(banded(shares, "FY2021-Q2"), "services-va")

    def runs(figure: Figure) -> tuple[int, int]:
        root = drawing(figure)
        lines = [n for n in root.iter(f"{SVG}polyline") if n.get("stroke-width") == "2"]
        return len(lines), len(list(root.iter(f"{SVG}polygon")))

    assert runs(whole) == (1, 1)
    assert runs(gapped) == (2, 2)


def test_every_panel_is_equally_high_so_that_changes_can_be_compared() -> None:
    figure = named(banded(), "services-va")
    assert window(figure.numbers) == pytest.approx(max(0.4, 288 / 400 - 200 / 400 + 0.08))


@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize("high", [0.03, 0.28, 0.5, 0.517, 0.833, 0.99])
def test_scales_end_at_round_numbers_and_hold_every_share(high: float, narrow: bool) -> None:
    for low in (0.0, 0.011, 0.2, high - 0.02):
        shares = tuple((round(value * 1000), 1000) for value in (*(high,) * 5, max(0.0, low)))
        figure = named(banded(shares), "services-va")
        root = drawing(figure, narrow)
        ends = [text for node in root.iter(f"{SVG}text") if (text := node.text or "").endswith("%")][:2]
        bottom, top = (int(text.removesuffix("\u00a0%")) for text in ends)
        assert (bottom % 5, top % 5) == (0, 0)
        assert 0 <= bottom <= 100 * min(high, low) + 1e-9
        assert 100 * max(high, low) <= top <= 100
        assert top - bottom == pytest.approx(100 * window(figure.numbers))


def test_without_bands_the_reason_stands_in_the_table() -> None:
    site = small_site()
    figure = named(replace(site, bands=tuple(bands_of(site.scores))), "services-va")
    assert figure.says[0].startswith("1 series of shares who agree; it has no band of its own yet")
    assert {row[8] for row in figure.rows} == {
        "A chart needs 4 quarters with figures for its target, and one more."
    }
    assert not list(drawing(figure).iter(f"{SVG}polygon"))
    assert "band" not in figure.note
    assert "Shaded: the band" in named(banded(), "services-va").note


def test_a_series_that_began_anew_says_so_and_claims_no_band_that_it_has_not() -> None:
    """Reworded in the last quarter: its share lies in no band, and the table says why."""
    figure = named(reworded("FY2021-Q4"), "services-va")
    too_few = "A chart needs 4 quarters with figures for its target, and one more."
    assert [row[8] for row in figure.rows] == [None] * 5 + [too_few]
    assert figure.says == (
        "1 of 1 series has a band, made of its own first four quarters.",
        "Where a question was put in other words, or the method changed, a series begins anew.",
        "For 1 the newest share has no band yet, as the series began anew.",
    )


def test_quarters_before_a_band_say_why_they_have_none() -> None:
    figure = named(reworded("FY2020-Q4"), "services-va")
    assert [bool(row[8]) for row in figure.rows] == [True] + [False] * 5
    assert all((row[4] is None) == (row[8] is not None) for row in figure.rows)


def test_releases_from_before_there_were_bands_have_no_such_figure() -> None:
    assert not [one.name for one in figures(small_site()) if one.name.startswith("services")]
