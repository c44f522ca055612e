"""Services with a band of their own, and how a figure of theirs is found and drawn."""

from dataclasses import replace
from xml.etree import ElementTree

from hearback.measure.changes.bands import bands_of
from hearback.publish.charts import Figure, figures
from hearback.publish.charts.look import finish
from hearback.publish.frozen import Content
from tests.publish.scores import score
from tests.publish.site import small_site

SVG = "{http://www.w3.org/2000/svg}"
SERIES = ((280, 400), (288, 400), (276, 400), (284, 400), (282, 400), (200, 400))


def banded(shares: tuple[tuple[int, int], ...] = SERIES, gap: str | None = None) -> Content:
    """Give the small site with a service that has six quarters, the last far below its first year."""
    site = small_site()
    quarters = ("FY2020-Q3", "FY2020-Q4", "FY2021-Q1", "FY2021-Q2", "FY2021-Q3", "FY2021-Q4")
    made = tuple(
        score(
            "trust_agree_share", "service", "va-vha-2", quarter, value=k / n, low=k / n - 0.05,
            high=k / n + 0.05, n=n, numerator=k, denominator=n,
        )
        for quarter, (k, n) in zip(quarters, shares, strict=True)
        if quarter != gap
    )  # fmt: skip
    scores = (*(s for s in site.scores if s.level != "service"), *made)
    return replace(site, scores=scores, bands=tuple(bands_of(scores)))


def reworded(quarter: str) -> Content:
    """Give the same service, which put its question in other words in a quarter."""
    whole = banded()
    scores = tuple(
        replace(one, flags=("wording_changed",)) if one.level == "service" and one.quarter == quarter else one
        for one in whole.scores
    )
    return replace(whole, scores=scores, bands=tuple(bands_of(scores)))


def named(content: Content, name: str) -> Figure:
    return next(one for one in figures(content) if one.name == name)


def drawing(figure: Figure, narrow: bool = False) -> ElementTree.Element:
    drawn = figure.draw(figure.numbers, narrow)
    assert isinstance(drawn, str)
    return ElementTree.fromstring(finish(drawn, figure.alt))
