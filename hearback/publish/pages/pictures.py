"""Pictures on pages: a figure with its drawings as they were frozen in the release."""

from dataclasses import dataclass

from hearback.publish.charts import Figure, chart_path
from hearback.publish.charts.sheet import size
from hearback.publish.pages.catalogue import Catalogue

TALL = 1000.0
"""Of so many pixels of height, a wide drawing needs a printed page of its own."""


@dataclass(frozen=True)
class Shown:
    """A figure with its two drawings as frozen in the release."""

    figure: Figure
    wide: str
    narrow: str

    @property
    def address(self) -> str:
        """Give the address of its own page."""
        return f"/charts/{self.figure.name}/"

    @property
    def tall(self) -> bool:
        """Say whether it needs a printed page of its own."""
        return size(self.wide)[1] > TALL


def shown(book: Catalogue, name: str | None) -> Shown | None:
    """Read a figure from the release; None where it holds none of that name."""
    figure = book.figures.get(name or "")
    if figure is None:
        return None
    wide, narrow = (book.release.read(chart_path(figure.name, narrow=n)).decode() for n in (False, True))
    return Shown(figure, wide, narrow)
