"""Pictures on pages: a figure with its drawings as they were frozen in the release."""

from dataclasses import dataclass
from functools import cached_property

from hearback.publish.charts import Figure, chart_path
from hearback.publish.charts.sheet import END, parts, size
from hearback.publish.frozen import ReleaseData
from hearback.publish.pages.catalogue import Catalogue

TALL = 1000.0
"""Of so many pixels of height, a wide drawing needs a printed page of its own."""


@dataclass(frozen=True)
class Shown:
    """A figure with its two drawings as frozen in the release, read when they are shown."""

    figure: Figure
    release: ReleaseData

    @cached_property
    def wide(self) -> str:
        """Give the drawing for a desk."""
        return self.release.read(chart_path(self.figure.name)).decode()

    @cached_property
    def narrow(self) -> str:
        """Give the drawing for a phone."""
        return self.release.read(chart_path(self.figure.name, narrow=True)).decode()

    @property
    def address(self) -> str:
        """Give the address of its own page."""
        return f"/charts/{self.figure.name}/"

    @property
    def tall(self) -> bool:
        """Say whether it needs a printed page of its own."""
        return size(self.wide)[1] > TALL

    @property
    def id(self) -> str:
        """Give the id of what is drawn, by which its parts are shown."""
        return f"drawing-{self.figure.name}"

    @cached_property
    def windows(self) -> list[str]:
        """Give the parts in which it is printed, as windows on the drawing; none where it is whole."""
        width, height = size(self.wide)
        found = parts(self.wide) if height > TALL else []
        return [f"0 {top:.1f} {width:.1f} {high:.1f}" for top, high in found] if len(found) > 1 else []

    @property
    def on_page(self) -> str:
        """Give the wide drawing as a page holds it: what is printed in parts has an id."""
        if not self.windows:
            return self.wide
        begins, rest = self.wide.strip().split(">", 1)
        return f'{begins}><g id="{self.id}">{rest.removesuffix(END)}</g>{END}'


def shown(book: Catalogue, name: str | None) -> Shown | None:
    """Give a figure of the release; None where it holds none of that name."""
    figure = book.figures.get(name or "")
    return Shown(figure, book.release) if figure is not None else None
